/** What the projection engine does with an event or an answer of the database that it can not take, on every database. Source: architecture.md 7. */
import { openSqliteEventStore } from '#event-store';
import { expect, it } from '@jest/globals';
import { fresh, onEveryDatabase } from './at-work.js';
import { BUSY, failingAfter, happening, idOf, rebuilt, rowsOf, write } from './fixture.js';

onEveryDatabase((at) => {
  it('stops at an event that its handler can not take, names it and tells nothing of it', async () => {
    const [of, other] = [fresh(), fresh()];
    const history = [
      happening('one', 'Opened'),
      happening('two', 'Opened'),
      happening('one', 'Broken', { secret: 'hush' }),
    ];
    await write(at.store, [...history, happening('one', 'Counted', { by: 1 })]);
    const healthy = { ...other, on: { Opened: other.on.Opened } };
    const projector = at.start(at.store, at.database.kysely, [of, healthy]);
    const health = await projector.reaches('stopped');
    const event = { eventId: await idOf(at.store, 'Broken'), type: 'Broken', schema: 1 };
    expect(health).toMatchObject({ projection: of.name, because: 'handler-failed', at: event, error: 'TypeError' });
    expect(JSON.stringify(projector.health())).not.toMatch(/hush|secret/);
    expect((await rowsOf(at.database.kysely, of)).tallies).toMatchObject([{ count: 0 }, { count: 0 }]);
    await projector.waitFor(other.name, await at.store.head(), 5_000);
    await expect(projector.waitFor(of.name, await at.store.head(), 60_000)).rejects.toMatchObject({
      code: 'reading-behind',
    });
  });

  it('stops at a type of event that this build does not know', async () => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('one', 'NotKnown'), happening('two', 'Opened')]);
    const projector = at.start(at.store, at.database.kysely, [of]);
    const event = { eventId: await idOf(at.store, 'NotKnown'), type: 'NotKnown', schema: 1 };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'unknown-event', at: event });
    expect((await rowsOf(at.database.kysely, of)).tallies).toHaveLength(1);
  });

  it('stops at a version of a type that this build does not know, although no handler reads it', async () => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), { stream: 'one', type: 'NotProjected', data: {}, schema: 2 }, happening('two', 'Opened')]);
    const projector = at.start(at.store, at.database.kysely, [of], { knows: (_type, schema) => schema === 1 });
    const event = { eventId: await idOf(at.store, 'NotProjected'), type: 'NotProjected', schema: 2 };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'unknown-event', at: event });
    expect((await rowsOf(at.database.kysely, of)).tallies).toHaveLength(1);
  });

  it('names the event also in a batch of several pages, and commits all that stands before it', async () => {
    const of = fresh();
    await write(at.store, ['one', 'two', 'three', 'four'].map((stream) => happening(stream, 'Opened')));
    await write(at.store, [happening('one', 'Broken'), happening('one', 'Counted', { by: 1 })]);
    const projector = at.start(at.store, at.database.kysely, [of], { pageSize: 2 });
    const event = { eventId: await idOf(at.store, 'Broken'), type: 'Broken' };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'handler-failed', at: event });
    expect((await rowsOf(at.database.kysely, of)).tallies).toHaveLength(4);
  });

  it('stops at a row that does not fit its table, although a later event would have replaced it', async () => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('two', 'Impossible'), happening('two', 'Opened')]);
    const projector = at.start(at.store, at.database.kysely, [of]);
    const event = { eventId: await idOf(at.store, 'Impossible'), type: 'Impossible' };
    expect(await projector.reaches('stopped')).toMatchObject({ because: 'handler-failed', at: event, error: 'TypeError' });
    expect((await rowsOf(at.database.kysely, of)).tallies).toHaveLength(1);
  });

  it('stops when the database refuses for good, and names the event', async () => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 1 })]);
    const refusing = failingAfter(at.database.kysely, 6, { name: 'error', code: '22003' });
    const event = { eventId: await idOf(at.store, 'Opened'), type: 'Opened' };
    const health = await at.start(at.store, refusing, [of]).reaches('stopped');
    expect(health).toMatchObject({ because: 'database-refuses', at: event, error: 'error 22003' });
  });

  it.each([0, 3, 5, 6])('tries again when the database is busy at its answer %i', async (answers) => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 7 })]);
    const attempts: number[] = [];
    const busy = failingAfter(at.database.kysely, answers, BUSY[at.database.engine], 2);
    const projector = at.start(at.store, busy, [of], { backOff: (attempt) => Promise.resolve(void attempts.push(attempt)) });
    expect(await projector.reaches('retrying')).toMatchObject({ because: 'no-answer' });
    await projector.waitFor(of.name, await at.store.head(), 5_000);
    expect((await rowsOf(at.database.kysely, of)).tallies).toMatchObject([{ count: 7 }]);
    expect(attempts[0]).toBe(1);
  });

  it.each([0, 1, 2, 3, 4, 5])('counts nothing twice when the database is busy at answer %i of a batch', async (answers) => {
    const of = fresh();
    await write(at.store, [happening('one', 'Opened'), happening('one', 'Counted', { by: 2 })]);
    await rebuilt(at.store, at.database.kysely, of);
    await write(at.store, [happening('one', 'Counted', { by: 5 })]);
    const position = await write(at.store, [happening('one', 'PartAdded', { part: 'a', size: 1 })]);
    // Two answers tell where to read on.
    const busy = failingAfter(at.database.kysely, 2 + answers, BUSY[at.database.engine], 1);
    const projector = at.start(at.store, busy, [of], { pageSize: 1 });
    await projector.waitFor(of.name, position, 5_000);
    expect(await rowsOf(at.database.kysely, of)).toMatchObject({ tallies: [{ count: 7 }], parts: [{ size: 1 }] });
  });

  it('says that it reads behind when a position does not come in time', async () => {
    const of = fresh();
    const projector = at.start(at.store, at.database.kysely, [of]);
    await projector.reaches('live');
    const beyond = await write(openSqliteEventStore(':memory:'), [happening('one', 'Opened')]);
    await expect(projector.waitFor(of.name, beyond, 1)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'reading-behind',
    });
  });
});
