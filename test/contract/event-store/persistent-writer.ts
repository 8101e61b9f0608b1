/** Writers that send again what a server that died did not answer. */
import {
  AppendOutcomeUnknown,
  type EventStore,
  type EventToAppend,
  type Position,
  type StoredEvent,
} from '#event-store';
import { setTimeout } from 'node:timers/promises';
import { following } from './events.js';

/** Between two sendings, so that writers leave a server that is starting the processor. */
const RETRY_MILLISECONDS = 100;

/** Appends events one after the other; one whose reply was lost is sent again, the very same, until it is answered. */
export async function write(
  store: EventStore,
  stream: string,
  count: number,
  lost: () => unknown,
): Promise<StoredEvent[]> {
  const written: StoredEvent[] = [];
  let last = await untilAnswered(() => store.readLast(stream));
  for (let done = 0; done < count; done++) {
    const events = following(stream, last, { number: (last?.revision ?? -1) + 1 });
    await untilAppended(store, stream, events, last?.revision ?? 'no-stream', lost);
    last = await untilAnswered(() => store.readLast(stream));
    written.push(last!);
  }
  return written;
}

async function untilAppended(
  store: EventStore,
  stream: string,
  events: readonly EventToAppend[],
  expected: number | 'no-stream',
  lost: () => unknown,
): Promise<void> {
  for (;;) {
    try {
      await store.append(stream, events, expected);
      return;
    } catch (error) {
      if (!(error instanceof AppendOutcomeUnknown)) throw error;
      lost();
    }
    await setTimeout(RETRY_MILLISECONDS);
  }
}

/** A read gives up after some seconds; a server that is starting again may take longer. */
export async function untilAnswered<Result>(read: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await read();
    } catch (error) {
      if (!['unavailable', 'not-leader', 'cancelled'].includes((error as { type: string }).type)) throw error;
    }
  }
}

/** Resolves once a stream has reached a revision. */
export async function reached(store: EventStore, after: Position, stream: string, revision: number): Promise<void> {
  for await (const page of store.subscribe(after, new AbortController().signal)) {
    if (page.some((event) => event.stream === stream && event.revision >= revision)) return;
  }
}
