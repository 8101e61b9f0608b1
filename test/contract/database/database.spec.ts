/** What a database promises, whichever engine stands behind it. */
import type { Database } from '#database';
import { RowTable, openDatabase, prepared } from '#database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresForTests } from '../../support/postgres.js';
import { POSTGRES_START_MILLISECONDS, startPostgres } from '../../support/postgres.js';

interface Schema {
  thing: { id: number; label: string; bytes: Uint8Array | null };
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-database-'));
let postgres: PostgresForTests | undefined;

const engines: Record<string, () => Promise<string>> = {
  'SQLite in memory': () => Promise.resolve('sqlite::memory:'),
  'a SQLite file': () => Promise.resolve(`sqlite:${join(folder, 'things.db')}`),
  PostgreSQL: async () => {
    postgres = await startPostgres();
    return postgres.freshDatabase();
  },
};

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await postgres?.stop();
}, POSTGRES_START_MILLISECONDS);

describe.each(Object.entries(engines))('%s', (_, address) => {
  let database: Database<Schema>;

  beforeAll(async () => {
    database = openDatabase<Schema>(await address());
    const binary = sql.raw(database.engine === 'sqlite' ? 'blob' : 'bytea');
    await sql`create table thing (id bigint primary key, label text not null, bytes ${binary})`.execute(
      database.kysely,
    );
  }, POSTGRES_START_MILLISECONDS);

  afterAll(() => database.close());

  const count = async () => {
    const query = database.kysely.selectFrom('thing').select(({ fn }) => fn.countAll().as('n'));
    return (await query.executeTakeFirstOrThrow()).n;
  };

  it('gives numbers, text and bytes back as they were written', async () => {
    const row = { id: 4_294_967_296, label: 'Ședință în județ, 🌻', bytes: Uint8Array.of(0, 255) };
    await database.kysely.insertInto('thing').values(row).execute();
    const read = await database.kysely.selectFrom('thing').selectAll().executeTakeFirstOrThrow();
    expect({ ...read, bytes: Uint8Array.from(read.bytes ?? []) }).toEqual(row);
    expect(await count()).toBe(1);
  });

  it('leaves nothing of a transaction that failed', async () => {
    const before = await count();
    const failing = database.kysely.transaction().execute(async (transaction) => {
      await transaction.insertInto('thing').values({ id: 2, label: 'x', bytes: null }).execute();
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await count()).toBe(before);
  });

  it('writes once what two writers write at once', async () => {
    const row = { id: 3, label: 'x', bytes: null };
    const write = () =>
      database.kysely
        .insertInto('thing')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .execute();
    const written = (await Promise.all([write(), write(), write()])).flat();
    expect(written).toEqual([{ id: 3 }]);
  });

  it('reads and writes lists of rows, however many', async () => {
    const { kysely } = database;
    await sql`create table listed (name text primary key, number bigint not null)`.execute(kysely);
    const table = new RowTable<{ name: string; number: number }>(kysely, { name: 'listed', columns: ['name', 'number'], keyLength: 1 });
    await table.insert(Array.from({ length: 700 }, (_row, number) => [`n${number}`, number]), kysely);
    await table.put([['n699', 1], ['n700', 2]], kysely);
    await table.delete([['n0'], ['n1'], ['nobody']], kysely);
    const { rows: [all] } = await sql<{ n: number }>`select count(*) as n from listed`.execute(kysely);
    expect(all?.n).toBe(699);
    const read = await table.startingWith(['n1', 'n2', 'n699', 'n700', 'n701'], kysely);
    expect(read.map(({ name, number }) => `${name} ${number}`).sort()).toEqual(['n2 2', 'n699 1', 'n700 2']);
    await expect(table.insert([['n700', 3]], kysely)).rejects.toThrow();
  });

  it('runs a query that is built once with the values of each run', async () => {
    let built = 0;
    const { kysely } = database;
    const add = prepared(({ id, label }: { id: number; label: string }) => {
      built++;
      return kysely.insertInto('thing').values({ id, label, bytes: null }).returning(['label', 'id']);
    });
    for (const id of [701, 702]) {
      const { rows } = await add(kysely, { label: `n${id}`, id });
      expect(rows.map((row) => ({ ...row }))).toEqual([{ label: `n${id}`, id }]);
    }
    expect(built).toBe(1);
  });
});
