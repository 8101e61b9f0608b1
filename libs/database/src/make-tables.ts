import { type CreateTableBuilder, type Kysely, sql } from 'kysely';
import type { Database, Engine } from './database.js';

// Any constant: it only has to be the same in every process.
const SCHEMA_LOCK = 7_462_912;

/**
 * Makes tables and indexes where they are missing, all of them or none. `make` uses what it is given only. On PostgreSQL
 * one process at a time: of two that start at once both would find a table missing, and one would fail.
 */
export async function makeTables<Schema>(
  { kysely, engine }: Pick<Database<Schema>, 'kysely' | 'engine'>,
  make: (kysely: Kysely<Schema>) => Promise<void>,
): Promise<void> {
  await kysely.transaction().execute(async (transaction) => {
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(transaction);
    await make(transaction);
  });
}

/**
 * Keeps the rows of a table in the order of its primary key, where SQLite otherwise keeps them twice: by number, and the key
 * beside them. For rows that are small and written in that order, or one by one. PostgreSQL knows no such tables.
 */
export function inOrderOfKey<Name extends string, Columns extends string>(
  table: CreateTableBuilder<Name, Columns>,
  engine: Engine,
): CreateTableBuilder<Name, Columns> {
  return engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : table;
}
