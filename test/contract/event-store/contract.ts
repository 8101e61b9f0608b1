/** The promises of `EventStore`, one test each, under the promise's own words; every adapter runs them all. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventStore } from '#event-store';
import { appendPromises } from './append.promises.js';
import { closingPromises } from './closing.promises.js';
import { readingPromises } from './reading.promises.js';
import { subscriptionPromises } from './subscription.promises.js';

/** What an adapter's spec provides. */
export interface EventStoreFixture {
  /** Opens the store; once the one before is closed or killed, the same log again. */
  open(): Promise<EventStore>;
  /** Removes whatever is left. The store is closed. */
  remove?(): Promise<void>;
  /** The log outlives `close`. Absent: the promises about that are skipped by name. */
  readonly persistent?: true;
  /**
   * Lets a writer append one event at a time to several streams, kills with SIGKILL what holds the log in the midst of
   * it, and answers what had been acknowledged. Called while no store is open. Absent: skipped by name.
   */
  killInMidWrite?(): Promise<readonly { stream: string; id: string }[]>;
}

/** The store under test, from the first `beforeAll` on. */
export interface Opened {
  store: EventStore;
  readonly fixture: EventStoreFixture;
  /** Closes it and opens the same log again, with something done in between. */
  reopened(between?: () => Promise<unknown>): Promise<EventStore>;
}

export function eventStoreContract(name: string, fixture: EventStoreFixture): void {
  describe(`event store: ${name}`, () => {
    const at = {
      fixture,
      reopened: async (between) => {
        await at.store.close();
        await between?.();
        return (at.store = await fixture.open());
      },
    } as Opened;

    beforeAll(async () => {
      at.store = await fixture.open();
    });
    afterAll(async () => {
      await at.store.close();
      await fixture.remove?.();
    });
    for (const promises of [appendPromises, readingPromises, subscriptionPromises, closingPromises]) promises(at);
  });
}
