/** Keeps projections up with the log. Each reads for itself: one that stops holds up no other. Source: architecture.md 7. */
import type { EventStore, Heading, Position } from '#event-store';
import { Rejection } from '#kernel';
import { Applier, CanNotApply } from './applier.js';
import { Fenced } from './checkpoint.js';
import type { AnyProjection } from './projection.js';
import type { AnyDatabase } from './table-store.js';
import { isTransient } from './transient.js';
import { Waiters } from './waiters.js';

/** How a projection does. Safe to show: it names types and identifiers, never data. */
export interface ProjectionHealth {
  readonly projection: string;
  readonly version: number;
  /** `catching-up`: complete up to `position` but behind the log. `retrying`: store or database did not answer. */
  readonly state: 'catching-up' | 'live' | 'retrying' | 'stopped';
  /** Position of the last event whose rows are committed. */
  readonly position: Position;
  /** Why it is stopped or retrying. */
  readonly because?: 'unknown-event' | 'handler-failed' | 'database-refuses' | 'fenced' | 'no-answer' | 'closed';
  /** The event at which it stopped. */
  readonly at?: { readonly eventId: string; readonly type: string; readonly schema: number };
  /** Kind and code of the error; its words may quote data and are left out. */
  readonly error?: string;
}

/** Small, so that most of what was read is let go of before the garbage collector looks. */
const PAGE_SIZE = 250;
/** Fewer commits write fewer pages of the tables, but each holds the event loop while it lasts. */
const BATCH_SIZE = 4_000;
/** Those of some hundred cases at work at the same time. */
const ROWS_KEPT = 4_096;

export interface ProjectorOptions {
  readonly store: EventStore;
  readonly kysely: AnyDatabase;
  readonly projections: readonly AnyProjection[];
  /** Whether this build knows a type and a version of it. What it does not know it must not pass over. */
  readonly knows: (type: string, schema: number) => boolean;
  /** Hears of every change of state, for log and metrics. */
  readonly onChange?: (health: ProjectionHealth) => void;
  /** Waits before the next attempt, the first being 1; ends early when the signal aborts. */
  readonly backOff: (attempt: number, signal: AbortSignal) => Promise<void>;
  /** Events read at a time. Default 250. */
  readonly pageSize?: number;
  /** Events a transaction while catching up, to be passed by a page at most. Default 4,000. */
  readonly batchSize?: number;
  /** What stays in memory of each table between two transactions: rows, and streams without any. Default 4,096. */
  readonly rowsKept?: number;
}

export interface Projector {
  health(): readonly ProjectionHealth[];
  /**
   * Resolves when the projection's rows hold everything up to a position: a reader sees its own write.
   * @throws Rejection `reading-behind` after `milliseconds`, or at once when the projection has stopped
   */
  waitFor(projection: string, position: Position, milliseconds: number): Promise<void>;
  /** Finishes the transaction in hand, then stops. Idempotent. */
  stop(): Promise<void>;
}

/** Starts to read. Returns at once; `health` says how far it is. */
export function startProjector(options: ProjectorOptions): Projector {
  const stopping = new AbortController();
  const readers = options.projections.map((projection) => new Reader(projection, options, stopping.signal));
  const running = Promise.all(readers.map((reader) => reader.run()));
  return {
    health: () => readers.map(({ health }) => health),
    waitFor: async (name, position, milliseconds) => {
      const reader = readers.find(({ health }) => health.projection === name);
      if (reader === undefined) throw new Rejection('unavailable', 'reading-behind', `${name} is not read here`);
      await reader.waiters.waitFor(position, milliseconds);
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

class Reader {
  readonly waiters: Waiters;
  readonly #applier: Applier;
  #health: Omit<ProjectionHealth, 'position'>;
  #attempt = 0;
  /** Some event can not be applied: each page is committed for itself, so that it is found. */
  #isCareful = false;

  constructor(
    projection: AnyProjection,
    private readonly options: ProjectorOptions,
    private readonly signal: AbortSignal,
  ) {
    this.#applier = new Applier(options.kysely, projection, options.knows, options.rowsKept ?? ROWS_KEPT);
    this.#health = { projection: projection.name, version: projection.version, state: 'catching-up' };
    this.waiters = new Waiters((position) => options.store.compare(position, this.#applier.position) <= 0);
  }

  get health(): ProjectionHealth {
    return { ...this.#health, position: this.#applier.position };
  }

  async run(): Promise<void> {
    const isStopping = () => this.signal.aborted;
    while (!isStopping()) {
      try {
        await this.#read();
      } catch (error) {
        if (isStopping()) break;
        if (error instanceof ReadAgain) continue;
        const stop = reasonToStop(error);
        if (stop !== undefined) {
          this.#stopped(stop);
          return;
        }
        this.#become({ state: 'retrying', because: 'no-answer', error: kindOf(error) });
        await this.options.backOff(++this.#attempt, this.signal);
      }
    }
    this.#stopped({ because: 'closed' });
  }

  async #read(): Promise<void> {
    const { store, pageSize = PAGE_SIZE } = this.options;
    await this.#applier.resume();
    this.waiters.look();
    this.#become({ state: 'catching-up' });
    let goal = await this.#liveAt(await store.head());
    for await (const page of store.subscribeToHeadings(this.#applier.position, this.signal, { pageSize })) {
      await this.#apply(page, goal);
      this.#attempt = 0;
      this.waiters.look();
      goal = await this.#liveAt(goal);
    }
  }

  /** Goes live when the goal is reached and the log has not grown meanwhile; else answers with the new goal. */
  async #liveAt(goal: Position): Promise<Position> {
    const { store } = this.options;
    if (this.#health.state !== 'catching-up' || store.compare(this.#applier.position, goal) < 0) return goal;
    const head = await store.head();
    if (store.compare(this.#applier.position, head) < 0) return head;
    await this.#applier.takeOver();
    this.#become({ state: 'live' });
    return head;
  }

  /** When a page can not be applied it is halved, so what stands before the one bad event counts, and that is named. */
  async #apply(events: readonly Heading[], goal: Position): Promise<void> {
    const before = this.#applier.inHand;
    try {
      await this.#applier.fold(events);
      if (!this.#mayWait(goal)) await this.#applier.commit();
    } catch (error) {
      if (error instanceof Fenced || (!(error instanceof CanNotApply) && isTransient(error))) throw error;
      this.#isCareful = true;
      if (before > 0) throw new ReadAgain();
      const [event] = events;
      if (events.length === 1 && event !== undefined) throw new Refused(event, error);
      this.#applier.drop();
      const middle = events.length >> 1;
      await this.#apply(events.slice(0, middle), goal);
      await this.#apply(events.slice(middle), goal);
    }
  }

  /** Whether what is in hand may be committed with what comes next: only while more is known to come. */
  #mayWait(goal: Position): boolean {
    const { store, batchSize = BATCH_SIZE } = this.options;
    if (this.#isCareful || this.#health.state !== 'catching-up' || this.#applier.inHand >= batchSize) return false;
    return store.compare(this.#applier.folded, goal) < 0;
  }

  #become(change: Partial<ProjectionHealth> & Pick<ProjectionHealth, 'state'>): void {
    const { projection, version, state, because } = this.#health;
    this.#health = { projection, version, ...change };
    if (state !== change.state || because !== change.because) this.options.onChange?.(this.health);
  }

  #stopped(reason: Omit<ProjectionHealth, 'projection' | 'version' | 'state' | 'position'>): void {
    this.#become({ state: 'stopped', ...reason });
    this.waiters.giveUp();
  }
}

/** A batch of several pages can not be committed: read on from the checkpoint, page by page. */
class ReadAgain extends Error {}

/** One event that can not be applied. */
class Refused extends Error {
  constructor(
    readonly event: Heading,
    override readonly cause: unknown,
  ) {
    super('refused');
  }
}

function reasonToStop(error: unknown): Pick<ProjectionHealth, 'because' | 'at' | 'error'> | undefined {
  if (error instanceof Fenced) return { because: 'fenced' };
  if (!(error instanceof Refused)) return undefined;
  const { event, cause } = error;
  const at = { eventId: event.id, type: event.type, schema: event.schema };
  if (!(cause instanceof CanNotApply)) return { because: 'database-refuses', at, error: kindOf(cause) };
  return { because: cause.because, at, ...(cause.cause === undefined ? {} : { error: kindOf(cause.cause) }) };
}

function kindOf(error: unknown): string {
  const { name, code } = error as { name?: unknown; code?: unknown };
  return [name, code].filter((part) => typeof part === 'string').join(' ');
}
