/** One holder at a time, so that two notifiers do not push the same. Source: architecture.md 7. */
import type { Clock } from '#kernel';
import type { DeliveryDatabase } from './tables.js';

/** Another process holds the lease now. What was in flight may be sent twice: the message id tells. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

export interface LeaseOptions {
  readonly name: string;
  /** Random, new at every start of a process. */
  readonly holder: string;
  /** How long it holds without renewal. Longer than one attempt takes. */
  readonly milliseconds: number;
}

/** A lease in the delivery state's database. All holders are assumed to agree on the time within seconds. */
export class Lease {
  private until = '';

  constructor(
    private readonly database: DeliveryDatabase,
    private readonly clock: Clock,
    private readonly options: LeaseOptions,
  ) {}

  /** Takes the lease when it is free or has run out, or renews one's own. Whether it is held now. */
  async acquire(): Promise<boolean> {
    const { name, holder, milliseconds } = this.options;
    const now = this.clock();
    const until = new Date(Date.parse(now) + milliseconds).toISOString();
    const { numInsertedOrUpdatedRows } = await this.database.kysely
      .insertInto('leases')
      .values({ name, holder, until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, until })
          .where((row) => row.or([row('leases.holder', '=', holder), row('leases.until', '<=', now)])),
      )
      .executeTakeFirstOrThrow();
    const held = numInsertedOrUpdatedRows === 1n;
    this.until = held ? until : '';
    return held;
  }

  /**
   * Passes only while the lease is held for at least another half of its time; renews it when less is left.
   * @throws LeaseLost
   */
  async require(): Promise<void> {
    const left = Date.parse(this.until) - Date.parse(this.clock());
    if (left > this.options.milliseconds / 2) return;
    if (!(await this.acquire())) throw new LeaseLost(`the lease ${this.options.name} is held by another process`);
  }

  /** Gives the lease back, so that the next holder need not wait. */
  async release(): Promise<void> {
    const { name, holder } = this.options;
    this.until = '';
    await this.database.kysely.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
  }
}
