/** What the projection engine promises, on every database. Source: architecture.md 7. */
import { openSqliteEventStore } from '#event-store';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fresh, newestAgain, onEveryDatabase } from './at-work.js';
import type { Happening } from './fixture.js';
import { failingAfter, happening, histories, rebuilt, rowsOf, run, small, write } from './fixture.js';

/** On a busy machine each of some hundred commits waits for the disk. */
const PROPERTY_MILLISECONDS = 30_000;

const flat = (history: readonly { stream: string; happening: { type: string; data: object } }[]): Happening[] =>
  history.map(({ stream, happening }) => ({ stream, ...happening }));

onEveryDatabase((at) => {
  it('shows a reader its own write, history and live', async () => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 2 })]);
    const projector = at.start(at.store, at.database.kysely, [of]);
    await projector.reaches('live');
    const position = await write(at.store, [happening('one', 'Counted', { by: 3 })]);
    await projector.waitFor(of.name, position, 5_000);
    expect((await rowsOf(at.database.kysely, of)).tallies).toMatchObject([{ stream: 'one', key: '', count: 5 }]);
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
          const projector = run(log, at.database.kysely, [live], sizes);
          await write(log, flat(history.slice(0, cut)));
          await projector.waitFor(live.name, await log.head(), 5_000);
          await projector.waitFor(live.name, await write(log, flat(history.slice(cut))), 5_000);
          await projector.stop();
          const rows = await rowsOf(at.database.kysely, live);
          expect(await rebuilt(log, at.database.kysely, live)).toEqual(rows);
          expect(await rebuilt(log, at.database.kysely, fresh(), sizes)).toEqual(rows);
          await log.close();
        },
      ),
      { numRuns: at.runs },
    );
  }, PROPERTY_MILLISECONDS);

  it('killed anywhere and resumed equals rebuilt', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.array(fc.nat({ max: 60 }), { maxLength: 4 }), small, async (history, kills, sizes) => {
        const log = openSqliteEventStore(':memory:');
        await write(log, flat(history));
        const of = fresh();
        for (const answers of kills) {
          const killed = run(log, failingAfter(at.database.kysely, answers, { name: 'Killed' }), [of], {
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
        expect(await rebuilt(log, at.database.kysely, of)).toEqual(await rebuilt(log, at.database.kysely, fresh()));
        await log.close();
      }),
      { numRuns: at.runs },
    );
  }, PROPERTY_MILLISECONDS);

  it('fences a second instance, which stops and says so', async () => {
    const of = fresh();
    const both = [at.start(at.store, at.database.kysely, [of]), at.start(at.store, at.database.kysely, [of])];
    await Promise.all(both.map((projector) => projector.reaches('live')));
    const position = await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 1 })]);
    const fenced = await Promise.race(both.map((projector) => projector.reaches('stopped')));
    expect(fenced).toMatchObject({ state: 'stopped', because: 'fenced' });
    const left = both.find((projector) => projector.health()[0]?.state === 'live');
    await left?.waitFor(of.name, position, 5_000);
    expect((await rowsOf(at.database.kysely, of)).tallies).toMatchObject([{ count: 1 }]);
  });

  it('builds a new version beside the old, which goes when the new has caught up', async () => {
    const [old, next] = [fresh(), newestAgain(2)];
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 4 })]);
    const before = at.start(at.store, at.database.kysely, [old]);
    await before.reaches('live');
    const building = at.start(at.store, at.database.kysely, [next], {
      knows: () => {
        // Still there while the new version reads.
        expect(before.health()).toMatchObject([{ state: 'live' }]);
        return true;
      },
    });
    await building.reaches('live');
    expect((await rowsOf(at.database.kysely, next)).tallies).toMatchObject([{ count: 8 }]);
    await write(at.store, [happening('one', 'Counted', { by: 1 })]);
    expect(await before.reaches('stopped')).toMatchObject({ because: 'fenced' });
    await expect(rowsOf(at.database.kysely, old)).rejects.toThrow();
  });

  it('keeps the old version until the new has caught up', async () => {
    const [old, next] = [fresh(), newestAgain(2)];
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Broken')]);
    const before = at.start(at.store, at.database.kysely, [old], { knows: (type) => type !== 'Broken' });
    await before.reaches('stopped');
    const building = at.start(at.store, at.database.kysely, [next]);
    await building.reaches('stopped');
    expect((await rowsOf(at.database.kysely, old)).tallies).toHaveLength(1);
  });

  it('drops what was derived from a stream that is forgotten', async () => {
    const of = fresh();
    const history = ['one', 'two'].flatMap((stream) => [
      happening(stream, 'Opened'),
      happening(stream, 'PartAdded', { part: 'a', size: 1 }),
    ]);
    await write(at.store, [...history, happening('one', 'Forgotten'), happening('one', 'Counted', { by: 1 })]);
    const { tallies, parts } = await rebuilt(at.store, at.database.kysely, of);
    expect([...tallies, ...parts].map(({ stream }) => stream)).toEqual(['two', 'two']);
  });
});
