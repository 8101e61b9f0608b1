/** Appends to the server's log. */
import { type AppendExpectedRevision, type EventData, type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import type { Appended, EventToAppend, ExpectedRevision, Position } from '../../port.js';
import { AppendOutcomeUnknown, WrongExpectedRevision } from '../../port.js';
import { backOff, failureOf, isOutOfTime, patiently } from './failures.js';
import { type LogPosition, positionOf } from './position.js';
import { eventsOfStream } from './reading.js';
import { toEventData, toStoredEvent } from './stored-event.js';

/** The server gives an append up after 10 s; a driver that lost its reply without noticing would wait for ever. */
const REPLY_LOST_AFTER_MILLISECONDS = 15_000;

/** How often an append is sent when the server answers that it ran out of time. */
const SENDINGS = 3;

/** How often what the server is about to commit is looked for: about 3 s. */
const LOOKS = 7;

/** Two connections: a read that follows an append on the same one may wait some 50 ms for it. */
export interface Connections {
  readonly writes: EventStoreDBClient;
  readonly reads: EventStoreDBClient;
}

/** Where an append belongs. */
interface Place {
  readonly stream: string;
  readonly firstRevision: number;
  readonly ids: readonly string[];
}

/**
 * Appends. What the server writes, this call wrote: nobody else has the ids that it is sent under. Where the server refuses,
 * the same events may be there from an earlier call, or from one in another process: then this one wrote nothing, and
 * succeeds.
 * @throws WrongExpectedRevision, AppendOutcomeUnknown, and what the server refuses
 */
export async function append(
  { writes, reads }: Connections,
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): Promise<Appended> {
  const firstRevision = expected === 'no-stream' ? 0 : expected + 1;
  const revisions = { firstRevision, lastRevision: firstRevision + events.length - 1 };
  const place = { stream, firstRevision, ids: events.map(({ id }) => id) };
  const data = toEventData(events);
  try {
    const position = await sendUntilDecided(() => send(writes, stream, data, expected));
    return { ...revisions, position: position ? positionOf(position) : await written(reads, place), written: true };
  } catch (error) {
    const failure = failureOf(error, stream, expected);
    if (!(failure instanceof WrongExpectedRevision)) throw failure;
    const position = await earlier(reads, place, failure.actual);
    if (position === undefined) throw failure;
    return { ...revisions, position, written: false };
  }
}

/**
 * The server may say that time is up while it still commits. Sent once more, it is decided; of what it has already it does
 * not say where that lies.
 */
async function sendUntilDecided(sendOnce: () => Promise<LogPosition | undefined>): Promise<LogPosition | undefined> {
  for (let sendings = 1; ; sendings++) {
    try {
      const position = await sendOnce();
      return sendings === 1 ? position : undefined;
    } catch (error) {
      if (!isOutOfTime(error) || sendings === SENDINGS) throw error;
    }
  }
}

async function written(reads: EventStoreDBClient, place: Place): Promise<Position> {
  const position = await find(reads, place);
  if (position === undefined) throw new AppendOutcomeUnknown(notFound(place.stream));
  return position;
}

/** Where the last of these events lies, if all of them are there; `actual` is where the server says that the stream is. */
async function earlier(
  reads: EventStoreDBClient,
  place: Place,
  actual: ExpectedRevision,
): Promise<Position | undefined> {
  const isShorter = actual === 'no-stream' || actual < place.firstRevision + place.ids.length - 1;
  return isShorter ? undefined : find(reads, place);
}

/**
 * Position of the last of these events; `undefined` when others are there. The server refuses by what it is about to commit,
 * which can be read a little later.
 * @throws AppendOutcomeUnknown when nothing can be read there
 */
async function find(reads: EventStoreDBClient, { stream, firstRevision, ids }: Place): Promise<Position | undefined> {
  for (let looks = 0; looks < LOOKS; looks++) {
    const there = await eventsThere(reads, stream, firstRevision, ids.length);
    if (there.some(({ id }, index) => id !== ids[index])) return undefined;
    if (there.length === ids.length) return there.at(-1)?.position;
    await backOff(looks);
  }
  throw new AppendOutcomeUnknown(notFound(stream));
}

async function eventsThere(reads: EventStoreDBClient, stream: string, from: number, count: number) {
  try {
    const recorded = await patiently(() => eventsOfStream(reads, stream, from, count));
    return recorded.map((event) => toStoredEvent(event));
  } catch (cause) {
    throw new AppendOutcomeUnknown(notFound(stream), { cause });
  }
}

async function send(
  client: EventStoreDBClient,
  stream: string,
  data: EventData[],
  expected: ExpectedRevision,
): Promise<LogPosition | undefined> {
  const expectedRevision: AppendExpectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
  const sent = client.appendToStream(stream, data, { expectedRevision, requiresLeader: true });
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late.reject(new Error('no reply'));
  }, REPLY_LOST_AFTER_MILLISECONDS);
  try {
    const { position } = await Promise.race([sent, late.promise]);
    return position;
  } finally {
    clearTimeout(timer);
  }
}

const notFound = (stream: string): string => `an append to ${stream} could not be read back`;
