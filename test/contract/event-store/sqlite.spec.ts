import { afterAll, describe, expect, it } from '@jest/globals';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EventStoreLocked, EventStoreRefused, openSqliteEventStore } from '#event-store';
import { canTrace, countSyncs, killInMidWrite, whileHeld, writeUntilFull } from './children.js';
import { eventStoreContract } from './contract.js';
import { appendOne, firstBreak, newStream, readAll } from './events.js';

const folder = mkdtempSync(join(tmpdir(), 'tandem-events-'));
const file = (name: string): string => join(folder, `${name}.db`);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

eventStoreContract('SQLite in memory', { open: () => Promise.resolve(openSqliteEventStore(':memory:')) });

eventStoreContract('SQLite file', {
  persistent: true,
  open: () => Promise.resolve(openSqliteEventStore(file('contract'))),
  killInMidWrite: () => killInMidWrite(file('contract'), 4, 150),
});

describe('SQLite event store file', () => {
  it('belongs to one opener of this process', async () => {
    const store = openSqliteEventStore(file('locked'));
    expect(() => openSqliteEventStore(file('locked'))).toThrow(EventStoreLocked);
    await appendOne(store, newStream());
    await store.close();
    const next = openSqliteEventStore(file('locked'));
    expect(await readAll(next)).toHaveLength(1);
    await next.close();
  });

  it('belongs to one process, until that one dies', async () => {
    await whileHeld(file('held'), () => {
      expect(() => openSqliteEventStore(file('held'))).toThrow(/in use.*one process/);
      return Promise.resolve();
    });
    const store = openSqliteEventStore(file('held'));
    expect((await readAll(store)).length).toBeGreaterThan(0);
    await store.close();
  });

  it('is readable by its owner only', async () => {
    const store = openSqliteEventStore(file('private'));
    await appendOne(store, newStream());
    expect(statSync(file('private')).mode & 0o777).toBe(0o600);
    expect(statSync(`${file('private')}-wal`).mode & 0o777).toBe(0o600);
    await store.close();
  });

  it('is refused, and left as it is, when its format is not known', async () => {
    await openSqliteEventStore(file('newer')).close();
    const database = new DatabaseSync(file('newer'));
    database.exec('PRAGMA user_version = 2; PRAGMA journal_mode = DELETE');
    database.close();
    const before = readFileSync(file('newer'));
    expect(() => openSqliteEventStore(file('newer'))).toThrow(/format 2 is not known/);
    expect(readFileSync(file('newer')).subarray(100).equals(before.subarray(100))).toBe(true);
  });

  it('is refused when it is some other database, or none', () => {
    const database = new DatabaseSync(file('other'));
    database.exec('CREATE TABLE something (a)');
    database.close();
    expect(() => openSqliteEventStore(file('other'))).toThrow(EventStoreRefused);
    writeFileSync(file('text'), 'no database'.repeat(100));
    expect(() => openSqliteEventStore(file('text'))).toThrow(/not a database/);
  });

  it('opens with a prefix of the log after a torn write-ahead log', async () => {
    const whole = file('whole');
    const store = openSqliteEventStore(whole);
    await appendOne(store, newStream(), { number: 'checkpointed' });
    await store.close();
    const again = openSqliteEventStore(whole);
    const stream = newStream();
    const ends: number[] = [];
    for (let number = 0; number < 30; number++) {
      await appendOne(again, stream, { number });
      ends.push(statSync(`${whole}-wal`).size);
    }
    const all = await readAll(again);
    for (let point = 0; point <= 24; point++) {
      const cut = Math.floor((ends.at(-1)! * point) / 24);
      const torn = file(`torn-${cut}`);
      copyFileSync(whole, torn);
      copyFileSync(`${whole}-wal`, `${torn}-wal`);
      truncateSync(`${torn}-wal`, cut);
      const opened = openSqliteEventStore(torn);
      const kept = 1 + ends.filter((end) => end <= cut).length;
      expect(await readAll(opened)).toEqual(all.slice(0, kept));
      expect(firstBreak(await opened.readStream(stream))).toBe(-1);
      await appendOne(opened, stream);
      await opened.close();
    }
    await again.close();
  });

  const whenTraced = canTrace ? it : it.skip;

  whenTraced('brings every single append to the disk before it is acknowledged (strace)', () => {
    expect(countSyncs(file('single'), file('single-trace'), 1, 100)).toBeGreaterThanOrEqual(100);
  });

  whenTraced('lets concurrent appends share one sync (strace)', () => {
    const syncs = countSyncs(file('grouped'), file('grouped-trace'), 64, 10);
    expect(syncs).toBeGreaterThanOrEqual(10);
    expect(syncs).toBeLessThan(40);
  });

  it('answers that the outcome is unknown when the disk fails, and keeps what was acknowledged', async () => {
    const { acknowledged, error } = writeUntilFull(file('full'));
    expect(acknowledged.length).toBeGreaterThan(10);
    expect(error).toContain('AppendOutcomeUnknown');
    const store = openSqliteEventStore(file('full'));
    const ids = new Set((await readAll(store)).map(({ id }) => id));
    expect(acknowledged.filter(({ id }) => !ids.has(id))).toEqual([]);
    await appendOne(store, newStream());
    await store.close();
  });
});
