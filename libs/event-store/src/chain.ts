/**
 * The hash chain of a stream: each event's chain value covers the one before it and the event's own stored form, so a
 * changed, removed, added or reordered event breaks every value after it. Anybody can recompute it: SHA-256 and
 * canonical JSON (RFC 8785) are all it takes. Source: architecture.md 8.
 */
import canonicalize from 'canonicalize';
import { hash } from 'node:crypto';
import type { Envelope } from '#kernel';

/** What stands before the first event of every stream. */
export const GENESIS = '0'.repeat(64);

/** What the chain covers of an event. A chain value in `metadata` is left out, so stored events can be given as read. */
export interface ChainedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: Omit<Envelope, 'chain'> & { readonly chain?: string };
}

/**
 * SHA-256, in hexadecimal, of the previous value's 64 hexadecimal digits followed by the canonical JSON of
 * `{ data, id, metadata without chain, revision, stream, type }` in UTF-8.
 * @throws Error when a text holds half a surrogate pair or a number is not finite: such an event has no canonical form
 */
export function chainOf(previous: string, { stream, revision, id, type, data, metadata }: ChainedEvent): string {
  const { chain: _own, ...covered } = metadata;
  return hash('sha256', `${previous}${canonicalize({ stream, revision, id, type, data, metadata: covered }) ?? ''}`);
}
