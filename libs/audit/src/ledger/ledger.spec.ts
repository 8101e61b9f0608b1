/** How often the log is read for the ledger, and that it is held against what was signed all the same. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, type StoredEvent, openSqliteEventStore, record, uuidV5 } from '#event-store';
import { openKeyring } from '#privacy';
import { LogIndex } from '../log-index.js';
import { Ledger } from './ledger.js';

const NAMESPACE = 'c1b1d5a4-6c1e-5b0f-8a44-0b7f0a4f3a11';
let now = '2026-03-02T09:00:00.000Z';
const clock = (): string => now;
const keyring = openKeyring(':memory:', clock).for('seal');

let store: EventStore;
beforeEach(() => {
  store = openSqliteEventStore(':memory:');
});
afterEach(() => store.close());

/** Appends one event to each of these streams. */
async function happen(...streams: string[]): Promise<void> {
  for (const stream of streams) {
    const commandId = uuidV5(NAMESPACE, `${stream} ${await store.head()}`);
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    const by = { actor: 'a', organisation: 'casa-lumina', role: 'CM', reference: {}, legalBasis: 'none', sensitivity: 1 } as const;
    await record(store, stream, commandId, () => [{ type: 'Happened', data: {}, schema: 1, occurredAt: now, ...by, ...ids }], clock);
  }
}

/** As after a restart: nothing of the log is known yet. `read` is what was read since. */
function restarted(change = (event: StoredEvent): StoredEvent => event) {
  const read: StoredEvent[] = [];
  const watched = Object.assign(Object.create(store) as EventStore, {
    readAll: async function* (...asked: Parameters<EventStore['readAll']>) {
      for await (const page of store.readAll(...asked)) {
        read.push(...page);
        yield page.map(change);
      }
    },
  });
  const index = new LogIndex(watched);
  return { index, ledger: new Ledger({ store: watched, index, keyring, clock }), read };
}

describe('after a restart', () => {
  it('one pass of the log checks what was signed, signs anew and serves the index', async () => {
    await happen('one', 'two', 'one');
    await restarted().ledger.sign();
    await happen('three', 'one');
    now = '2026-03-02T10:00:00.000Z';
    const { ledger, index, read } = restarted();
    await ledger.signIfDue(1);
    await index.catchUp();
    const all = (await Array.fromAsync(store.readAll(''))).flat();
    expect(all.map(({ type }) => type)).toEqual(['Happened', 'Happened', 'Happened', 'HeadsSigned', 'Happened', 'Happened', 'HeadsSigned']);
    // What stands after the place that was signed is asked for a second time: here the rest of the only page.
    expect(read.filter(({ revision, stream }) => stream === 'one' && revision === 0)).toHaveLength(1);
    expect([...index.heads()].map(({ stream, revision }) => [stream, revision])).toEqual([['one', 2], ['two', 0], ['ledger', 1], ['three', 0]]);
    expect(await ledger.newest()).toMatchObject({ leaves: 4 });
  });

  it.each([false, true])('a log that was changed is not signed over, the index read before: %s', async (readBefore) => {
    await happen('one', 'two', 'one');
    let isChanged = false;
    const { ledger, index } = restarted((event) => (isChanged && event.stream === 'two' ? { ...event, metadata: { ...event.metadata, chain: 'f'.repeat(64) } } : event));
    if (readBefore) await index.catchUp();
    await restarted().ledger.sign();
    isChanged = true;
    await expect(ledger.sign()).rejects.toThrow('not the one whose heads were signed');
    await expect(ledger.sign()).rejects.toThrow('not the one whose heads were signed');
  });
});
