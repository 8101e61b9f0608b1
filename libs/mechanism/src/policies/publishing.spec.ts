import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openSqliteEventStore } from '#event-store';
import { seedPolicies } from './publishing.js';
import { streamOfPolicy } from './policy-events.js';

describe('the first start of a house', () => {
  let store: EventStore;
  let now: number;
  beforeEach(() => {
    store = openSqliteEventStore(':memory:');
    now = Date.parse('2026-03-02T08:00:00.000Z');
  });
  afterEach(() => store.close());
  /** Never the same moment twice, as on a machine that does other things too. */
  const clock = (): string => new Date((now += 1)).toISOString();

  it('puts one policy of each country in force, however its clock runs, and once', async () => {
    await seedPolicies(store, clock);
    await seedPolicies(store, clock);
    for (const country of ['RO', 'LV', 'UK', 'BG']) {
      const events = await store.readStream(streamOfPolicy(country));
      expect(events.filter(({ type }) => type === 'PolicyActivated')).toHaveLength(1);
    }
  });
});
