/** Time that a test moves itself. */
import type { WaitUntil } from '../timer.js';

export class ManualTime {
  private waiting: { readonly at: number; readonly resolve: () => void }[] = [];

  constructor(private now = Date.now()) {}

  readonly clock = (): string => new Date(this.now).toISOString();

  readonly wait: WaitUntil = (instant, signal) =>
    new Promise((resolve) => {
      if (signal.aborted || Date.parse(instant) <= this.now) {
        resolve();
        return;
      }
      this.waiting.push({ at: Date.parse(instant), resolve });
      signal.addEventListener('abort', () => {
        resolve();
      });
    });

  advance(milliseconds: number): void {
    this.now += milliseconds;
    const due = this.waiting.filter(({ at }) => at <= this.now);
    this.waiting = this.waiting.filter(({ at }) => at > this.now);
    for (const { resolve } of due) resolve();
  }
}
