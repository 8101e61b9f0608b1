/** A small log and a small projection over it, for the promises of the projection engine. */
import type { EventStore, Position, StoredEvent } from '#event-store';
import { sealDrafts } from '#event-store';
import type { AnyDatabase, AnyProjection, ProjectionHealth, Projector, ProjectorOptions } from '#read-models';
import { forget, projection, startProjector, view } from '#read-models';
import { expect } from '@jest/globals';
import fc from 'fast-check';
import type { KyselyPlugin } from 'kysely';
import { randomUUID } from 'node:crypto';

export type Happening = { readonly stream: string; readonly type: string; readonly data: object; readonly schema?: number };

type Tally = { count: number; last: string; note: string | null };
type Part = { size: number };
interface Events {
  Opened: { note?: string };
  Counted: { by: number };
  PartAdded: { part: string; size: number };
  PartRemoved: { part: string };
  Forgotten: object;
  Broken: object;
  Impossible: object;
}

/** Reads its own rows, keeps several rows a stream, deletes and forgets: all that a handler can do. */
export const tally = (name: string, version = 1) =>
  projection<{ tally: Tally; part: Part }, Events>({
    name,
    version,
    tables: {
      tally: { columns: { count: 'integer', last: 'text', note: 'text?' }, indexes: [['count']] },
      part: { columns: { size: 'integer' } },
    },
    on: {
      Opened: ({ id, data }, { tally }) => {
        tally.put({ count: 0, last: id, note: data.note ?? null });
      },
      Counted: ({ id, data }, { tally }) => {
        tally.change({ count: (tally.get()?.count ?? 0) + data.by * version, last: id });
      },
      PartAdded: ({ data }, { part }) => {
        part.put({ size: data.size + part.all().length }, data.part);
      },
      PartRemoved: ({ data }, { part }) => {
        part.delete(data.part);
      },
      Forgotten: forget,
      Broken: () => {
        throw new TypeError('quotes the secret of Broken');
      },
      Impossible: (_event, { tally }) => {
        tally.put({ count: 0, last: null as unknown as string, note: null });
      },
    },
  });
export type TallyProjection = ReturnType<typeof tally>;

const LIST = ['one', 'two', 'three'];
/** Histories of three streams, mixed. */
export const histories = fc.array(
  fc.record({
    stream: fc.constantFrom(...LIST),
    happening: fc.oneof(
      fc.record({ type: fc.constant('Opened'), data: fc.record({ note: fc.string() }, { requiredKeys: [] }) }),
      fc.record({ type: fc.constant('Counted'), data: fc.record({ by: fc.integer({ min: 1, max: 9 }) }) }),
      fc.record({
        type: fc.constant('PartAdded'),
        data: fc.record({ part: fc.constantFrom('a', 'b'), size: fc.nat({ max: 9 }) }),
      }),
      fc.record({ type: fc.constant('PartRemoved'), data: fc.record({ part: fc.constantFrom('a', 'b') }) }),
      fc.record({ type: fc.constantFrom('Forgotten', 'NotProjected'), data: fc.constant({}) }),
    ),
  }),
  { minLength: 1, maxLength: 25 },
);

/** Appends one event a happening, and says at which position the log then stands. */
export async function write(store: EventStore, happenings: readonly Happening[]): Promise<Position> {
  for (const { stream, type, data, schema = 1 } of happenings) {
    const last = await store.readLast(stream);
    const now = new Date().toISOString();
    const actor = { actor: 'a', organisation: 'centrul-coordonare', role: 'CM', reference: {}, legalBasis: 'none' };
    const commandId = randomUUID();
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    const draft = { type, data, schema, occurredAt: now, ...actor, ...ids, sensitivity: 1 as const };
    await store.append(stream, sealDrafts(stream, last, [draft], now), last?.revision ?? 'no-stream');
  }
  return store.head();
}

export const happening = (stream: string, type: keyof Events | 'NotKnown', data: object = {}): Happening => ({
  stream,
  type,
  data,
});

/** All rows of a tally, in a fixed order. */
export async function rowsOf(kysely: AnyDatabase, of: TallyProjection) {
  const tallies = await view(kysely, of, 'tally').selectAll().orderBy('stream').execute();
  const parts = await view(kysely, of, 'part').selectAll().orderBy('stream').orderBy('key').execute();
  return { tallies: tallies.map((row) => ({ ...row })), parts: parts.map((row) => ({ ...row })) };
}

export interface Running extends Projector {
  /** Resolves when some projection comes to this state, also when it already has. */
  reaches(state: ProjectionHealth['state']): Promise<ProjectionHealth>;
}

/** Starts projections with what tests need: no waiting between attempts, and promises for states. */
export function run(
  store: EventStore,
  kysely: AnyDatabase,
  projections: readonly unknown[],
  options: Partial<ProjectorOptions> = {},
): Running {
  const seen: ProjectionHealth[] = [];
  const waiting: (() => void)[] = [];
  const projector = startProjector({
    store,
    kysely,
    projections: projections as readonly AnyProjection[],
    knows: (type) => type !== 'NotKnown',
    backOff: () => Promise.resolve(),
    onChange: (health) => {
      seen.push(health);
      for (const look of waiting) look();
    },
    ...options,
  });
  const reaches = (state: ProjectionHealth['state']): Promise<ProjectionHealth> =>
    new Promise((resolve) => {
      const look = () => {
        const health = seen.find((one) => one.state === state);
        if (health !== undefined) resolve(health);
      };
      waiting.push(look);
      look();
    });
  return { ...projector, reaches };
}

/** Reads a whole log into new tables, and gives the rows. */
export async function rebuilt(store: EventStore, kysely: AnyDatabase, of: TallyProjection, options: Partial<ProjectorOptions> = {}) {
  const projector = run(store, kysely, [of], options);
  await projector.waitFor(of.name, await store.head(), 10_000);
  await projector.stop();
  return rowsOf(kysely, of);
}

/** Fails after so many answers of the database, within the transaction that happens to be open. */
export function failingAfter(kysely: AnyDatabase, answers: number, error: object, times = Infinity): AnyDatabase {
  let left = answers;
  let failures = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      if (--left < 0 && failures++ < times) return Promise.reject(Object.assign(new Error('as told'), error));
      return Promise.resolve(result);
    },
  };
  return kysely.withPlugin(plugin);
}

/** What a database says when it is too busy now. */
export const BUSY = { sqlite: { errcode: 5 }, postgres: { code: '40001' } };

/** Pages, batches and memory so small that a history of three streams passes over all their ends. */
export const small = fc.record({ pageSize: fc.integer({ min: 1, max: 7 }), batchSize: fc.integer({ min: 1, max: 9 }), rowsKept: fc.nat({ max: 4 }) });

export const idOf = async (store: EventStore, type: string): Promise<string | undefined> => {
  for await (const page of store.readAll('')) {
    const found = page.find((event: StoredEvent) => event.type === type);
    if (found !== undefined) return found.id;
  }
  expect(type).toBe('in the log');
  return undefined;
};
