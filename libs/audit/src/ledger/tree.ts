/** The Merkle tree over the heads of all streams: building it, and the path of one leaf. RFC 9162, 2.1.1 and 2.1.3.1. */
import { type Head, leafHash, nodeHash, rootOf, streamHash } from '../verifier/merkle.js';

/** Where a leaf stands, and what leads from it to the root; hexadecimal, from the leaf upwards. */
export interface Inclusion {
  readonly head: Head;
  readonly index: number;
  readonly leaves: number;
  readonly path: readonly string[];
}

const EMPTY = Buffer.alloc(32);

/** Each level from the leaves up. A node without a sibling rises unchanged, which is what RFC 9162's split amounts to. */
function levelsOf(leaves: readonly Buffer[]): readonly (readonly Buffer[])[] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1; levels.push(level)) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i] ?? EMPTY, level[i + 1]];
      above.push(right === undefined ? left : nodeHash(left, right));
    }
    level = above;
  }
  return levels;
}

/** Leaves are sorted by the hash of the stream's name, so the same heads always give the same tree. */
export class HeadsTree {
  private readonly heads: readonly Head[];
  private readonly positions: ReadonlyMap<string, number>;
  private readonly levels: readonly (readonly Buffer[])[];

  constructor(heads: Iterable<Head>) {
    const sorted = [...heads].map((head) => ({ head, key: streamHash(head.stream) })).sort((a, b) => (a.key < b.key ? -1 : 1));
    this.heads = sorted.map(({ head }) => head);
    this.positions = new Map(this.heads.map(({ stream }, index) => [stream, index]));
    this.levels = levelsOf(this.heads.map(leafHash));
  }

  get leaves(): number {
    return this.heads.length;
  }

  /** What is signed for this tree. */
  get root(): string {
    return rootOf(this.levels.at(-1)?.[0] ?? EMPTY, this.leaves);
  }

  /** `undefined` when the stream did not exist when the tree was made. */
  inclusionOf(stream: string): Inclusion | undefined {
    const index = this.positions.get(stream);
    const head = index === undefined ? undefined : this.heads[index];
    if (index === undefined || head === undefined) return undefined;
    return { head, index, leaves: this.leaves, path: this.pathFrom(index) };
  }

  private pathFrom(leaf: number): readonly string[] {
    const path: string[] = [];
    let index = leaf;
    for (const level of this.levels.slice(0, -1)) {
      const sibling = level[index % 2 === 0 ? index + 1 : index - 1];
      if (sibling !== undefined) path.push(sibling.toString('hex'));
      index = Math.floor(index / 2);
    }
    return path;
  }
}
