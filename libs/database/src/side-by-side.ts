import { type Transaction, sql } from 'kysely';
import type { Engine } from './database.js';

/**
 * Begins a transaction that writes to a table beside others of its kind, or `alone`: then it waits for all that write now, and
 * those that come later wait for its end and see it. On SQLite, which has one writer at a time, that is always so.
 */
export async function writesTo<Schema>(transaction: Transaction<Schema>, engine: Engine, table: keyof Schema & string, how: 'beside others' | 'alone'): Promise<void> {
  if (engine !== 'postgres') return;
  const mode = how === 'alone' ? 'share row exclusive' : 'row exclusive';
  await sql`lock table ${sql.table(table)} in ${sql.raw(mode)} mode`.execute(transaction);
}
