/**
 * Group commit: appends that are asked for in one turn of the event loop share one transaction and one sync of the
 * disk. Each is checked by itself, so the loser of a race does not spoil the others.
 */
import type { EncodedEvent } from '../../encoding.js';
import {
  type Appended,
  AppendOutcomeUnknown,
  type ExpectedRevision,
  type Position,
  WrongExpectedRevision,
} from '../../port.js';
import { sqliteCode } from './database.js';
import type { Statements, StreamEnd } from './statements.js';
import { positionOf } from './stored-row.js';

/** Streams whose end is known without a look. */
const ENDS_KEPT = 10_000;
/** Appends a group: enough to share a sync well, few enough that the event loop is not held for long. */
const GROUP_SIZE = 256;
const INPUT_OUTPUT_ERROR = 10;

interface Asked {
  readonly stream: string;
  readonly events: readonly EncodedEvent[];
  readonly expected: ExpectedRevision;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
}

export class GroupCommit {
  private asked: Asked[] = [];
  private scheduled: Promise<void> | undefined;
  /** After an error of the disk nobody knows what the disk holds; only opening the file anew tells. */
  private broken: unknown;
  /** Last revisions of the streams written last. Nobody else writes to the file while it is held. */
  private readonly ends = new Map<string, number>();

  constructor(
    private readonly statements: Statements,
    private readonly committed: () => void,
  ) {}

  append(stream: string, events: readonly EncodedEvent[], expected: ExpectedRevision): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.asked.push({ stream, events, expected, resolve, reject });
      this.scheduled ??= this.drain();
    });
  }

  /** The last revision of a stream as it was committed, or above all where it is not known here. */
  lastRevision(stream: string): number {
    return this.ends.get(stream) ?? Number.MAX_SAFE_INTEGER;
  }

  /** Resolves when nothing that was asked for is unanswered. */
  async idle(): Promise<void> {
    while (this.scheduled !== undefined) await this.scheduled;
  }

  private async drain(): Promise<void> {
    while (this.asked.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      this.commit(this.asked.splice(0, GROUP_SIZE));
    }
    this.scheduled = undefined;
  }

  private commit(group: readonly Asked[]): void {
    try {
      if (this.broken !== undefined) throw this.broken as Error;
      const answers = this.statements.transaction(() => group.map((asked) => this.answer(asked)));
      for (const answer of answers) answer();
    } catch (cause) {
      if (sqliteCode(cause) === INPUT_OUTPUT_ERROR) this.broken = cause;
      for (const { reject } of group) reject(new AppendOutcomeUnknown('the write to the disk failed', { cause }));
      return;
    }
    this.committed();
  }

  /** Decides one append within the group's transaction. What comes back tells it, and is run once the group is safe. */
  private answer({ stream, events, expected, resolve, reject }: Asked): () => void {
    const end = this.statements.streamEnd(stream);
    const before = expected === 'no-stream' ? -1 : expected;
    const written = before === end.revision;
    const position = written ? this.write(stream, events, end) : this.alreadyThere(stream, events, before);
    return () => {
      if (position === undefined) reject(new WrongExpectedRevision(stream, expected, revisionOf(end)));
      else {
        this.keepEnd(stream, Math.max(end.revision, before + events.length));
        resolve({ firstRevision: before + 1, lastRevision: before + events.length, position, written });
      }
    };
  }

  private keepEnd(stream: string, revision: number): void {
    if (this.ends.size >= ENDS_KEPT) this.ends.clear();
    this.ends.set(stream, revision);
  }

  private write(stream: string, events: readonly EncodedEvent[], { revision, position }: StreamEnd): Position {
    let last = position;
    events.forEach((event, index) => {
      last = this.statements.insert(stream, revision + 1 + index, event);
    });
    return positionOf(last);
  }

  /** Position of the last of these events if all of them, by id, follow the expected revision. */
  private alreadyThere(stream: string, events: readonly EncodedEvent[], before: number): Position | undefined {
    const there = this.statements.streamEvents(stream, before + 1, before + events.length);
    const same = there.length === events.length && there.every(({ id }, index) => id === events[index]?.id);
    return same ? (there.at(-1)?.position ?? positionOf(this.statements.head())) : undefined;
  }
}

function revisionOf({ revision }: StreamEnd): ExpectedRevision {
  return revision < 0 ? 'no-stream' : revision;
}
