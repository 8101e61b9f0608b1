/** Events as the server stores them. */
import { type EventData, jsonEvent, type RecordedEvent } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import type { Envelope } from '#kernel';
import type { EventToAppend, Heading, Position, StoredEvent } from '../../port.js';
import { positionOf } from './position.js';

/**
 * Beside the envelope, an event carries its id. The server knows it by another, made for one call alone: it answers ids
 * that it has with success, and would tell two processes that sent the same events that each of them wrote.
 */
interface StoredMetadata extends Envelope {
  readonly eventId?: string;
  /** Of events of former builds, whose id is the server's; it told the calls apart. */
  readonly attempt?: string;
}

/** Names that begin with `$` are the server's own. A name up to its first `-` is the stream's category there. */
export const isSystemName = (name: string): boolean => name.startsWith('$');

/** To be sent once; sent again, the server takes it for what it has. */
export function toEventData(events: readonly EventToAppend[]): EventData[] {
  return events.map(({ id, type, data, metadata }) =>
    jsonEvent({
      id: randomUUID(),
      type,
      data: data as Record<string, unknown>,
      metadata: { ...metadata, eventId: id },
    }),
  );
}

/** @throws when the event was not written by this adapter: the log belongs to one application */
export function toStoredEvent(event: RecordedEvent, position = placedAt(event)): StoredEvent {
  if (!event.isJson || event.metadata === undefined) throw foreign(event);
  const { streamId: stream, type, data } = event;
  const { attempt, eventId: id = event.id, ...metadata } = event.metadata as unknown as StoredMetadata;
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

const foreign = ({ id }: RecordedEvent) => new Error(`event ${id} of the log was written by another application`);
