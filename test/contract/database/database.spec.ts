/** What a database promises, whichever engine stands behind it. */
import type { Database } from '#database';
import { RowTable, prepared } from '#database';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { ENGINES, type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

interface Schema {
  thing: { id: number; label: string; bytes: Uint8Array | null };
}

describe.each(ENGINES)('%s', (name) => {
  let engine: EngineForTests;
  let database: Database<Schema>;

  beforeAll(async () => {
    engine = await startEngine(name);
    database = engine.open<Schema>(await engine.freshAddress());
    const binary = sql.raw(database.engine === 'sqlite' ? 'blob' : 'bytea');
    await sql`create table thing (id bigint primary key, label text not null, bytes ${binary})`.execute(
      database.kysely,
    );
  }, POSTGRES_START_MILLISECONDS);

  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

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
