import { describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from './database.js';
import { sharedTransaction } from './shared-transaction.js';

interface Schema {
  thing: { label: string };
  other: { label: string };
}

describe('a shared transaction', () => {
  const opened = async () => {
    const database = openDatabase<Schema>('sqlite::memory:');
    for (const table of ['thing', 'other']) {
      await sql`create table ${sql.table(table)} (label text primary key)`.execute(database.kysely);
    }
    const transactions = new Set<unknown>();
    const into = (table: keyof Schema) =>
      sharedTransaction(database, async (transaction, labels: readonly string[]) => {
        transactions.add(transaction);
        await transaction
          .insertInto(table)
          .values(labels.map((label) => ({ label })))
          .execute();
        return labels.map((label) => `${table} ${label}`);
      });
    const labels = async (table: keyof Schema) =>
      (await database.kysely.selectFrom(table).select('label').execute()).map(({ label }) => label);
    return { database, transactions, thing: into('thing'), other: into('other'), labels };
  };

  it('commits kinds together and answers each its own', async () => {
    const { database, transactions, thing, other, labels } = await opened();
    expect(await Promise.all([thing('a'), other('b'), thing('c')])).toEqual(['thing a', 'other b', 'thing c']);
    expect(transactions.size).toBe(1);
    expect([await labels('thing'), await labels('other')]).toEqual([['a', 'c'], ['b']]);
    await database.close();
  });

  it('undoes nothing of the others when one of any kind fails', async () => {
    const { database, thing, other, labels } = await opened();
    await other('b');
    const outcomes = await Promise.allSettled([thing('a'), other('b'), thing('c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await labels('thing'), await labels('other')]).toEqual([['a', 'c'], ['b']]);
    await database.close();
  });
});
