/** Events as the server stores them. */
import { type EventData, jsonEvent, type RecordedEvent } from '@eventstore/db-client';
import type { Envelope } from '#kernel';
import type { EventToAppend, Heading, StoredEvent } from '../../port.js';
import { positionOf } from './position.js';

/**
 * Beside the envelope, the last event of an append carries the mark of the call that wrote it. The server answers a
 * repeated append as if it had written it; only by this mark a caller sees whether it was its own call that did.
 */
interface StoredMetadata extends Envelope {
  readonly attempt?: string;
}

/** Names that begin with `$` are the server's own. A name up to its first `-` is the stream's category there. */
export const isSystemName = (name: string): boolean => name.startsWith('$');

export function toEventData(events: readonly EventToAppend[], attempt: string): EventData[] {
  return events.map(({ id, type, data, metadata }, index) =>
    jsonEvent({
      id,
      type,
      data: data as Record<string, unknown>,
      metadata: { ...metadata, ...(index === events.length - 1 && { attempt }) },
    }),
  );
}

/** @throws when the event was not written by this adapter: the log belongs to one application */
export function toStoredEvent({ streamId, id, type, revision, data, ...event }: RecordedEvent): StoredEvent {
  if (!event.isJson || event.metadata === undefined || event.position === undefined) {
    throw new Error(`event ${id} of the log was written by another application`);
  }
  const { attempt, ...metadata } = event.metadata as unknown as StoredMetadata;
  const position = positionOf(event.position);
  return { stream: streamId, revision: Number(revision), id, type, data: data as object, metadata, position };
}

export function headingOf(event: StoredEvent): Heading {
  const { id, type, stream, revision, position, metadata: { schema } } = event;
  return { id, type, schema, stream, revision, position, read: () => event };
}

export function attemptOf({ metadata }: RecordedEvent): string | undefined {
  return (metadata as unknown as StoredMetadata | undefined)?.attempt;
}
