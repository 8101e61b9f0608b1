import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { appendOne, draft, first, firstBreak, newStream, NOW } from '../../../test/contract/event-store/events.js';
import { StateCache } from './folded-stream.js';
import { type CommandHandling, handleCommand, StreamBusy } from './handle-command.js';
import { AppendOutcomeUnknown, type EventStore, openSqliteEventStore, record, type StoredEvent } from './index.js';

let store: EventStore;
beforeEach(() => {
  store = openSqliteEventStore(':memory:');
});
afterEach(() => store.close());

/** The same log, seen by another process: a queue of its own, and whatever the test changes. */
const besides = (changes: Partial<EventStore> = {}): EventStore =>
  Object.assign(Object.create(store) as EventStore, changes);

/** A command that adds one event and counts the events before it. */
function counting(stream: string, changes: Partial<CommandHandling<number>> = {}): CommandHandling<number> {
  const commandId = changes.commandId ?? randomUUID();
  const decide = (state: number) => [draft({ state }, commandId)];
  const clock = () => new Date().toISOString();
  return { stream, commandId, initial: 0, fold: (state) => state + 1, decide, clock, ...changes };
}

const dataOf = (events: readonly StoredEvent[]) => events.map(({ data }) => (data as { state: number }).state);

describe('handleCommand', () => {
  it('decides on the folded state and answers with the events read back', async () => {
    const stream = newStream();
    await store.append(stream, first(stream, 3), 'no-stream');
    const handled = await handleCommand(store, counting(stream));
    expect(handled).toEqual({ events: [await store.readLast(stream)], state: 4, repeated: false });
    expect(dataOf(handled.events)).toEqual([3]);
  });

  it('answers a repeated command with its first events and does not decide again', async () => {
    const stream = newStream();
    const command = counting(stream);
    const once = await handleCommand(store, command);
    await appendOne(store, stream);
    const decide = () => Promise.reject(new Error('decided twice'));
    const again = await handleCommand(store, { ...command, decide });
    expect(again).toEqual({ events: once.events, state: 2, repeated: true });
  });

  it('writes nothing when nothing is decided, and passes on what decide throws', async () => {
    const stream = newStream();
    expect(await handleCommand(store, counting(stream, { decide: () => [] }))).toEqual({
      events: [],
      state: 0,
      repeated: false,
    });
    const refused = counting(stream, { decide: () => Promise.reject(new RangeError('refused')) });
    await expect(handleCommand(store, refused)).rejects.toThrow('refused');
    expect(await store.readLast(stream)).toBeUndefined();
    expect(await handleCommand(store, counting(stream))).toMatchObject({ state: 1 });
  });

  it('refuses drafts that belong to another command', async () => {
    const stream = newStream();
    await expect(handleCommand(store, counting(stream, { decide: () => [draft()] }))).rejects.toThrow(
      'another command',
    );
  });

  it('loses nothing in a race of many writers, of this process and of others', async () => {
    const stream = newStream();
    const caches = [
      new StateCache<number>(),
      new StateCache<number>(),
      new StateCache<number>(),
      new StateCache<number>(),
    ];
    const writers = caches.map((cache) => ({ store: besides(), cache }));
    const commands = Array.from({ length: 60 }, (_, index) => {
      const writer = writers[index % writers.length]!;
      return handleCommand(writer.store, counting(stream, { cache: writer.cache }));
    });
    const handled = await Promise.all(commands);
    const events = await store.readStream(stream);
    expect(dataOf(events)).toEqual(events.map((_, index) => index));
    expect(handled.map(({ events: own }) => own[0]?.revision).sort((a, b) => a! - b!)).toEqual(dataOf(events));
    expect(firstBreak(events)).toBe(-1);
  });

  it('writes a command once that arrives many times at once', async () => {
    const stream = newStream();
    const command = counting(stream);
    const all = await Promise.all([store, besides(), besides(), store].map((each) => handleCommand(each, command)));
    expect(await store.readStream(stream)).toHaveLength(1);
    expect(new Set(all.map(({ events }) => events[0]?.id)).size).toBe(1);
    expect(all.filter(({ repeated }) => !repeated)).toHaveLength(1);
  });

  it.each([
    ['written', true],
    ['not written', false],
  ])('finds out what became of an append whose reply was lost: %s', async (_, written) => {
    const stream = newStream();
    let losses = 2;
    const unreliable = besides({
      async append(...append) {
        const lost = losses-- > 0;
        if (!lost || written) await store.append(...append);
        if (lost) throw new AppendOutcomeUnknown();
        return store.append(...append);
      },
    });
    const handled = await handleCommand(unreliable, counting(stream, { wait: () => Promise.resolve() }));
    expect(await store.readStream(stream)).toEqual(handled.events);
    expect(handled).toMatchObject({ state: 1, repeated: false });
  });

  it('reads again when the read after an append fails', async () => {
    const stream = newStream();
    let reads = 0;
    const unreliable = besides({
      readStream: (...read) => (++reads === 2 ? Promise.reject(new Error('disconnected')) : store.readStream(...read)),
    });
    const handled = await handleCommand(unreliable, counting(stream, { wait: () => Promise.resolve() }));
    expect(handled.events).toHaveLength(1);
    expect(reads).toBe(3);
  });

  it('gives up after 5 s in which others were always faster', async () => {
    const stream = newStream();
    let [now, waits] = [Date.parse(NOW), 0];
    const overtaken = besides({
      async append(...append) {
        await appendOne(store, stream);
        return store.append(...append);
      },
    });
    const wait = (milliseconds: number) => {
      waits++;
      expect(milliseconds).toBeLessThanOrEqual(320);
      now += 500;
      return Promise.resolve();
    };
    const command = counting(stream, { clock: () => new Date(now).toISOString(), wait });
    await expect(handleCommand(overtaken, command)).rejects.toThrow(StreamBusy);
    expect(waits).toBe(10);
    expect((await store.readStream(stream)).some(({ metadata }) => metadata.commandId === command.commandId)).toBe(
      false,
    );
  });

  it('says that the outcome is unknown when 5 s did not tell', async () => {
    let now = Date.parse(NOW);
    const wait = () => Promise.resolve((now += 1_000));
    const command = counting(newStream(), { clock: () => new Date(now).toISOString(), wait });
    const lost = besides({ append: () => Promise.reject(new AppendOutcomeUnknown('lost')) });
    await expect(handleCommand(lost, command)).rejects.toThrow(AppendOutcomeUnknown);
  });

  it('counts the time that a command waits for others on its stream', async () => {
    const stream = newStream();
    let now = Date.parse(NOW);
    const clock = () => new Date(now).toISOString();
    const slow = counting(stream, { clock });
    const slowly = {
      ...slow,
      decide: () => Promise.resolve([draft({}, slow.commandId)]).finally(() => (now += 5_000)),
    };
    const outcomes = [slowly, counting(stream, { clock })].map((command) => handleCommand(store, command));
    const other = handleCommand(store, counting(newStream()));
    await expect(outcomes[1]).rejects.toThrow(StreamBusy);
    expect(await outcomes[0]).toMatchObject({ state: 1 });
    expect(await other).toMatchObject({ state: 1 });
  });
});

describe('record', () => {
  it('builds drafts from the events that are there, and answers a repeat with what was recorded', async () => {
    const stream = newStream();
    const record1 = (commandId: string) =>
      record(
        store,
        stream,
        commandId,
        (events) => [draft({ state: events.length }, commandId)],
        () => NOW,
      );
    const [one, other] = [randomUUID(), randomUUID()];
    const [first, second, repeated] = [await record1(one), await record1(other), await record1(one)];
    expect(dataOf([...first, ...second])).toEqual([0, 1]);
    expect(repeated).toEqual(first);
    expect(await store.readStream(stream)).toEqual([...first, ...second]);
  });
});
