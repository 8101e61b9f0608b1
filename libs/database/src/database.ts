/** One way to a relational database for vault, read models and operations. Source: architecture.md 1, 5 and 7. */
import { Kysely, PostgresDialect } from 'kysely';
import { postgresPool } from './postgres.js';
import { openSqlite } from './sqlite.js';

export type Engine = 'sqlite' | 'postgres';

/** An open database. `Schema` maps table names to their rows, as Kysely wants it. */
export interface Database<Schema> {
  /**
   * Queries. On SQLite there is one connection: inside a transaction use the transaction only, since `kysely` itself
   * waits until that transaction is over.
   */
  readonly kysely: Kysely<Schema>;
  /** For the few statements that differ: both engines have upserts, `returning` and partial indexes in common. */
  readonly engine: Engine;
  /** Waits for running queries, then closes. Idempotent. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /**
   * Everything in it can be made again from the log, and how far it goes is committed with it. Then SQLite need not sync
   * every commit: a power cut may undo the newest ones, whole and in order, and the reader reads on from there.
   */
  readonly derived?: boolean;
}

/** The address names no engine that this house knows. */
export class UnknownDatabaseAddress extends Error {
  override readonly name = 'UnknownDatabaseAddress';
}

/**
 * Opens a database. No table is made; that is the caller's.
 * - `sqlite::memory:` is private to this handle and gone at `close`.
 * - `sqlite:/path/file.db` makes file and folder where missing, readable by their owner only. Write-ahead log, every
 *   commit synced unless `derived`, deleted content overwritten.
 * - `postgres://...` connects at the first query; whether the server answers is seen there.
 *
 * What comes back is the same on both: 64-bit integers as numbers, binary values as `Uint8Array`; a boolean is stored
 * by SQLite as 0 or 1.
 * @throws UnknownDatabaseAddress, and an error when SQLite would not sync every commit
 */
export function openDatabase<Schema>(address: string, { derived = false }: DatabaseOptions = {}): Database<Schema> {
  const engine = engineOf(address);
  if (engine === 'postgres') {
    const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: () => postgresPool(address) }) });
    return { kysely, engine, close: () => kysely.destroy() };
  }
  const { dialect, close } = openSqlite(address.slice('sqlite:'.length), derived ? 'NORMAL' : 'FULL');
  const kysely = new Kysely<Schema>({ dialect });
  // Kysely closes only what it has used.
  return { kysely, engine, close: () => kysely.destroy().then(close) };
}

function engineOf(address: string): Engine {
  if (/^sqlite:./.test(address)) return 'sqlite';
  if (/^postgres(ql)?:\/\//.test(address)) return 'postgres';
  // The address may hold a password: only what stands before the first colon is told.
  throw new UnknownDatabaseAddress(
    `no engine for a database address that begins with "${address.split(':', 1)[0] ?? ''}:"`,
  );
}
