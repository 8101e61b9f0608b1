/** Waiting, as something that is given: tests move time themselves. */

/** Resolves at the instant (ISO), or when `signal` aborts, whichever is first. Never rejects. */
export type WaitUntil = (instant: string, signal: AbortSignal) => Promise<void>;

/** A longer wait would overflow the timer, which then fires at once, over and over. */
const LONGEST_MILLISECONDS = 2 ** 31 - 1;

/** The clock on the wall. Wakes after 24 days at the latest: whoever waits looks at the time again. */
export const waitUntil: WaitUntil = (instant, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const milliseconds = Date.parse(instant) - Date.now();
    const timeout = setTimeout(done, Math.min(LONGEST_MILLISECONDS, Math.max(0, milliseconds)));
    signal.addEventListener('abort', done, { once: true });
  });

/** An instant later by some milliseconds. */
export function later(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** Wakes whoever waits. Rung while nobody waits, it is remembered once. */
export class Bell {
  private waiting = new AbortController();

  ring(): void {
    this.waiting.abort();
  }

  /** Resolves when rung, at the instant, or when `signal` aborts. */
  async wait(until: string, wait: WaitUntil, signal: AbortSignal): Promise<void> {
    const { waiting } = this;
    await wait(until, AbortSignal.any([waiting.signal, signal]));
    if (waiting.signal.aborted) this.waiting = new AbortController();
  }
}
