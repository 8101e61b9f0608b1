import { sql } from 'kysely';
import type { Database } from './database.js';

/**
 * Removes from the files what was deleted from these tables.
 * @throws an error when a reader of the SQLite file held it back: the bytes may still be there, so try again
 */
export async function purge<Schema>(
  { kysely, engine }: Pick<Database<Schema>, 'kysely' | 'engine'>,
  tables: readonly (keyof Schema & string)[],
): Promise<void> {
  if (engine === 'sqlite') {
    // secure_delete has overwritten the pages; their older versions stand in the write-ahead log until it is cut.
    const { rows } = await sql<{ busy: number }>`pragma wal_checkpoint(truncate)`.execute(kysely);
    if (rows[0]?.busy !== 0) throw new Error('the write-ahead log could not be cut: it is being read');
    return;
  }
  // A plain VACUUM frees the space of a deleted row but leaves its bytes there; FULL writes the table anew.
  for (const table of tables) await sql`vacuum full ${sql.table(table)}`.execute(kysely);
}
