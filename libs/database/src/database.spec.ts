import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from './database.js';
import { openDatabase, UnknownDatabaseAddress } from './database.js';

interface Schema {
  thing: { id: number; label: string; bytes: Uint8Array | null };
}

const pragma = async (database: Database<Schema>, name: string): Promise<unknown> =>
  (await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(database.kysely)).rows[0]?.[name];

describe('openDatabase on SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-database-'));
  const file = join(folder, 'made', 'things.db');

  it('syncs at checkpoints only what can be made again from the log', async () => {
    const database = openDatabase<Schema>(`sqlite:${file}`, { derived: true });
    expect(await pragma(database, 'synchronous')).toBe(1);
    expect(await pragma(database, 'secure_delete')).toBe(1);
    await database.close();
  });

  it('syncs every commit, overwrites what is deleted and keeps the file to its owner', async () => {
    const database = openDatabase<Schema>(`sqlite:${file}`);
    await sql`create table thing (id integer primary key, label text not null, bytes blob)`.execute(database.kysely);
    expect(await pragma(database, 'journal_mode')).toBe('wal');
    expect(await pragma(database, 'synchronous')).toBe(2);
    expect(await pragma(database, 'secure_delete')).toBe(1);
    expect(await pragma(database, 'wal_autocheckpoint')).toBe(4_000);
    for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o077).toBe(0);
    await database.close();
    await database.close();
  });

  it('gives committed rows back after it is opened again', async () => {
    const first = openDatabase<Schema>(`sqlite:${file}`);
    await first.kysely
      .insertInto('thing')
      .values({ id: 1, label: 'kept', bytes: Uint8Array.of(1, 2) })
      .execute();
    await first.close();
    const second = openDatabase<Schema>(`sqlite:${file}`);
    const row = await second.kysely.selectFrom('thing').selectAll().executeTakeFirstOrThrow();
    expect(row).toEqual({ id: 1, label: 'kept', bytes: Uint8Array.of(1, 2) });
    await second.close();
    rmSync(folder, { recursive: true });
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps concurrent transactions apart on its one connection', async () => {
    const database = openDatabase<Schema>('sqlite::memory:');
    await sql`create table thing (id integer primary key, label text not null, bytes blob)`.execute(database.kysely);
    const write = (id: number) =>
      database.kysely.transaction().execute(async (transaction) => {
        await transaction.insertInto('thing').values({ id, label: 'x', bytes: null }).execute();
        if (id % 2 === 0) throw new Error('undone');
      });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(write));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(await database.kysely.selectFrom('thing').select('id').execute()).toEqual([{ id: 1 }, { id: 3 }]);
    await database.close();
  });

  it('closes the file even when nothing was asked of it', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'tandem-database-')), 'unused.db');
    const before = openDatabase<Schema>(`sqlite:${path}`);
    await sql`create table thing (id integer primary key)`.execute(before.kysely);
    await before.close();
    const database = openDatabase<Schema>(`sqlite:${path}`);
    expect(existsSync(`${path}-wal`)).toBe(true);
    await database.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    rmSync(dirname(path), { recursive: true });
  });
});

describe('openDatabase', () => {
  it('refuses an address of no known engine and does not tell what stands in it', () => {
    expect(() => openDatabase('mysql://user:hush@host/db')).toThrow(UnknownDatabaseAddress);
    expect(() => openDatabase('mysql://user:hush@host/db')).not.toThrow('hush');
  });
});
