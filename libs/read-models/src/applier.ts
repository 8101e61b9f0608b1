/** Applies events to the tables of one projection: rows and checkpoint in one transaction. */
import type { Heading, Position } from '#event-store';
import { START } from '#event-store';
import { TableBatch } from './batch.js';
import { advance, resume, takeOver } from './checkpoint.js';
import type { AnyProjection, Handler, Row } from './projection.js';
import { physicalName } from './projection.js';
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
  readonly #stores: Readonly<Record<string, TableStore>>;
  readonly #on: ReadonlyMap<string, Handler<Record<string, Row>>>;
  #position: Position = START;

  constructor(
    private readonly kysely: AnyDatabase,
    readonly projection: AnyProjection,
    private readonly knows: (type: string, schema: number) => boolean,
  ) {
    this.#stores = Object.fromEntries(
      Object.entries(projection.tables).map(([name, table]) => [
        name,
        new TableStore(kysely, physicalName(projection, name), table),
      ]),
    );
    this.#on = new Map(Object.entries(projection.on));
  }

  /** Position of the last event whose rows are committed. */
  get position(): Position {
    return this.#position;
  }

  /** Finds the checkpoint, or makes tables and checkpoint. */
  async resume(): Promise<void> {
    const stores = Object.values(this.#stores);
    const names = stores.map(({ name }) => name);
    this.#position = await resume(this.kysely, this.projection, names, async (transaction) => {
      for (const store of stores) await store.create(transaction);
    });
  }

  /** Called when caught up: makes the tables fit for queries, and drops those of older versions. Idempotent. */
  async takeOver(): Promise<void> {
    for (const store of Object.values(this.#stores)) await store.index(this.kysely);
    await takeOver(this.kysely, this.projection);
  }

  /**
   * Applies events that follow the checkpoint: all, or none and the checkpoint stays.
   * @throws CanNotApply, Fenced, and whatever the database throws
   */
  async apply(events: readonly Heading[]): Promise<void> {
    const last = events.at(-1);
    if (last === undefined) return;
    await this.kysely.transaction().execute(async (transaction) => {
      await advance(transaction, this.projection, this.#position, last.position);
      await this.#change(events, transaction);
    });
    this.#position = last.position;
  }

  async #change(events: readonly Heading[], transaction: AnyDatabase): Promise<void> {
    const streams = new Set<string>();
    const begun = new Set<string>();
    for (const event of events) {
      if (event.revision === 0) begun.add(event.stream);
      if (this.#on.has(event.type)) streams.add(event.stream);
    }
    const batches: Record<string, TableBatch> = {};
    for (const [name, store] of Object.entries(this.#stores)) {
      batches[name] = await TableBatch.load(store, streams, begun, transaction);
    }
    for (const event of events) this.#handle(event, batches);
    for (const batch of Object.values(batches)) await batch.save(transaction);
  }

  #handle(event: Heading, batches: Readonly<Record<string, TableBatch>>): void {
    if (!this.knows(event.type, event.schema)) throw new CanNotApply(event, 'unknown-event');
    const handler = this.#on.get(event.type);
    if (handler === undefined) return;
    try {
      for (const batch of Object.values(batches)) batch.at(event.stream);
      handler(event.read(), batches);
    } catch (cause) {
      throw new CanNotApply(event, 'handler-failed', { cause });
    }
  }
}
