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
import { positionOf, type Statements } from './statements.js';

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
      const answers = this.statements.transaction(() => group.map((asked) => this.apply(asked)));
      answers.forEach((answer) => { answer(); });
    } catch (cause) {
      if (sqliteCode(cause) === INPUT_OUTPUT_ERROR) this.broken = cause;
      for (const { reject } of group) reject(new AppendOutcomeUnknown('the write to the disk failed', { cause }));
      return;
    }
    this.committed();
  }

  /** Writes one append, unless it is there already or comes too late. Answers how to tell, once the group is safe. */
  private apply({ stream, events, expected, resolve, reject }: Asked): () => void {
    const end = this.statements.streamEnd(stream);
    const before = expected === 'no-stream' ? -1 : expected;
    const first = { firstRevision: before + 1, lastRevision: before + events.length };
    if (before === end.revision) {
      let { position } = end;
      events.forEach((event, index) => {
        position = this.statements.insert(stream, first.firstRevision + index, event);
      });
      return () => {
        resolve({ ...first, position: positionOf(position), written: events.length > 0 });
      };
    }
    const position = this.alreadyThere(stream, events, before);
    if (position !== undefined) return () => { resolve({ ...first, position, written: false }); };
    return () => { reject(new WrongExpectedRevision(stream, expected, end.revision < 0 ? 'no-stream' : end.revision)); };
  }

  /** Position of the last of these events if all of them, by id, follow the expected revision. */
  private alreadyThere(stream: string, events: readonly EncodedEvent[], before: number): Position | undefined {
    const there = this.statements.streamEvents(stream, Math.max(before, 0), before + events.length);
    const following = there.filter(({ revision }) => revision > before);
    const same = following.length === events.length && following.every(({ id }, index) => id === events[index]?.id);
    return same ? there.at(-1)?.position : undefined;
  }
}
