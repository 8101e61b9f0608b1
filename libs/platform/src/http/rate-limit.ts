/** Fair shares: each client of an organisation may ask so often. */
import type { Caller } from '../caller.js';
import { Problem } from '../problems/problem.js';

/** Counts one request under a key. @throws Problem `too-many-requests` with `Retry-After` */
export type ClientLimit = (key: string) => Promise<void>;

/** The share that a caller draws on: its client, within its organisation. */
export function limitOf({ organisation, client }: Caller): string {
  return `${organisation}/${client}`;
}

export interface BucketOptions {
  /** Requests that may come at once. */
  readonly burst: number;
  /** Requests a second that flow back. */
  readonly perSecond: number;
  /** Keys remembered at once; the one that was longest unused goes first. Bounds memory under any number of names. */
  readonly keys?: number;
  /** Milliseconds; for tests. */
  readonly now?: () => number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Token buckets by key, in memory: one a process, lost at restart, which a limit against haste can afford.
 * Not @fastify/rate-limit: it counts fixed windows in a Fastify hook, before the token, and so the client, is known.
 */
export function tokenBuckets({
  burst,
  perSecond,
  keys = 10_000,
  now = () => performance.now(),
}: BucketOptions): ClientLimit {
  const buckets = new Map<string, Bucket>();
  return (key) => {
    const at = now();
    const before = buckets.get(key) ?? { tokens: burst, at };
    const held = Math.min(burst, before.tokens + ((at - before.at) / 1000) * perSecond);
    buckets.delete(key);
    buckets.set(key, { tokens: held < 1 ? held : held - 1, at });
    const oldest = buckets.keys().next();
    if (buckets.size > keys && oldest.done === false) buckets.delete(oldest.value);
    if (held >= 1) return Promise.resolve();
    const wait = String(Math.max(1, Math.ceil((1 - held) / perSecond)));
    return Promise.reject(new Problem('too-many-requests', `wait ${wait} s`, {}, { 'retry-after': wait }));
  };
}
