/** Signs where all streams stand, so that nothing can be rewritten or cut off afterwards unnoticed. Source: architecture.md 8, ADR 10. */
import { type EventStore, type Position, START, type StoredEvent, record, uuidV5 } from '#event-store';
import type { Clock } from '#kernel';
import type { Keyring } from '#privacy';
import { headOf, type LogIndex } from '../log-index.js';
import { type InclusionLine, treeBytes, type TreeHead } from '../verifier/format.js';
import type { Head } from '../verifier/merkle.js';
import { HeadsTree } from './tree.js';

export const LEDGER = 'ledger';

/**
 * The heads of all streams, as they stood at `position`, were signed as one tree. `leaves` is how many streams there were.
 * Not: that anybody outside has kept the root.
 */
export interface HeadsSigned extends TreeHead {
  readonly leaves: number;
  readonly position: Position;
}

export interface LedgerParts {
  readonly store: EventStore;
  readonly index: LogIndex;
  readonly keyring: Pick<Keyring, 'sign'>;
  readonly clock: Clock;
}

/** For the ids of the ledger's own commands. */
const NAMESPACE = '8a1b6a52-6a0a-5d0e-9a57-3f1c2d4e5b60';

/** What outsiders get of a tree: nothing that tells how much there is. */
export function published({ at, root, keyId, signature }: HeadsSigned): TreeHead {
  return { at, root, keyId, signature };
}

export class Ledger {
  private made: { readonly root: string; readonly tree: HeadsTree } | undefined;

  constructor(private readonly parts: LedgerParts) {}

  /** The newest tree; `undefined` when none was ever signed. */
  async newest(): Promise<HeadsSigned | undefined> {
    const event = await this.parts.store.readLast(LEDGER);
    return event && signedIn(event);
  }

  /**
   * Signs the heads as they are now. Two that sign at the same place of the log sign once.
   * @throws Error when the log no longer has the heads that were signed before: over that nothing is signed
   */
  async sign(): Promise<HeadsSigned> {
    await this.newestStillThere();
    return this.signHeads();
  }

  /**
   * Signs when the newest tree is older than `milliseconds`, also when nothing happened: the rhythm tells nothing.
   * Throws as `sign` does, also when nothing is due.
   */
  async signIfDue(milliseconds: number): Promise<void> {
    const newest = await this.newestStillThere();
    const due = newest === undefined || Date.parse(this.parts.clock()) - Date.parse(newest.at) >= milliseconds;
    if (due) await this.signHeads();
  }

  /** Proof that a signed tree holds the stream up to `revision`: the newest tree, or one that is signed for it now. */
  async proofOf(stream: string, revision: number): Promise<InclusionLine> {
    const newest = await this.newest();
    const known = newest && (await this.proofIn(newest, stream));
    if (known !== undefined && known.revision >= revision) return known;
    const line = await this.proofIn(await this.sign(), stream);
    if (line === undefined) throw new Error('a stream that is not there can not be proved');
    return line;
  }

  /** Proof in an older tree that somebody holds; `undefined` when there is no such tree, or the stream was not there yet. */
  async proofFor(root: string, stream: string): Promise<InclusionLine | undefined> {
    const event = (await this.parts.store.readStream(LEDGER)).find((one) => signedIn(one).root === root);
    return event && this.proofIn(signedIn(event), stream);
  }

  /** The newest tree, held against the log. @throws Error when what was signed has been changed or cut off since */
  private async newestStillThere(): Promise<HeadsSigned | undefined> {
    const newest = await this.newest();
    if (newest !== undefined) await this.treeOf(newest);
    return newest;
  }

  private async signHeads(): Promise<HeadsSigned> {
    const { store, index, keyring, clock } = this.parts;
    await index.catchUp();
    const [tree, position, at] = [new HeadsTree(index.heads()), index.position, clock()];
    const { keyId, value } = keyring.sign(treeBytes({ at, root: tree.root }));
    const data: HeadsSigned = { at, root: tree.root, keyId, signature: value, leaves: tree.leaves, position };
    const commandId = uuidV5(NAMESPACE, position);
    const [event] = await record(store, LEDGER, commandId, () => [draft(data, commandId)], clock);
    if (event === undefined) throw new Error('the heads were not recorded');
    this.made = { root: tree.root, tree };
    return signedIn(event);
  }

  private async proofIn(signed: HeadsSigned, stream: string): Promise<InclusionLine | undefined> {
    const found = (await this.treeOf(signed)).inclusionOf(stream);
    if (found === undefined) return undefined;
    const { head, index, leaves, path } = found;
    return { kind: 'inclusion', tree: published(signed), leaves, index, revision: head.revision, chain: head.chain, path };
  }

  private async treeOf({ root, position }: HeadsSigned): Promise<HeadsTree> {
    if (this.made?.root === root) return this.made.tree;
    const tree = new HeadsTree(await this.headsAt(position));
    // Whoever changed the log under the tree would have it prove something else than what was signed.
    if (tree.root !== root) throw new Error('the log is not the one whose heads were signed');
    this.made = { root, tree };
    return tree;
  }

  private async headsAt(position: Position): Promise<Iterable<Head>> {
    // At the start of a process the index is to be read anyway, and up to here it is the same log.
    const first = await this.parts.index.firstHeadsAt(position);
    if (first !== undefined) return first;
    const heads = new Map<string, Head>();
    for await (const page of this.parts.store.readAll(START)) {
      for (const event of page) {
        if (this.parts.store.compare(event.position, position) > 0) return heads.values();
        heads.set(event.stream, headOf(event));
      }
    }
    return heads.values();
  }
}

const signedIn = ({ data }: StoredEvent): HeadsSigned => data as HeadsSigned;

function draft(data: HeadsSigned, commandId: string) {
  return {
    type: 'HeadsSigned', data, schema: 1, occurredAt: data.at, actor: 'tandem', organisation: 'tandem', role: 'CLOCK', commandId,
    correlationId: commandId, causationId: commandId, reference: {}, legalBasis: 'GDPR-32', sensitivity: 1,
  } as const;
}
