/** What a failed send means for whoever called. */
import { PublishRefused } from '../../publisher.js';

/** The broker did not acknowledge; the record may be there all the same. */
export class NotProduced extends Error {
  override readonly name = 'NotProduced';

  constructor(readonly code: string) {
    super(`the broker did not acknowledge: ${code}`);
  }
}

/**
 * Errors of the protocol that speak of this very record. Everything else can be mended on the broker's side while the
 * message is tried again: a missing topic, a missing right, a wrong password, too few replicas.
 */
const NEVER_TAKEN = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TOPIC_EXCEPTION',
]);

/** The error of the port for an error of kafkajs: a code alone, since its words name brokers and topics. */
export function failureOf(error: unknown): PublishRefused | NotProduced {
  const code = codeOf(error);
  return NEVER_TAKEN.has(code) ? new PublishRefused(code) : new NotProduced(code);
}

interface Told {
  readonly name?: unknown;
  /** Of the protocol: `NOT_ENOUGH_REPLICAS`. */
  readonly type?: unknown;
  /** Of the operating system: `ECONNREFUSED`. A protocol error has a number here. */
  readonly code?: unknown;
  readonly cause?: unknown;
}

/** kafkajs wraps what happened, once when it gave up and once more when it bailed out. */
function codeOf(error: unknown): string {
  const chain = causesOf(error as Told);
  const told = [...chain.flatMap(({ type, code }) => [type, code]), chain.at(-1)?.name];
  return told.find((code): code is string => typeof code === 'string' && code !== '') ?? 'failed';
}

const DEEPEST = 5;

function causesOf(error: Told | undefined, depth = 0): readonly Told[] {
  if (error === undefined || depth === DEEPEST) return [];
  return [error, ...causesOf(error.cause as Told | undefined, depth + 1)];
}
