/** Applies events to the tables of one projection: rows and checkpoint in one transaction. */
import type { Heading, Position } from '#event-store';
import { START } from '#event-store';
import { advance, resume, takeOver } from './checkpoint.js';
import type { AnyProjection, Handler, Row } from './projection.js';
import { physicalName } from './projection.js';
import { RowsInHand } from './rows-in-hand.js';
import type { AnyDatabase } from './table-store.js';
import { TableStore } from './table-store.js';

/** An event that this build can not apply. Says which and why, and nothing of its data. */
export class CanNotApply extends Error {
  override readonly name = 'CanNotApply';

  constructor(
    readonly event: Heading,
    readonly because: 'unknown-event' | 'handler-failed',
    options?: ErrorOptions,
  ) {
    super(`${event.type} ${event.id}: ${because}`, options);
  }
}

export class Applier {
  readonly #stores: readonly TableStore[];
  /** By the table's name in the projection. */
  readonly #rows: Readonly<Record<string, RowsInHand>>;
  readonly #tables: readonly RowsInHand[];
  readonly #on: ReadonlyMap<string, Handler<Record<string, Row>>>;
  #position: Position = START;
  #folded: Position = START;
  #inHand = 0;

  constructor(
    private readonly kysely: AnyDatabase,
    readonly projection: AnyProjection,
    private readonly knows: (type: string, schema: number) => boolean,
    rowsKept: number,
  ) {
    const stores = Object.entries(projection.tables).map(
      ([name, table]) => [name, new TableStore(kysely, physicalName(projection, name), table)] as const,
    );
    this.#stores = stores.map(([, store]) => store);
    this.#rows = Object.fromEntries(stores.map(([name, store]) => [name, new RowsInHand(store, rowsKept)]));
    this.#tables = Object.values(this.#rows);
    this.#on = new Map(Object.entries(projection.on));
  }

  /** Position of the last event whose rows are committed. */
  get position(): Position {
    return this.#position;
  }

  /** Position of the last event that was folded. */
  get folded(): Position {
    return this.#folded;
  }

  /** How many events were folded and are not committed. */
  get inHand(): number {
    return this.#inHand;
  }

  /** Finds the checkpoint, or makes tables and checkpoint. What was in hand is dropped: another instance may have written. */
  async resume(): Promise<void> {
    const names = this.#stores.map(({ name }) => name);
    this.#position = await resume(this.kysely, this.projection, names, async (transaction) => {
      for (const store of this.#stores) await store.create(transaction);
    });
    this.drop();
  }

  /** Called when caught up: makes the tables fit for queries, and drops those of older versions. Idempotent. */
  async takeOver(): Promise<void> {
    for (const store of this.#stores) await store.index(this.kysely);
    await takeOver(this.kysely, this.projection);
  }

  /**
   * Folds events that follow those in hand; nothing is written before `commit`. After an error what is in hand is of no use.
   * @throws CanNotApply, and whatever the database throws
   */
  async fold(events: readonly Heading[]): Promise<void> {
    await this.#find(events);
    for (const event of events) this.#handle(event);
    this.#folded = events.at(-1)?.position ?? this.#folded;
    this.#inHand += events.length;
  }

  /**
   * Writes what is in hand and moves the checkpoint: all, or nothing and the checkpoint stays.
   * @throws Fenced, and whatever the database throws
   */
  async commit(): Promise<void> {
    if (this.#inHand === 0) return;
    await this.kysely.transaction().execute(async (transaction) => {
      await advance(transaction, this.projection, this.#position, this.#folded);
      for (const rows of this.#tables) await rows.save(transaction);
    });
    this.#position = this.#folded;
    this.#inHand = 0;
    for (const rows of this.#tables) rows.saved();
  }

  /** Goes back to the last commit. */
  drop(): void {
    this.#folded = this.#position;
    this.#inHand = 0;
    for (const rows of this.#tables) rows.drop();
  }

  async #find(events: readonly Heading[]): Promise<void> {
    const streams = new Set<string>();
    const begun = new Set<string>();
    for (const event of events) {
      if (event.revision === 0) begun.add(event.stream);
      if (this.#on.has(event.type)) streams.add(event.stream);
    }
    for (const rows of this.#tables) await rows.find(streams, begun, this.kysely);
  }

  #handle(event: Heading): void {
    if (!this.knows(event.type, event.schema)) throw new CanNotApply(event, 'unknown-event');
    const handler = this.#on.get(event.type);
    if (handler === undefined) return;
    try {
      for (const rows of this.#tables) rows.at(event.stream);
      handler(event.read(), this.#rows);
    } catch (cause) {
      throw new CanNotApply(event, 'handler-failed', { cause });
    }
  }
}
