/**
 * The file of the SQLite event store: how it is opened, locked and laid out.
 * The layout is a contract (`FORMAT`): a build that does not know it refuses the file and changes nothing in it.
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** "TNDM" in the file's header: this SQLite file is an event store of Tandem. */
const APPLICATION_ID = 0x544e_444d;
/** Version of the layout below, kept as `user_version` in the file's header. */
const FORMAT = 1;

// `position` is SQLite's row number: the next one is always one above the greatest, rows are never deleted, and one
// connection writes, so the global order has no late arrivals. The unique index also answers "how far is this stream?".
const LAYOUT = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream   TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    id       TEXT    NOT NULL,
    type     TEXT    NOT NULL,
    data     TEXT    NOT NULL,
    metadata TEXT    NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${FORMAT};
`;

const BUSY = 5;

/** Another process, or another opener in this one, holds the file. The SQLite event store serves one process only. */
export class EventStoreLocked extends Error {
  override readonly name = 'EventStoreLocked';

  constructor(readonly path: string) {
    super(`${path} is in use: the SQLite event store serves one process; stop the other one first`);
  }
}

/** The file is no event store of Tandem, is one of a version that this build does not know, or can not be written safely. */
export class EventStoreRefused extends Error {
  override readonly name = 'EventStoreRefused';

  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`${path} is refused: ${reason}`);
  }
}

/**
 * Opens the file, made with mode 0600 when it does not exist, and locks it until the connection closes or the process
 * dies. Nothing else in this process may open the file, not even to copy it: closing such a descriptor drops the lock.
 * @throws EventStoreLocked, EventStoreRefused
 */
export function openDatabase(path: string): DatabaseSync {
  if (path !== ':memory:') makePrivately(path);
  const database = new DatabaseSync(path);
  try {
    lock(database);
    makeDurable(database, path);
    keepPages(database);
    checkLayout(database, path);
    return database;
  } catch (error) {
    database.close();
    throw sqliteCode(error) === BUSY ? new EventStoreLocked(path) : error;
  }
}

/** SQLite's primary result code of an error, if it is one of node:sqlite. */
export function sqliteCode(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  return typeof errcode === 'number' ? errcode & 0xff : undefined;
}

function makePrivately(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** SQLite's own exclusive lock: the system releases it when the process dies, so no stale lock file is left behind. */
function lock(database: DatabaseSync): void {
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT');
}

/** Streams have random names: a page of their index is moved into the file once for many commits, and not read again for each. */
function keepPages(database: DatabaseSync): void {
  database.exec('PRAGMA wal_autocheckpoint = 4000; PRAGMA cache_size = -16384');
}

/** FULL: with WAL and NORMAL an acknowledged append can be lost with the power. `fullfsync` is the same for macOS. */
function makeDurable(database: DatabaseSync, path: string): void {
  database.exec('PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON');
  const journal = pragma(database, 'journal_mode');
  if (journal !== (path === ':memory:' ? 'memory' : 'wal'))
    throw new EventStoreRefused(path, 'no write-ahead log here');
  if (pragma(database, 'synchronous') !== 2) throw new EventStoreRefused(path, 'synchronous is not FULL');
}

function checkLayout(database: DatabaseSync, path: string): void {
  const application = pragma(database, 'application_id');
  const format = pragma(database, 'user_version');
  if (application === APPLICATION_ID && format === FORMAT) return;
  if (application === APPLICATION_ID) throw new EventStoreRefused(path, `its format ${String(format)} is not known`);
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_schema').get() as { tables: number };
  if (application !== 0 || tables > 0) throw new EventStoreRefused(path, 'it is no event store of Tandem');
  database.exec(`BEGIN IMMEDIATE; ${LAYOUT} COMMIT`);
}

function pragma(database: DatabaseSync, name: string): unknown {
  return database.prepare(`PRAGMA ${name}`).get()?.[name];
}
