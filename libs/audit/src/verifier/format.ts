/**
 * The export bundle: what its lines hold and which bytes are signed. A stored format: it can be added to under a new
 * `format`, never changed. Source: architecture.md 8, docs/adr/0010-export-and-proof.md.
 */
import type { Recorded } from '#kernel';
import canonicalize from 'canonicalize';

export const BUNDLE_FORMAT = 'tandem-export-1';
export const HEAD_FORMAT = 'tandem-head-1';
export const TREE_FORMAT = 'tandem-tree-1';

/** Public signing keys by identifier, as SPKI PEM. */
export type PublicKeys = Readonly<Record<string, string>>;

/** A signed tree over the heads of all streams, as published. `signature` is Ed25519, base64url. */
export interface TreeHead {
  /** When it was signed, ISO 8601 in UTC. */
  readonly at: string;
  readonly root: string;
  readonly keyId: string;
  readonly signature: string;
}

/** First line: what follows, and the keys that signed it. The keys are a convenience: trust is in those you hold yourself. */
export interface HeaderLine {
  readonly kind: 'header';
  readonly format: typeof BUNDLE_FORMAT;
  readonly stream: string;
  readonly events: number;
  readonly keys: PublicKeys;
}

/** One event in its stored form: references and commitments, never values. */
export interface EventLine {
  readonly kind: 'event';
  readonly event: Recorded;
}

/** Proof that a signed tree holds this stream at `revision` with `chain`. `path` is hexadecimal, from the leaf upwards. */
export interface InclusionLine {
  readonly kind: 'inclusion';
  readonly tree: TreeHead;
  readonly leaves: number;
  readonly index: number;
  readonly revision: number;
  readonly chain: string;
  readonly path: readonly string[];
}

/** Last line: where the stream stood at the export, and the digest of every byte before this line, signed. */
export interface HeadLine {
  readonly kind: 'head';
  readonly format: typeof HEAD_FORMAT;
  readonly stream: string;
  readonly revision: number;
  readonly chain: string;
  /** SHA-256 of all lines before this one, line ends included, hexadecimal. */
  readonly bundle: string;
  readonly at: string;
  readonly keyId: string;
  readonly signature: string;
}

export type BundleLine = HeaderLine | EventLine | InclusionLine | HeadLine;

/** The one text form of a line: RFC 8785, without its line end. @throws Error when it has none */
export function lineOf(line: object): string {
  const text = canonicalize(line);
  if (text === undefined) throw new Error('a line without a canonical form');
  return text;
}

/** The bytes of a head that are signed: the canonical line without `keyId` and `signature`. */
export function headBytes({ keyId: _key, signature: _own, ...signed }: Unsigned<HeadLine>): Buffer {
  return Buffer.from(lineOf(signed), 'utf8');
}

/** The bytes of a tree that are signed. */
export function treeBytes({ at, root }: Unsigned<TreeHead>): Buffer {
  return Buffer.from(lineOf({ format: TREE_FORMAT, at, root }), 'utf8');
}

type Unsigned<Signed> = Omit<Signed, 'keyId' | 'signature'> & { readonly keyId?: string; readonly signature?: string };
