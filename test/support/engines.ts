/** Every engine behind `#database`, for contract suites: `describe.each(ENGINES)`. */
import type { Database } from '#database';
import { openDatabase } from '#database';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresForTests } from './postgres.js';
import { startPostgres } from './postgres.js';

export const ENGINES = ['SQLite in memory', 'a SQLite file', 'PostgreSQL'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A place for databases of one engine. */
export interface EngineForTests {
  /** The address of a new, empty database. */
  freshAddress(): Promise<string>;
  open<Schema>(address: string): Database<Schema>;
  /** Where the engine keeps its files; `undefined` when it has none that can be read here. */
  readonly directory: string | undefined;
  /** Closes what was opened and removes the files. */
  stop(): Promise<void>;
}

/** Starts an engine; PostgreSQL within `POSTGRES_START_MILLISECONDS`. */
export async function startEngine(name: EngineName): Promise<EngineForTests> {
  const opened: Database<never>[] = [];
  const postgres: PostgresForTests | undefined = name === 'PostgreSQL' ? await startPostgres() : undefined;
  const folder = name === 'a SQLite file' ? mkdtempSync(join(tmpdir(), 'tandem-sqlite-')) : undefined;
  let count = 0;
  return {
    directory: postgres?.dataDirectory ?? folder,
    freshAddress() {
      count += 1;
      if (postgres !== undefined) return postgres.freshDatabase();
      return Promise.resolve(folder === undefined ? 'sqlite::memory:' : `sqlite:${join(folder, `${count}.db`)}`);
    },
    open<Schema>(address: string) {
      const database = openDatabase<Schema>(address);
      opened.push(database as unknown as Database<never>);
      return database;
    },
    async stop() {
      await Promise.all(opened.map((database) => database.close()));
      await postgres?.stop();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    },
  };
}
