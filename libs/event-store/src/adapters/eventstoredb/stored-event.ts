/** Events as the server stores them. */
import { type EventData, jsonEvent, type RecordedEvent } from '@eventstore/db-client';
import type { Envelope } from '#kernel';
import type { EventToAppend, Heading, Position, StoredEvent } from '../../port.js';
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
export function toStoredEvent(event: RecordedEvent, position = placedAt(event)): StoredEvent {
  if (!event.isJson || event.metadata === undefined) throw foreign(event);
  const { streamId: stream, id, type, data } = event;
  const metadata = envelopeOf(event.metadata as unknown as StoredMetadata);
  return { stream, revision: Number(event.revision), id, type, data: data as object, metadata, position };
}

export function headingOf(event: StoredEvent): Heading {
  const { id, type, stream, revision, position, metadata: { schema } } = event;
  return { id, type, schema, stream, revision, position, read: () => event };
}

/** Where an event lies. @throws when the server does not say */
export function placedAt(event: RecordedEvent): Position {
  if (event.position === undefined) throw foreign(event);
  return positionOf(event.position);
}

function envelopeOf(stored: StoredMetadata): Envelope {
  if (!('attempt' in stored)) return stored;
  const { attempt, ...envelope } = stored;
  return envelope;
}

const foreign = ({ id }: RecordedEvent) => new Error(`event ${id} of the log was written by another application`);

export function attemptOf({ metadata }: RecordedEvent): string | undefined {
  return (metadata as unknown as StoredMetadata | undefined)?.attempt;
}
