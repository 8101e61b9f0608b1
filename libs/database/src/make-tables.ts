import { type Kysely, sql } from 'kysely';
import type { Database } from './database.js';

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
