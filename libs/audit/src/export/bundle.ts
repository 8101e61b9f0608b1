/** Writes the export bundle of a stream; `verifyBundle` reads it. Format: verifier/format.ts, ADR 10. */
import { createHash } from 'node:crypto';
import type { Recorded } from '#kernel';
import type { Keyring } from '#privacy';
import { BUNDLE_FORMAT, HEAD_FORMAT, headBytes, type HeaderLine, type InclusionLine, lineOf } from '../verifier/format.js';

export interface BundleParts {
  /** All events of the stream from the first on; at least one. */
  readonly events: readonly Recorded[];
  readonly inclusions: readonly InclusionLine[];
  readonly keyring: Pick<Keyring, 'sign' | 'publicKeys'>;
  /** Now, ISO 8601 in UTC. */
  readonly at: string;
}

function eventLine({ stream, revision, id, type, data, metadata }: Recorded): string {
  return lineOf({ kind: 'event', event: { stream, revision, id, type, data, metadata } });
}

/** The bundle as text, every line ended. @throws Error for a stream without events */
export function writeBundle({ events, inclusions, keyring, at }: BundleParts): string {
  const last = events.at(-1);
  if (last === undefined) throw new Error('a stream without events has nothing to export');
  const keys = keyring.publicKeys();
  const header: HeaderLine = { kind: 'header', format: BUNDLE_FORMAT, stream: last.stream, events: events.length, keys };
  const body = [lineOf(header), ...events.map(eventLine), ...inclusions.map(lineOf)].map((line) => `${line}\n`).join('');
  const unsigned = {
    kind: 'head', format: HEAD_FORMAT, stream: last.stream, revision: last.revision, chain: last.metadata.chain,
    bundle: createHash('sha256').update(body, 'utf8').digest('hex'), at,
  } as const;
  const { keyId, value } = keyring.sign(headBytes(unsigned));
  return `${body}${lineOf({ ...unsigned, keyId, signature: value })}\n`;
}
