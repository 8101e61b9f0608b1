/** Wakes readers that have read all there is, so that nobody polls. */
export class WakeUp {
  private waiting = new Set<() => void>();

  /** Resolves at the next `all`, or when the signal aborts. What was missed before the call is the caller's to look up. */
  next(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
      if (signal.aborted) wake();
    });
  }

  all(): void {
    for (const wake of [...this.waiting]) wake();
  }
}
