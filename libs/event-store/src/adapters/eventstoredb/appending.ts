/** Appends to the server's log. */
import { type AppendExpectedRevision, type EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type Appended, AppendOutcomeUnknown, type EventToAppend, type ExpectedRevision } from '../../port.js';
import { failureOf, isOutOfTime } from './failures.js';
import { type LogPosition, positionOf } from './position.js';
import type { AppendedLast, ReadBack } from './read-back.js';
import { attemptOf, toEventData } from './stored-event.js';

/** The server gives an append up after 10 s; a driver that lost its reply without noticing would wait for ever. */
const REPLY_LOST_AFTER_MILLISECONDS = 15_000;

/** How often an append is sent when the server answers that it ran out of time. */
const SENDINGS = 3;

/** Two connections: a read that follows an append on the same one may wait some 50 ms for it. */
export interface Connections {
  readonly writes: EventStoreDBClient;
  readonly readBack: ReadBack;
}

/**
 * Appends and reads the last event back, which alone tells whether this call wrote it or an earlier one.
 * @throws WrongExpectedRevision, AppendOutcomeUnknown, and what the server refuses
 */
export async function append(
  { writes, readBack }: Connections,
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): Promise<Appended> {
  const attempt = randomUUID();
  const position = await sendUntilDecided(() => send(writes, stream, events, expected, attempt)).catch(
    (error: unknown) => {
      throw failureOf(error, stream, expected);
    },
  );
  const firstRevision = expected === 'no-stream' ? 0 : expected + 1;
  const lastRevision = firstRevision + events.length - 1;
  const id = events.at(-1)?.id;
  const last = await found(readBack, { stream, revision: lastRevision, position });
  if (last?.id !== id || last?.position === undefined) throw new AppendOutcomeUnknown(notFound(stream));
  return { firstRevision, lastRevision, position: positionOf(last.position), written: attemptOf(last) === attempt };
}

/**
 * A repeat that comes while the first is being committed is left without a decision by the server, which says after 2 s
 * that the time is up. Sent once more, with the same mark, it is decided.
 */
async function sendUntilDecided<Result>(sendOnce: () => Promise<Result>): Promise<Result> {
  for (let sendings = 1; ; sendings++) {
    try {
      return await sendOnce();
    } catch (error) {
      if (!isOutOfTime(error) || sendings === SENDINGS) throw error;
    }
  }
}

async function send(
  client: EventStoreDBClient,
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
  attempt: string,
): Promise<LogPosition | undefined> {
  const expectedRevision: AppendExpectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
  const answered = new AbortController();
  const options = { expectedRevision, requiresLeader: true };
  const sent = client.appendToStream(stream, toEventData(events, attempt), options).finally(() => {
    answered.abort();
  });
  const late = setTimeout(REPLY_LOST_AFTER_MILLISECONDS, undefined, { signal: answered.signal }).then(
    () => Promise.reject(new Error('no reply')),
    () => sent,
  );
  const { position } = await Promise.race([sent, late]);
  return position;
}

async function found(readBack: ReadBack, last: AppendedLast) {
  try {
    return await readBack.find(last);
  } catch (cause) {
    throw new AppendOutcomeUnknown(notFound(last.stream), { cause });
  }
}

const notFound = (stream: string): string => `an append to ${stream} could not be read back`;
