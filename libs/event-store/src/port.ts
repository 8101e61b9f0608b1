/**
 * The event store as the house sees it. The log is the only truth; everything else is a reader of it.
 * Every promise below is a contract test of the same name, run over every adapter. Source: architecture.md 4.
 */
import type { Envelope, Recorded } from '#kernel';

/**
 * A place in the global order. Opaque: only `EventStore.compare` may order two of them.
 * `START` is before the first event.
 */
export type Position = string & { readonly position?: never };
export const START: Position = '';

/** Revision that a stream must have for an append to happen. */
export type ExpectedRevision = number | 'no-stream';

/** An event ready to be written. `id` is a UUID; sent again with the same `expected`, it is not written twice. */
export interface EventToAppend {
  readonly id: string;
  readonly type: string;
  readonly data: object;
  readonly metadata: Envelope;
}

/** An event as read back. */
export interface StoredEvent extends Recorded {
  readonly position: Position;
}

/**
 * What stands outside of an event, for a reader that needs few of the events it passes: finding out what is inside costs
 * more than fetching it.
 */
export interface Heading {
  readonly id: string;
  readonly type: string;
  /** Version of the type's stored shape, as in the envelope. */
  readonly schema: number;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** The whole event; the same object each time. */
  read(): StoredEvent;
}

/** What an append did, or had done when the same ids came again. */
export interface Appended {
  readonly firstRevision: number;
  readonly lastRevision: number;
  /** Position of the last of these events. */
  readonly position: Position;
  /** False when the events were there already: answer from the events read back, never from those decided. */
  readonly written: boolean;
}

export interface ReadStreamOptions {
  /** First revision to read; 0 when absent. */
  readonly from?: number;
  /** Last revision to read, inclusive; the stream's end when absent. */
  readonly to?: number;
}

export interface ReadAllOptions {
  /** Events a page; adapters may return shorter pages. Default 1,000. */
  readonly pageSize?: number;
}

/** The stream was not at the expected revision. Nothing was written. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`${stream} is at ${String(actual)}, not at ${String(expected)}`);
  }
}

/** An append above `APPEND_LIMIT_BYTES`. Nothing was written. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';

  constructor(readonly bytes: number) {
    super(`an append of ${String(bytes)} bytes is above the limit of ${String(APPEND_LIMIT_BYTES)}`);
  }
}

/** The reply was lost: the append may or may not have happened. Sending it again with the same ids is safe. */
export class AppendOutcomeUnknown extends Error {
  override readonly name = 'AppendOutcomeUnknown';
}

/** One size limit on all adapters: the JSON of all data and metadata of one append, in bytes. */
export const APPEND_LIMIT_BYTES = 512 * 1024;

export interface EventStore {
  /**
   * Appends all events or none.
   * - Revisions start at 0 and have no holes.
   * - The same ids at the same expected revision succeed again and write nothing, whatever their content: ids decide.
   * - Once acknowledged, the events survive `kill -9` and loss of power.
   * - Of concurrent writers that expect the same revision exactly one wins.
   * - An empty list succeeds and makes no stream.
   * @throws WrongExpectedRevision, AppendTooLarge, AppendOutcomeUnknown
   */
  append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended>;

  /** Events of one stream in order; none when the stream does not exist. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly StoredEvent[]>;

  /** The newest event of a stream; `undefined` when the stream does not exist. */
  readLast(stream: string): Promise<StoredEvent | undefined>;

  /**
   * Pages of all events after a position, in the global order, to the end as it is when reached. The order has no late
   * arrivals: a reader past a position never later sees an event below it. System events never surface.
   */
  readAll(after: Position, options?: ReadAllOptions): AsyncIterable<readonly StoredEvent[]>;

  /**
   * Pages of history, then of live events as they come, until `signal` aborts. Pulled by the consumer, so a slow one
   * slows only itself. After any disconnect it resumes without gap or double.
   */
  subscribe(after: Position, signal: AbortSignal, options?: ReadAllOptions): AsyncIterable<readonly StoredEvent[]>;

  /** As `subscribe`, in headings: the same events in the same order. */
  subscribeToHeadings(after: Position, signal: AbortSignal, options?: ReadAllOptions): AsyncIterable<readonly Heading[]>;

  /** Position of the newest event, `START` when there is none. */
  head(): Promise<Position>;

  /** Negative when `a` comes before `b`, zero when they are the same, positive when after. */
  compare(a: Position, b: Position): number;

  /** Waits for what was acknowledged, then closes. */
  close(): Promise<void>;
}

/** Injection token of the event store. */
export const EVENT_STORE = Symbol('event store');
