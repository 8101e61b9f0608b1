/**
 * One projection, kept by one process at a time. Whoever finds itself fenced off stands by and tries the seat again: when
 * the other one has gone, it reads on from its checkpoint. Source: architecture.md 7.
 */
import { setTimeout } from 'node:timers/promises';
import type { Projector } from '#read-models';

const STAND_BY_MILLISECONDS = 1_000;

export class ProjectionSeat implements Projector {
  private projector: Projector | undefined;

  /** @param start begins to read and calls back at each change of its health */
  constructor(private readonly start: (onChange: () => void) => Projector) {}

  /** Reads until `signal` aborts or the projection stops for another reason than the seat. Never rejects. */
  async hold(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      if (!(await this.sit(signal))) return;
      await setTimeout(STAND_BY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
    }
  }

  health(): ReturnType<Projector['health']> {
    return this.projector?.health() ?? [];
  }

  async waitFor(...asked: Parameters<Projector['waitFor']>): Promise<void> {
    await this.projector?.waitFor(...asked);
  }

  async stop(): Promise<void> {
    await this.projector?.stop();
  }

  /** Answers whether another process took the seat. */
  private async sit(signal: AbortSignal): Promise<boolean> {
    const left = Promise.withResolvers<boolean>();
    this.projector = this.start(() => {
      const [health] = this.health();
      if (health?.state === 'stopped') left.resolve(health.because === 'fenced');
    });
    signal.addEventListener('abort', () => { left.resolve(false); }, { once: true });
    const isTaken = await left.promise;
    // One that stopped by itself keeps telling why.
    if (signal.aborted) await this.stop();
    return isTaken;
  }
}
