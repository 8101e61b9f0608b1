/** What a database promises, whichever engine stands behind it. */
import type { Database } from '#database';
import { openDatabase } from '#database';
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
});
