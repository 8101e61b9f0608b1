/** Kysely on Node's built-in SQLite: no native build. */
import { SqliteDialect } from 'kysely';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';

const BUSY_TIMEOUT_MILLISECONDS = 5_000;
const STATEMENTS_KEPT = 256;

// In WAL mode with synchronous=NORMAL an acknowledged commit can be lost with the power, and without secure_delete an
// erased row stays on the disk: what was asked for is read back, since SQLite ignores a pragma that it does not take.
const SYNCHRONOUS = { NORMAL: 1, FULL: 2 } as const;
// Keys are random, so a commit writes many pages, and a page is written by many commits: it is moved into the file once
// for several of them, and is not read again for each.
const CHECKPOINT_PAGES = 4_000;
const CACHE_KIBIBYTES = 16_384;
const PRAGMAS = [
  { name: 'wal_autocheckpoint', set: String(CHECKPOINT_PAGES), read: CHECKPOINT_PAGES },
  { name: 'cache_size', set: String(-CACHE_KIBIBYTES), read: -CACHE_KIBIBYTES },
  { name: 'secure_delete', set: 'ON', read: 1 },
  { name: 'foreign_keys', set: 'ON', read: 1 },
  { name: 'temp_store', set: 'MEMORY', read: 2 },
];

/** Opened at once, so that a file that can not be used is told of here and not at the first query. */
export function openSqlite(path: string, synchronous: keyof typeof SYNCHRONOUS): { dialect: SqliteDialect; close: () => void } {
  if (path !== ':memory:') makePrivateFile(path);
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MILLISECONDS });
  try {
    setPragmas(database, path === ':memory:' ? 'memory' : 'wal', synchronous);
  } catch (error) {
    database.close();
    throw error;
  }
  const close = () => {
    if (database.isOpen) database.close();
  };
  return { dialect: new SqliteDialect({ database: forKysely(database, close) }), close };
}

/** SQLite would make the file readable by the group; write-ahead log and index take the mode of the file. */
function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

function setPragmas(database: DatabaseSync, journal: 'wal' | 'memory', synchronous: keyof typeof SYNCHRONOUS): void {
  const durability = [
    { name: 'journal_mode', set: journal, read: journal },
    { name: 'synchronous', set: synchronous, read: SYNCHRONOUS[synchronous] },
  ];
  for (const { name, set, read } of [...durability, ...PRAGMAS]) {
    database.exec(`pragma ${name} = ${set}`);
    const actual = database.prepare(`pragma ${name}`).get()?.[name];
    if (actual !== read) throw new Error(`SQLite has ${name} ${String(actual)}, and ${set} is needed`);
  }
}

/** The part of better-sqlite3's interface that Kysely uses. */
function forKysely(database: DatabaseSync, close: () => void): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    prepare(query) {
      const kept = statements.get(query);
      if (kept !== undefined) return kept;
      const statement = prepare(database, query);
      if (statements.size >= STATEMENTS_KEPT) statements.clear();
      statements.set(query, statement);
      return statement;
    },
    close,
  };
}

function prepare(database: DatabaseSync, query: string): SqliteStatement {
  // A writer waits for its turn at the beginning, instead of failing at its first write.
  const statement = database.prepare(query === 'begin' ? 'begin immediate' : query);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    iterate: (parameters) => statement.iterate(...bindable(parameters)),
  };
}

/** Rows come with thousands of parameters at a time, and are not copied without need. */
const bindable = (parameters: readonly unknown[]): readonly SQLInputValue[] =>
  parameters.some((value) => typeof value === 'boolean')
    ? parameters.map((value) => (typeof value === 'boolean' ? Number(value) : (value as SQLInputValue)))
    : (parameters as readonly SQLInputValue[]);
