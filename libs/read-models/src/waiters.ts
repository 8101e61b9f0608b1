import type { Position } from '#event-store';
import { Rejection } from '#kernel';

interface Waiter {
  readonly position: Position;
  resolve(): void;
  reject(error: Error): void;
}

/** Who waits until a position has been read. */
export class Waiters {
  readonly #waiting = new Set<Waiter>();
  #over = false;

  constructor(private readonly hasRead: (position: Position) => boolean) {}

  async waitFor(position: Position, milliseconds: number): Promise<void> {
    if (this.hasRead(position)) return;
    if (this.#over) throw behind();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const waiter = {
      position,
      resolve: () => {
        resolve(undefined);
      },
      reject,
    };
    const timer = setTimeout(() => {
      reject(behind());
    }, milliseconds);
    this.#waiting.add(waiter);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(waiter);
    }
  }

  /** More was read: whoever waited for that goes on. */
  look(): void {
    for (const waiter of this.#waiting) if (this.hasRead(waiter.position)) waiter.resolve();
  }

  /** Nothing more will be read. */
  giveUp(): void {
    this.#over = true;
    for (const waiter of this.#waiting) waiter.reject(behind());
  }
}

const behind = () => new Rejection('unavailable', 'reading-behind', 'this view has not yet read that far');
