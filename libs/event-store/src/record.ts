/** Appending to the small streams that no workflow decides on: disclosures, refused attempts, ledger, subscriptions. */
import type { Clock } from '#kernel';
import type { Draft } from './drafts.js';
import { type Folding, StateCache } from './folded-stream.js';
import { handleCommand } from './handle-command.js';
import type { EventStore, StoredEvent } from './port.js';

const nothing: Folding<undefined> = { initial: undefined, fold: () => undefined };
const caches = new WeakMap<EventStore, StateCache<undefined>>();

/**
 * Reads a stream, builds drafts from its events and appends them; a lost race builds them anew. A stream that holds
 * `commandId` already answers with those events. Returns the command's events as read back, none for no drafts.
 * @throws what `makeDrafts` throws, StreamBusy, AppendOutcomeUnknown
 */
export async function record(
  store: EventStore,
  stream: string,
  commandId: string,
  makeDrafts: (events: readonly StoredEvent[]) => readonly Draft[] | Promise<readonly Draft[]>,
  clock: Clock,
): Promise<readonly StoredEvent[]> {
  const cache = caches.get(store) ?? new StateCache<undefined>();
  caches.set(store, cache);
  const decide = (_state: undefined, events: readonly StoredEvent[]) => makeDrafts(events);
  const { events } = await handleCommand(store, { ...nothing, stream, commandId, decide, clock, cache });
  return events;
}
