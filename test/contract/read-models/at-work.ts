/** The projection engine at work, on every database: what its specifications share. */
import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import type { Database } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import { ENGINES, type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';
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

/** Runs the tests on every engine, a real PostgreSQL among them. */
export function onEveryDatabase(tests: (at: AtWork) => void): void {
  describe.each(ENGINES)('%s', (name) => {
    let engine: EngineForTests;
    let running: Running[] = [];
    const at = {
      runs: name === 'PostgreSQL' ? 15 : 40,
      start: (...parameters: Parameters<typeof run>) => {
        const projector = run(...parameters);
        running.push(projector);
        return projector;
      },
    } as AtWork;
    beforeAll(async () => {
      engine = await startEngine(name);
      at.database = engine.open(await engine.freshAddress());
    }, POSTGRES_START_MILLISECONDS);
    afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);
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
