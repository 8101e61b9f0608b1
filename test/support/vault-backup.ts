/** A backup of the vault of a house that stands still: its file, or among services its tables. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { asServices, serversOf } from './tandem-servers.js';

const TABLES = ['vault_row', 'vault_key', 'vault_tombstone', 'vault_fact', 'alias'];

/** Keeps the vault as it is, in `elsewhere`. Answers how to put it back. */
export async function backupOfVault(data: string, elsewhere: string): Promise<() => Promise<void>> {
  if (asServices) return backupOfTables((await serversOf(data)).database);
  copyFileSync(join(data, 'vault.db'), join(elsewhere, 'vault.db'));
  return () => {
    copyFileSync(join(elsewhere, 'vault.db'), join(data, 'vault.db'));
    for (const rest of ['vault.db-wal', 'vault.db-shm']) rmSync(join(data, rest), { force: true });
    return Promise.resolve();
  };
}

async function backupOfTables(database: string): Promise<() => Promise<void>> {
  await query(database, ['create schema kept', ...TABLES.map((table) => `create table kept.${table} as table public.${table}`)]);
  return () => query(database, TABLES.flatMap((table) => [`truncate public.${table}`, `insert into public.${table} select * from kept.${table}`]));
}

async function query(database: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
