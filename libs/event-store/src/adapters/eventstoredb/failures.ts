/** What the driver's errors mean, and how long to wait for a server that is away. */
import { ErrorType } from '@eventstore/db-client';
import { setTimeout } from 'node:timers/promises';
import { AppendOutcomeUnknown, type ExpectedRevision, WrongExpectedRevision } from '../../port.js';

/** The server is away, starting, or no longer the leader; the driver connects anew at the next call. */
const PASSING: ReadonlySet<unknown> = new Set([
  ErrorType.UNAVAILABLE,
  ErrorType.CANCELLED,
  ErrorType.NOT_LEADER,
  ErrorType.DEADLINE_EXCEEDED,
  ErrorType.TIMEOUT,
]);

/** The server answered, and wrote nothing. */
const REFUSED: ReadonlySet<unknown> = new Set([
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.STREAM_DELETED,
]);

const LONGEST_WAIT_MILLISECONDS = 5_000;
const TRIES_OF_A_READ = 7;

interface DriverError {
  readonly type?: string;
  /** Of a wrong expected version only, whose message is empty. */
  readonly actualVersion?: bigint | 'no_stream';
}

export const isPassing = (error: unknown): boolean => PASSING.has((error as DriverError).type);
export const isOutOfTime = (error: unknown): boolean => (error as DriverError).type === ErrorType.DEADLINE_EXCEEDED;
export const isMissingStream = (error: unknown): boolean => (error as DriverError).type === ErrorType.STREAM_NOT_FOUND;

/** What an append that failed came to. Whatever is not known to be a refusal may have been written. */
export function failureOf(error: unknown, stream: string, expected: ExpectedRevision): Error {
  const { type, actualVersion } = error as DriverError;
  if (type === ErrorType.WRONG_EXPECTED_VERSION) {
    const actual = typeof actualVersion === 'bigint' ? Number(actualVersion) : 'no-stream';
    return new WrongExpectedRevision(stream, expected, actual);
  }
  if (REFUSED.has(type)) return error as Error;
  return new AppendOutcomeUnknown(`the reply to an append to ${stream} was lost`, { cause: error });
}

/** Waits before the next try: 50 ms, doubled for every failure before, 5 s at most. Ends early when `signal` aborts. */
export async function backOff(failures: number, signal?: AbortSignal): Promise<void> {
  const wait = Math.min(50 * 2 ** failures, LONGEST_WAIT_MILLISECONDS);
  await setTimeout(wait, undefined, signal && { signal }).catch(() => undefined);
}

/** Reads again, for about three seconds, while the server is away. */
export async function patiently<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let failures = 0; ; failures++) {
    try {
      return await read();
    } catch (error) {
      if (!isPassing(error) || failures + 1 === TRIES_OF_A_READ) throw error;
    }
    await backOff(failures);
  }
}
