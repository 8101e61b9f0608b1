/**
 * Merkle tree hashing as RFC 9162 (Certificate Transparency 2.0), 2.1.1 and 2.1.3.2, has it; SHA-256. Leaves and nodes are
 * hashed with different prefixes, so a node can not be passed off as a leaf.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const ROOT = Buffer.from([2]);

/** Where a stream stood when a tree was signed: the last event that the tree covers. */
export interface Head {
  readonly stream: string;
  readonly revision: number;
  /** Chain value of that event, 64 hexadecimal digits. */
  readonly chain: string;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** What stands in a tree in place of a stream's name: leaves are sorted by it. Hexadecimal. */
export function streamHash(stream: string): string {
  return sha256(Buffer.from(stream, 'utf8')).toString('hex');
}

/** The leaf of a stream: its hashed name, revision and chain in canonical JSON. */
export function leafHash({ stream, revision, chain }: Head): Buffer {
  return sha256(LEAF, Buffer.from(canonicalize({ stream: streamHash(stream), revision, chain }) ?? '', 'utf8'));
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return sha256(NODE, left, right);
}

/**
 * The one value that is signed and published for a tree: it fixes the tree and how many leaves it has, and tells nobody
 * how many. Hexadecimal.
 */
export function rootOf(treeHash: Uint8Array, leaves: number): string {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(leaves));
  return sha256(ROOT, size, treeHash).toString('hex');
}

/**
 * Root that follows from a leaf and its path, from the leaf upwards; `undefined` when the path does not fit the tree's size.
 * RFC 9162, 2.1.3.2.
 */
export function rootFrom(leaf: Uint8Array, index: number, leaves: number, path: readonly Uint8Array[]): Buffer | undefined {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(leaves) || index < 0 || index >= leaves) return undefined;
  let [node, last] = [index, leaves - 1];
  let hash: Uint8Array = leaf;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? Buffer.from(hash) : undefined;
}
