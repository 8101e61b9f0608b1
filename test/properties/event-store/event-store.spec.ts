import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { chainOf, type EventStore, GENESIS, openSqliteEventStore, sealDrafts, StateCache } from '#event-store';
import { handleCommand, type StoredEvent, WrongExpectedRevision } from '#event-store';
import { draft, first, firstBreak, newStream, NOW } from '../../contract/event-store/events.js';

let store: EventStore;
beforeAll(() => {
  store = openSqliteEventStore(':memory:');
});
afterAll(() => store.close());

const json = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ stringUnit: 'grapheme' }));

/** One attempt to append: which of a few prepared ids, and at which revision. */
const attempts = fc.array(
  fc.record({ ids: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }), expected: fc.integer({ min: -1, max: 6 }) }),
  { maxLength: 25 },
);

/** The rule of the port, in its shortest form. */
function modelAppend(stream: string[], ids: readonly string[], expected: number): 'written' | 'there' | 'refused' {
  if (expected === stream.length - 1) {
    stream.push(...ids);
    return 'written';
  }
  return ids.every((id, index) => stream[expected + 1 + index] === id) ? 'there' : 'refused';
}

describe('append', () => {
  it('does what the rule says, whatever comes in whatever order', async () => {
    const ids = Array.from({ length: 6 }, () => randomUUID());
    await fc.assert(
      fc.asyncProperty(attempts, async (tried) => {
        const [stream, model] = [newStream(), [] as string[]];
        for (const { ids: chosen, expected } of tried) {
          const events = first(stream, chosen.length).map((event, index) => ({ ...event, id: ids[chosen[index]!]! }));
          const outcome = await store.append(stream, events, expected < 0 ? 'no-stream' : expected).then(
            ({ written }) => (written ? 'written' : 'there'),
            (error: unknown) => (error instanceof WrongExpectedRevision ? 'refused' : 'failed'),
          );
          const expectedOutcome = modelAppend(
            model,
            events.map(({ id }) => id),
            expected,
          );
          expect(outcome).toBe(expectedOutcome);
        }
        expect((await store.readStream(stream)).map(({ id }) => id)).toEqual(model);
      }),
      { numRuns: 200 },
    );
  });

  it('brings back any JSON, with a chain that holds over what is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 4 }), async (payloads) => {
        const stream = newStream();
        const events = sealDrafts(
          stream,
          undefined,
          payloads.map((data) => ({ ...draft(), data })),
          NOW,
        );
        await store.append(stream, events, 'no-stream');
        const stored = await store.readStream(stream);
        expect(stored.map(({ data }) => data)).toEqual(
          payloads.map((data) => JSON.parse(JSON.stringify(data)) as object),
        );
        expect(firstBreak(stored)).toBe(-1);
      }),
    );
  });
});

describe('chain', () => {
  const [event] = first('case-1', 1).map((each) => ({ ...each, stream: 'case-1', revision: 0 }));

  it('is the same for the same content in another order of keys', () => {
    fc.assert(
      fc.property(json, (data) => {
        const reversed = Object.fromEntries(Object.entries(data).reverse());
        expect(chainOf(GENESIS, { ...event!, data: reversed })).toBe(chainOf(GENESIS, { ...event!, data }));
      }),
    );
  });

  it('is another for any other content', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(chainOf(GENESIS, { ...event!, data: one }) === chainOf(GENESIS, { ...event!, data: other })).toBe(same);
      }),
    );
  });
});

describe('handleCommand', () => {
  it('loses no command and writes none twice, whoever sends how often', async () => {
    const sent = fc.array(fc.record({ command: fc.nat(9), writer: fc.nat(2) }), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(sent, async (sendings) => {
        const [stream, commandIds] = [newStream(), Array.from({ length: 10 }, () => randomUUID())];
        const writers = Array.from({ length: 3 }, () => {
          return { store: Object.create(store) as EventStore, cache: new StateCache<number>() };
        });
        const handled = await Promise.all(
          sendings.map(({ command, writer }) => {
            const commandId = commandIds[command]!;
            const decide = (count: number) => [draft({ count }, commandId)];
            const fold = (count: number, _event: StoredEvent) => count + 1;
            const { store: own, cache } = writers[writer]!;
            const clock = () => new Date().toISOString();
            return handleCommand(own, { stream, commandId, initial: 0, fold, decide, clock, cache });
          }),
        );
        const events = await store.readStream(stream);
        expect(events).toHaveLength(new Set(sendings.map(({ command }) => command)).size);
        expect(events.map(({ data }) => (data as { count: number }).count)).toEqual(events.map((_, index) => index));
        for (const [index, { command }] of sendings.entries()) {
          expect(handled[index]?.events.map(({ metadata }) => metadata.commandId)).toEqual([commandIds[command]]);
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** Sorted by key at every level: equal texts are equal content. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return Array.isArray(value) ? value.map(sorted) : value;
  }
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, each]) => [key, sorted(each)]);
}
