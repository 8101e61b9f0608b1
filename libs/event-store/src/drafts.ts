/** From what was decided to what is appended: numbers, ids, times and the chain. */
import type { Envelope } from '#kernel';
import { chainOf, GENESIS } from './chain.js';
import { eventIdOf } from './ids.js';
import type { EventToAppend, StoredEvent } from './port.js';

/** An event before its place in the stream is known. */
export interface Draft extends Omit<Envelope, 'recordedAt' | 'chain'> {
  readonly type: string;
  readonly data: object;
}

/**
 * Gives the drafts of one command their place behind `last`: id, `recordedAt` (never before the stream's last event,
 * whatever the clock says) and chain.
 * @param last the stream's newest event; `undefined` for a new stream
 * @param now ISO 8601 in UTC with milliseconds
 */
export function sealDrafts(
  stream: string,
  last: StoredEvent | undefined,
  drafts: readonly Draft[],
  now: string,
): EventToAppend[] {
  const recordedAt = last !== undefined && last.metadata.recordedAt > now ? last.metadata.recordedAt : now;
  const first = (last?.revision ?? -1) + 1;
  let chain = last?.metadata.chain ?? GENESIS;
  return drafts.map(({ type, data, ...envelope }, index) => {
    const metadata = { ...envelope, recordedAt };
    const event = { id: eventIdOf(envelope.commandId, index), type, data };
    chain = chainOf(chain, { ...event, stream, revision: first + index, metadata });
    return { ...event, metadata: { ...metadata, chain } };
  });
}
