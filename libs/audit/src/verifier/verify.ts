/**
 * Verifies an export bundle with public keys only: no secret, no service, no network. It says exactly what it proved and
 * what it did not. The chain is computed here anew and not with the code that wrote it. Source: architecture.md 8, ADR 10.
 */
import { createHash } from 'node:crypto';
import type { Recorded } from '#kernel';
import { headBytes, type HeadLine, type InclusionLine, lineOf, type PublicKeys, treeBytes, type TreeHead } from './format.js';
import { leafHash, rootFrom, rootOf } from './merkle.js';
import { type Bundle, readBundle, UnreadableBundle } from './read-bundle.js';
import { BROKEN, type Finding, NOT_PROVED, PROVED } from './findings.js';
import { isSignedBy } from './signature.js';

/** What a submitter keeps of a write: the `receipt` of its answer. */
export interface Receipt {
  /** Absent where who recorded does not see the case: then the chain alone says which event it is. */
  readonly revision?: number;
  readonly chain: string;
}

/** What you hold yourself, from elsewhere than the bundle. The more of it, the more is proved. */
export interface Held {
  /** Keys that you trust, by identifier. Absent: the bundle's own keys are used, and who signed stays unproved. */
  readonly keys?: PublicKeys;
  /** Receipts of this case. */
  readonly receipts?: readonly Receipt[];
  /** Trees that another institution or you kept from `GET /v1/ledger/head`. */
  readonly trees?: readonly TreeHead[];
}

export interface Report {
  /** Nothing contradicts anything. Read `proved` for what that means. */
  readonly holds: boolean;
  /** Absent when the bytes are no bundle. */
  readonly stream?: string;
  readonly events: number;
  readonly proved: readonly Finding[];
  readonly notProved: readonly Finding[];
  readonly broken: readonly Finding[];
}

/** What stands before the first event of every stream. */
const GENESIS = '0'.repeat(64);

/** Chain value of an event after `previous`, both hexadecimal. ADR 2. */
function chainAfter(previous: string, { stream, revision, id, type, data, metadata: { chain: _own, ...metadata } }: Recorded): string {
  return createHash('sha256').update(`${previous}${lineOf({ stream, revision, id, type, data, metadata })}`, 'utf8').digest('hex');
}

function brokenEvents({ header, events, head }: Bundle): readonly Finding[] {
  const found: Finding[] = [];
  let [previous, recordedAt] = [GENESIS, ''];
  for (const [index, event] of events.entries()) {
    if (event.stream !== header.stream) found.push(BROKEN.foreignEvent(index));
    if (event.revision !== index) found.push(BROKEN.gap(index, event.revision));
    if (event.metadata.recordedAt < recordedAt) found.push(BROKEN.time(index));
    if (chainAfter(previous, event) !== event.metadata.chain) found.push(BROKEN.chain(index));
    previous = event.metadata.chain;
    recordedAt = event.metadata.recordedAt;
  }
  const isHead = head.stream === header.stream && head.revision === events.length - 1 && head.chain === previous;
  if (!isHead || header.events !== events.length) found.push(BROKEN.head());
  return found;
}

function brokenSignature(signed: HeadLine | TreeHead, bytes: Buffer, keys: PublicKeys, what: string): readonly Finding[] {
  const key = Object.hasOwn(keys, signed.keyId) ? keys[signed.keyId] : undefined;
  if (key === undefined) return [BROKEN.unknownKey(what, signed.keyId)];
  return isSignedBy(key, bytes, signed.signature) ? [] : [BROKEN.signature(what)];
}

const chainAt = ({ events }: Bundle, revision: number): string | undefined => events[revision]?.metadata.chain;

function brokenInclusion(bundle: Bundle, line: InclusionLine, keys: PublicKeys): readonly Finding[] {
  const { tree, leaves, index, revision, chain, path } = line;
  const leaf = leafHash({ stream: bundle.header.stream, revision, chain });
  const treeHash = rootFrom(leaf, index, leaves, path.map((hash) => Buffer.from(hash, 'hex')));
  return [
    ...brokenSignature(tree, treeBytes(tree), keys, `the tree of ${tree.at}`),
    ...(treeHash !== undefined && rootOf(treeHash, leaves) === tree.root ? [] : [BROKEN.inclusion(tree.at)]),
    ...(chainAt(bundle, revision) === chain ? [] : [BROKEN.tree(tree.at, revision)]),
  ];
}

/** Two trees of one moment with different roots: whoever signed them showed different logs to different readers. */
function brokenTrees({ inclusions }: Bundle, trees: readonly TreeHead[], keys: PublicKeys): readonly Finding[] {
  const forged = trees.flatMap((tree) => brokenSignature(tree, treeBytes(tree), keys, `the tree of ${tree.at} that you hold`));
  const two = inclusions.filter(({ tree }) => trees.some(({ at, root }) => at === tree.at && root !== tree.root));
  return [...forged, ...two.map(({ tree }) => BROKEN.twoTrees(tree.at))];
}

function receiptedRevision({ events }: Bundle, { revision, chain }: Receipt): number {
  return revision ?? events.findIndex(({ metadata }) => metadata.chain === chain);
}

function brokenReceipts(bundle: Bundle, receipts: readonly Receipt[]): readonly Finding[] {
  return receipts.filter((receipt) => chainAt(bundle, receiptedRevision(bundle, receipt)) !== receipt.chain).map(({ revision }) => BROKEN.receipt(revision));
}

function brokenIn(bundle: Bundle, { receipts = [], trees = [] }: Held, keys: PublicKeys): readonly Finding[] {
  const { head, digest, inclusions } = bundle;
  return [
    ...brokenEvents(bundle),
    ...(head.bundle === digest ? [] : [BROKEN.digest()]),
    ...brokenSignature(head, headBytes(head), keys, 'the head'),
    ...inclusions.flatMap((line) => brokenInclusion(bundle, line, keys)),
    ...brokenTrees(bundle, trees, keys),
    ...brokenReceipts(bundle, receipts),
  ];
}

function isHeld(line: InclusionLine, trees: readonly TreeHead[]): boolean {
  return trees.some(({ at, root }) => at === line.tree.at && root === line.tree.root);
}

function proved(bundle: Bundle, { keys, receipts = [], trees = [] }: Held): readonly Finding[] {
  const { events, inclusions, head } = bundle;
  return [
    PROVED.consistent(events.length),
    ...(keys === undefined ? [] : [PROVED.signed(head.keyId, head.at)]),
    ...receipts.map((receipt) => PROVED.receipt(receiptedRevision(bundle, receipt))),
    ...inclusions.map((line) => PROVED.tree(line.tree.at, line.revision)),
    ...inclusions.filter((line) => isHeld(line, trees)).map(({ tree }) => PROVED.heldTree(tree.at)),
  ];
}

function notProved({ events, inclusions, head }: Bundle, { keys, receipts = [], trees = [] }: Held): readonly Finding[] {
  const last = events.length - 1;
  const covered = Math.max(-1, ...inclusions.map(({ revision }) => revision));
  const held = inclusions.some((line) => isHeld(line, trees));
  return [
    ...(keys === undefined ? [NOT_PROVED.signer(head.keyId)] : []),
    ...(receipts.length === 0 && !held ? [NOT_PROVED.unchanged()] : []),
    ...(inclusions.length === 0 ? [NOT_PROVED.complete()] : []),
    ...(inclusions.length > 0 && covered < last ? [NOT_PROVED.afterTree(covered, last)] : []),
    ...(inclusions.length > 0 && !held ? [NOT_PROVED.treeHeld()] : []),
    NOT_PROVED.afterwards(head.at),
    NOT_PROVED.truth(),
  ];
}

/**
 * Verifies a bundle. Any altered byte, and any event removed, inserted or swapped, is found against the signature; a whole
 * bundle that was made and signed anew is found against a receipt or tree that you hold. Never throws for what the bytes say.
 */
export function verifyBundle(bytes: Uint8Array, held: Held = {}): Report {
  try {
    const bundle = readBundle(bytes);
    const broken = brokenIn(bundle, held, held.keys ?? bundle.header.keys);
    const said = { stream: bundle.header.stream, events: bundle.events.length, broken };
    if (broken.length > 0) return { ...said, holds: false, proved: [], notProved: [] };
    return { ...said, holds: true, proved: proved(bundle, held), notProved: notProved(bundle, held) };
  } catch (error) {
    if (!(error instanceof UnreadableBundle)) throw error;
    return { holds: false, events: 0, proved: [], notProved: [], broken: [BROKEN.unreadable(error.message)] };
  }
}
