/** The projection engine at work, on every database: what its specifications share. */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Database } from '#database';
import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresForTests } from '../../support/postgres.js';
import { POSTGRES_START_MILLISECONDS, startPostgres } from '../../support/postgres.js';
import type { Running } from './fixture.js';
import { run, tally } from './fixture.js';

let made = 0;
/** A projection that nobody built yet. */
export const fresh = (version = 1) => tally(`tally-${(made += 1)}`, version);
/** The next version of the one that was made last. */
export const newestAgain = (version: number) => tally(`tally-${made}`, version);

/** What a test finds; database and store are there from its `beforeEach` on. */
export interface AtWork {
  database: Database<unknown>;
  store: EventStore;
  /** How often a property is tried. */
  readonly runs: number;
  /** Starts a projector that is stopped after the test. */
  start(...parameters: Parameters<typeof run>): Running;
}

/** Runs the tests on SQLite in memory and in a file, and on a real PostgreSQL. */
export function onEveryDatabase(tests: (at: AtWork) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-read-models-'));
  let postgres: PostgresForTests | undefined;
  const engines: Record<string, () => Promise<string>> = {
    'SQLite in memory': () => Promise.resolve('sqlite::memory:'),
    'a SQLite file': () => Promise.resolve(`sqlite:${join(folder, 'views.db')}`),
    PostgreSQL: async () => {
      postgres = await startPostgres();
      return postgres.freshDatabase();
    },
  };
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await postgres?.stop();
  }, POSTGRES_START_MILLISECONDS);

  describe.each(Object.entries(engines))('%s', (engine, address) => {
    let running: Running[] = [];
    const at = {
      runs: engine === 'PostgreSQL' ? 15 : 40,
      start: (...parameters: Parameters<typeof run>) => {
        const projector = run(...parameters);
        running.push(projector);
        return projector;
      },
    } as AtWork;
    beforeAll(async () => {
      at.database = openDatabase(await address());
    }, POSTGRES_START_MILLISECONDS);
    afterAll(() => at.database.close());
    beforeEach(() => {
      at.store = openSqliteEventStore(':memory:');
    });
    afterEach(async () => {
      await Promise.all(running.map((projector) => projector.stop()));
      running = [];
      await at.store.close();
    });
    tests(at);
  });
}
