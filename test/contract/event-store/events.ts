/** Invented events and small readers for the event store's tests. */
import { randomUUID } from 'node:crypto';
import { chainOf, type Draft, type EventStore, type EventToAppend, GENESIS, sealDrafts } from '#event-store';
import { type Position, START, type StoredEvent } from '#event-store';

export const NOW = '2026-11-24T08:00:00.000Z';

/** A draft of an invented event under a command of its own, or under the given one. */
export function draft(data: object = {}, commandId: string = randomUUID()): Draft {
  return {
    type: 'ReferralRequested',
    data: { service: 'shelter', provider: 'casa-lumina', ...data },
    schema: 1,
    occurredAt: NOW,
    actor: 'officer-17',
    organisation: 'politia-exemplu',
    role: 'DETECT',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    reference: { policy: 'RO@1' },
    legalBasis: 'consent',
    sensitivity: 2,
  };
}

export const newStream = (): string => `case-${randomUUID()}`;

/** Events that follow `last` in a stream. */
export function following(stream: string, last: StoredEvent | undefined, ...data: object[]): EventToAppend[] {
  const commandId = randomUUID();
  const drafts = data.map((each) => draft(each, commandId));
  return sealDrafts(stream, last, drafts, NOW);
}

/** The first events of a stream, numbered. */
export function first(stream: string, count: number): EventToAppend[] {
  return following(stream, undefined, ...Array.from({ length: count }, (_, number) => ({ number })));
}

/** Appends one event behind whatever the stream ends with. */
export async function appendOne(store: EventStore, stream: string, data: object = {}): Promise<StoredEvent> {
  const last = await store.readLast(stream);
  await store.append(stream, following(stream, last, data), last?.revision ?? 'no-stream');
  return (await store.readLast(stream))!;
}

export async function readAll(store: EventStore, after: Position = START, pageSize = 1_000): Promise<StoredEvent[]> {
  const pages: (readonly StoredEvent[])[] = [];
  for await (const page of store.readAll(after, { pageSize })) pages.push(page);
  return pages.flat();
}

/** A subscription whose pages the test asks for one by one. */
export function pages(store: EventStore, after: Position, signal: AbortSignal, pageSize = 1_000) {
  return store.subscribe(after, signal, { pageSize })[Symbol.asyncIterator]();
}

/** Subscribes until `count` events have come. */
export async function receive(store: EventStore, after: Position, count: number, pageSize = 7): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  if (count === 0) return events;
  const stop = new AbortController();
  for await (const page of store.subscribe(after, stop.signal, { pageSize })) {
    events.push(...page);
    if (events.length >= count) stop.abort();
  }
  return events;
}

/** Revision of the first event whose chain value is not the one that follows from the events before; -1 when none. */
export function firstBreak(events: readonly StoredEvent[]): number {
  let chain = GENESIS;
  return events.findIndex((event) => {
    chain = chainOf(chain, event);
    return chain !== event.metadata.chain;
  });
}
