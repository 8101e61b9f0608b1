/** What the projection engine promises, on every database. Source: architecture.md 7. */
import type { Database } from '#database';
import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresForTests } from '../../support/postgres.js';
import { POSTGRES_START_MILLISECONDS, startPostgres } from '../../support/postgres.js';
import type { Happening, Running } from './fixture.js';
import { BUSY, failingAfter, happening, histories, idOf, rebuilt, rowsOf, run, small, tally, write } from './fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'tandem-read-models-'));
let postgres: PostgresForTests | undefined;

const engines: Record<string, () => Promise<string>> = {
  'SQLite in memory': () => Promise.resolve('sqlite::memory:'),
  'a SQLite file': () => Promise.resolve(`sqlite:${join(folder, 'views.db')}`),
  PostgreSQL: async () => {
    postgres = await startPostgres();
    return postgres.freshDatabase();
  },
};

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
}, POSTGRES_START_MILLISECONDS);

/** On a busy machine each of some hundred commits waits for the disk. */
const PROPERTY_MILLISECONDS = 30_000;

let made = 0;
const fresh = (version = 1) => tally(`tally-${(made += 1)}`, version);
const flat = (history: readonly { stream: string; happening: { type: string; data: object } }[]): Happening[] =>
  history.map(({ stream, happening }) => ({ stream, ...happening }));

describe.each(Object.entries(engines))('%s', (engine, address) => {
  const RUNS = engine === 'PostgreSQL' ? 15 : 40;
  let database: Database<unknown>;
  let store: EventStore;
  let running: Running[] = [];
  const start = (...parameters: Parameters<typeof run>): Running => {
    const projector = run(...parameters);
    running.push(projector);
    return projector;
  };

  beforeAll(async () => {
    database = openDatabase(await address());
  }, POSTGRES_START_MILLISECONDS);
  afterAll(() => database.close());
  beforeEach(() => {
    store = openSqliteEventStore(':memory:');
  });
  afterEach(async () => {
    await Promise.all(running.map((projector) => projector.stop()));
    running = [];
    await store.close();
  });

  it('shows a reader its own write, history and live', async () => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 2 })]);
    const projector = start(store, database.kysely, [of]);
    await projector.reaches('live');
    const position = await write(store, [happening('one', 'Counted', { by: 3 })]);
    await projector.waitFor(of.name, position, 5_000);
    expect((await rowsOf(database.kysely, of)).tallies).toMatchObject([{ stream: 'one', key: '', count: 5 }]);
    expect(projector.health()).toMatchObject([{ projection: of.name, state: 'live', position }]);
  });

  it('rebuilt equals live, and twice equals once', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.nat({ max: 25 }),
        small,
        async (history, cut, sizes) => {
          const log = openSqliteEventStore(':memory:');
          const live = fresh();
          const projector = run(log, database.kysely, [live], sizes);
          await write(log, flat(history.slice(0, cut)));
          await projector.waitFor(live.name, await log.head(), 5_000);
          await projector.waitFor(live.name, await write(log, flat(history.slice(cut))), 5_000);
          await projector.stop();
          const rows = await rowsOf(database.kysely, live);
          expect(await rebuilt(log, database.kysely, live)).toEqual(rows);
          expect(await rebuilt(log, database.kysely, fresh(), sizes)).toEqual(rows);
          await log.close();
        },
      ),
      { numRuns: RUNS },
    );
  }, PROPERTY_MILLISECONDS);

  it('killed anywhere and resumed equals rebuilt', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.array(fc.nat({ max: 60 }), { maxLength: 4 }), small, async (history, kills, sizes) => {
        const log = openSqliteEventStore(':memory:');
        await write(log, flat(history));
        const of = fresh();
        for (const answers of kills) {
          const killed = run(log, failingAfter(database.kysely, answers, { name: 'Killed' }), [of], {
            ...sizes,
            backOff: (_attempt, signal) =>
              new Promise((resolve) => {
                signal.addEventListener('abort', () => {
                  resolve();
                });
              }),
          });
          await Promise.race([
            killed.reaches('stopped'),
            killed.reaches('retrying'),
            killed.waitFor(of.name, await log.head(), 5_000),
          ]).catch(() => undefined);
          await killed.stop();
        }
        expect(await rebuilt(log, database.kysely, of)).toEqual(await rebuilt(log, database.kysely, fresh()));
        await log.close();
      }),
      { numRuns: RUNS },
    );
  }, PROPERTY_MILLISECONDS);

  it('fences a second instance, which stops and says so', async () => {
    const of = fresh();
    const both = [start(store, database.kysely, [of]), start(store, database.kysely, [of])];
    await Promise.all(both.map((projector) => projector.reaches('live')));
    const position = await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 1 })]);
    const fenced = await Promise.race(both.map((projector) => projector.reaches('stopped')));
    expect(fenced).toMatchObject({ state: 'stopped', because: 'fenced' });
    const left = both.find((projector) => projector.health()[0]?.state === 'live');
    await left?.waitFor(of.name, position, 5_000);
    expect((await rowsOf(database.kysely, of)).tallies).toMatchObject([{ count: 1 }]);
  });

  it('builds a new version beside the old, which goes when the new has caught up', async () => {
    const [old, next] = [fresh(), tally(`tally-${made}`, 2)];
    await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 4 })]);
    const before = start(store, database.kysely, [old]);
    await before.reaches('live');
    const building = start(store, database.kysely, [next], {
      knows: () => {
        // Still there while the new version reads.
        expect(before.health()).toMatchObject([{ state: 'live' }]);
        return true;
      },
    });
    await building.reaches('live');
    expect((await rowsOf(database.kysely, next)).tallies).toMatchObject([{ count: 8 }]);
    await write(store, [happening('one', 'Counted', { by: 1 })]);
    expect(await before.reaches('stopped')).toMatchObject({ because: 'fenced' });
    await expect(rowsOf(database.kysely, old)).rejects.toThrow();
  });

  it('keeps the old version until the new has caught up', async () => {
    const [old, next] = [fresh(), tally(`tally-${made}`, 2)];
    await write(store, [happening('one', 'Opened'), happening('one', 'Broken')]);
    const before = start(store, database.kysely, [old], { knows: (type) => type !== 'Broken' });
    await before.reaches('stopped');
    const building = start(store, database.kysely, [next]);
    await building.reaches('stopped');
    expect((await rowsOf(database.kysely, old)).tallies).toHaveLength(1);
  });

  it('stops at an event that its handler can not take, names it and tells nothing of it', async () => {
    const [of, other] = [fresh(), fresh()];
    const history = [
      happening('one', 'Opened'),
      happening('two', 'Opened'),
      happening('one', 'Broken', { secret: 'hush' }),
    ];
    await write(store, [...history, happening('one', 'Counted', { by: 1 })]);
    const healthy = { ...other, on: { Opened: other.on.Opened } };
    const projector = start(store, database.kysely, [of, healthy]);
    const health = await projector.reaches('stopped');
    const at = { eventId: await idOf(store, 'Broken'), type: 'Broken', schema: 1 };
    expect(health).toMatchObject({ projection: of.name, because: 'handler-failed', at, error: 'TypeError' });
    expect(JSON.stringify(projector.health())).not.toMatch(/hush|secret/);
    expect((await rowsOf(database.kysely, of)).tallies).toMatchObject([{ count: 0 }, { count: 0 }]);
    await projector.waitFor(other.name, await store.head(), 5_000);
    await expect(projector.waitFor(of.name, await store.head(), 60_000)).rejects.toMatchObject({
      code: 'reading-behind',
    });
  });

  it('stops at a type of event that this build does not know', async () => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('one', 'NotKnown'), happening('two', 'Opened')]);
    const projector = start(store, database.kysely, [of]);
    const at = { eventId: await idOf(store, 'NotKnown'), type: 'NotKnown', schema: 1 };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'unknown-event', at });
    expect((await rowsOf(database.kysely, of)).tallies).toHaveLength(1);
  });

  it('stops at a version of a type that this build does not know, although no handler reads it', async () => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), { stream: 'one', type: 'NotProjected', data: {}, schema: 2 }, happening('two', 'Opened')]);
    const projector = start(store, database.kysely, [of], { knows: (_type, schema) => schema === 1 });
    const at = { eventId: await idOf(store, 'NotProjected'), type: 'NotProjected', schema: 2 };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'unknown-event', at });
    expect((await rowsOf(database.kysely, of)).tallies).toHaveLength(1);
  });

  it('names the event also in a batch of several pages, and commits all that stands before it', async () => {
    const of = fresh();
    await write(store, ['one', 'two', 'three', 'four'].map((stream) => happening(stream, 'Opened')));
    await write(store, [happening('one', 'Broken'), happening('one', 'Counted', { by: 1 })]);
    const projector = start(store, database.kysely, [of], { pageSize: 2 });
    const at = { eventId: await idOf(store, 'Broken'), type: 'Broken' };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'handler-failed', at });
    expect((await rowsOf(database.kysely, of)).tallies).toHaveLength(4);
  });

  it('stops at a row that does not fit its table, although a later event would have replaced it', async () => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('two', 'Impossible'), happening('two', 'Opened')]);
    const projector = start(store, database.kysely, [of]);
    const at = { eventId: await idOf(store, 'Impossible'), type: 'Impossible' };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'handler-failed', at, error: 'TypeError' });
    expect((await rowsOf(database.kysely, of)).tallies).toHaveLength(1);
  });

  it('stops when the database refuses for good, and names the event', async () => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 1 })]);
    const refusing = failingAfter(database.kysely, 6, { name: 'error', code: '22003' });
    const at = { eventId: await idOf(store, 'Opened'), type: 'Opened' };
    const health = await start(store, refusing, [of]).reaches('stopped');
    expect(health).toMatchObject({ because: 'database-refuses', at, error: 'error 22003' });
  });

  it.each([0, 3, 5, 6])('tries again when the database is busy at its answer %i', async (answers) => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 7 })]);
    const attempts: number[] = [];
    const busy = failingAfter(database.kysely, answers, BUSY[database.engine], 2);
    const projector = start(store, busy, [of], { backOff: (attempt) => Promise.resolve(void attempts.push(attempt)) });
    expect(await projector.reaches('retrying')).toMatchObject({ because: 'no-answer' });
    await projector.waitFor(of.name, await store.head(), 5_000);
    expect((await rowsOf(database.kysely, of)).tallies).toMatchObject([{ count: 7 }]);
    expect(attempts[0]).toBe(1);
  });

  it.each([0, 1, 2, 3, 4, 5])('counts nothing twice when the database is busy at answer %i of a batch', async (answers) => {
    const of = fresh();
    await write(store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 2 })]);
    await rebuilt(store, database.kysely, of);
    await write(store, [happening('one', 'Counted', { by: 5 })]);
    const position = await write(store, [happening('one', 'PartAdded', { part: 'a', size: 1 })]);
    // Two answers tell where to read on.
    const busy = failingAfter(database.kysely, 2 + answers, BUSY[database.engine], 1);
    const projector = start(store, busy, [of], { pageSize: 1 });
    await projector.waitFor(of.name, position, 5_000);
    expect(await rowsOf(database.kysely, of)).toMatchObject({ tallies: [{ count: 7 }], parts: [{ size: 1 }] });
  });

  it('says that it reads behind when a position does not come in time', async () => {
    const of = fresh();
    const projector = start(store, database.kysely, [of]);
    await projector.reaches('live');
    const beyond = await write(openSqliteEventStore(':memory:'), [happening('one', 'Opened')]);
    await expect(projector.waitFor(of.name, beyond, 1)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'reading-behind',
    });
  });

  it('drops what was derived from a stream that is forgotten', async () => {
    const of = fresh();
    const history = ['one', 'two'].flatMap((stream) => [
      happening(stream, 'Opened'),
      happening(stream, 'PartAdded', { part: 'a', size: 1 }),
    ]);
    await write(store, [...history, happening('one', 'Forgotten'), happening('one', 'Counted', { by: 1 })]);
    const { tallies, parts } = await rebuilt(store, database.kysely, of);
    expect([...tallies, ...parts].map(({ stream }) => stream)).toEqual(['two', 'two']);
  });
});
