/** The attempts on one way to a partner: several keys at once, one at a time within a key. */
import type { DeliveryRow } from './tables.js';

/** Attempts at one time on one way: a slow subscriber holds these and no others. */
const AT_ONCE = 4;

export class Lane {
  private readonly busy = new Map<string, Promise<void>>();
  private look = Promise.withResolvers<undefined>();

  /**
   * @param heads the first deliveries of all keys that are due, at most so many
   * @param attempt one attempt; afterwards the delivery is no head, or not due
   */
  constructor(
    private readonly heads: (limit: number) => Promise<readonly DeliveryRow[]>,
    private readonly attempt: (delivery: DeliveryRow) => Promise<void>,
  ) {}

  /** There may be more that is due, also while attempts hang. */
  nudge(): void {
    this.look.resolve(undefined);
  }

  /**
   * Attempts until nothing is due, and answers how many attempts there were. When `signal` aborts, what was begun is
   * finished and nothing more begun.
   */
  async drain(signal?: AbortSignal): Promise<number> {
    let attempts = 0;
    try {
      for (;;) {
        if (signal?.aborted !== true) attempts += await this.begin();
        if (this.busy.size === 0) return attempts;
        await Promise.race([...this.busy.values(), this.look.promise]);
        this.look = Promise.withResolvers();
      }
    } finally {
      await Promise.allSettled(this.busy.values());
    }
  }

  private async begin(): Promise<number> {
    const heads = await this.heads(2 * AT_ONCE);
    const free = heads.filter(({ ordering_key }) => !this.busy.has(ordering_key)).slice(0, AT_ONCE - this.busy.size);
    for (const head of free) {
      const key = head.ordering_key;
      this.busy.set(
        key,
        this.attempt(head).finally(() => this.busy.delete(key)),
      );
    }
    return free.length;
  }
}
