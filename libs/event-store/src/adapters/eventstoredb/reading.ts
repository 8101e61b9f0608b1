/**
 * Reads of the server's log, each bounded and drained to its end: a read that is left half consumed holds back every
 * other call on the same connection, and one that is cancelled makes the driver close that connection.
 */
import { BACKWARDS, END, type EventStoreDBClient, type RecordedEvent, type StreamingRead } from '@eventstore/db-client';
import { type Position, START, type StoredEvent } from '../../port.js';
import { isMissingStream } from './failures.js';
import { comparePositions, placeOf, positionOf } from './position.js';
import { isSystemName, placedAt, toStoredEvent } from './stored-event.js';

type Recorded = RecordedEvent;
type Resolved = { readonly event?: Recorded };

/** The most events of one read; with the size limit of an append this bounds what a page may hold in memory. */
const READ_SIZE = 1_000;

/** A part of the log. */
export interface Part {
  /** Without the server's own. */
  readonly events: readonly StoredEvent[];
  /** Where the part ends, the server's own events included, so that they are not read again. */
  readonly seen: Position;
  readonly isLast: boolean;
}

/** The part of the log after a position, `size` events at most. */
export async function partAfter(client: EventStoreDBClient, after: Position, size: number): Promise<Part> {
  const asked = Math.min(size, READ_SIZE) + 1;
  const events: StoredEvent[] = [];
  let [recorded, taken, seen] = [0, 0, after];
  await drain(client.readAll({ fromPosition: placeOf(after), maxCount: asked }), (event) => {
    recorded += 1;
    const position = placedAt(event);
    // The read begins with the event at the position itself, which the reader has already.
    if (taken === asked - 1 || comparePositions(position, after) <= 0) return;
    taken += 1;
    seen = position;
    if (!isSystem(event)) events.push(toStoredEvent(event, position));
  });
  return { events, seen, isLast: recorded < asked };
}

/** Position of the newest event, with or without the server's own; `START` when there is none. */
export async function endOfLog(client: EventStoreDBClient, isCounted: (event: Recorded) => boolean): Promise<Position> {
  let fromPosition: ReturnType<typeof placeOf> | typeof END = END;
  for (let size = 16; ; size = READ_SIZE) {
    const recorded = await all(client.readAll({ direction: BACKWARDS, fromPosition, maxCount: size }));
    const newest = recorded.find(isCounted)?.position;
    if (newest !== undefined) return positionOf(newest);
    const oldest = recorded.at(-1)?.position;
    if (oldest === undefined || recorded.length < size) return START;
    fromPosition = oldest;
  }
}

export const isSystem = ({ streamId, type }: Recorded): boolean => isSystemName(streamId) || isSystemName(type);

/** Events of a stream from a revision on; none when the stream does not exist. */
export function eventsOfStream(
  client: EventStoreDBClient,
  stream: string,
  from: number,
  count: number,
): Promise<Recorded[]> {
  const options = { fromRevision: BigInt(from), maxCount: count, requiresLeader: true };
  return count > 0 ? unlessMissing(() => all(client.readStream(stream, options))) : Promise.resolve([]);
}

export async function lastOfStream(client: EventStoreDBClient, stream: string): Promise<Recorded | undefined> {
  const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const;
  const [last] = await unlessMissing(() => all(client.readStream(stream, options)));
  return last;
}

async function unlessMissing(read: () => Promise<Recorded[]>): Promise<Recorded[]> {
  try {
    return await read();
  } catch (error) {
    if (isMissingStream(error)) return [];
    throw error;
  }
}

async function all(read: StreamingRead<Resolved>): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  await drain(read, (event) => recorded.push(event));
  return recorded;
}

/**
 * Takes each event as it comes, so that what the driver made of it need not be kept, and without the promise for each that
 * a loop makes. What `take` throws is thrown when the read has come to its end.
 */
function drain(read: StreamingRead<Resolved>, take: (event: Recorded) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    read.on('data', ({ event }: Resolved) => {
      if (event === undefined || failure !== undefined) return;
      try {
        take(event);
      } catch (error) {
        failure = error as Error;
      }
    });
    read.on('end', () => {
      if (failure === undefined) resolve();
      else reject(failure);
    });
    read.on('close', () => {
      reject(new Error('a read was closed before its end'));
    });
    // The driver may report one failure twice; the second must not find nobody listening.
    read.on('error', (error) => {
      reject(error);
      read.destroy();
    });
  });
}
