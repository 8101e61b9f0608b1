/** The notifier: one process at a time reads the log and sends what is queued. Source: architecture.md 7. */
import type { Position } from '#event-store';
import type { Clock } from '#kernel';
import { type Lease, LeaseLost } from './lease.js';
import type { Outbox } from './outbox.js';
import { type Reader, TranslationFailed } from './reader.js';
import type { Sender } from './sender.js';
import { later, type WaitUntil } from './timer.js';

const TRY_AGAIN_MILLISECONDS = 1_000;

/**
 * - `standby`: another process holds the lease
 * - `running`
 * - `untold`: reads and fills the feed, but nobody has said from where to push
 * - `failing`: a store does not answer; tried again every second
 * - `stopped`: an event could not be translated, named by `event`; the queue is still sent
 */
export interface NotifierHealth {
  readonly status: 'standby' | 'running' | 'untold' | 'failing' | 'stopped';
  readonly event?: string;
  readonly because?: string;
}

export interface NotifierParts<State> {
  readonly reader: Reader<State>;
  readonly sender: Sender;
  readonly outbox: Outbox;
  readonly lease: Lease;
  readonly clock: Clock;
  readonly wait: WaitUntil;
}

export class Notifier<State> {
  private state: NotifierHealth = { status: 'standby' };

  constructor(private readonly parts: NotifierParts<State>) {}

  /** For the health page: names an event by id, never what it says. */
  async health(): Promise<NotifierHealth> {
    if (this.state.status !== 'running') return this.state;
    const { pushesAfter } = await this.parts.outbox.checkpoint();
    return pushesAfter === null ? { status: 'untold' } : this.state;
  }

  /** Says after which position notices are pushed, when there is no checkpoint that knows. Idempotent. */
  async pushAfter(position: Position): Promise<void> {
    await this.parts.outbox.pushAfter(position);
    this.parts.sender.wake();
  }

  /** Runs until `signal` aborts; in standby while another holds the lease. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (await this.parts.lease.acquire()) await this.hold(signal);
        else this.state = { status: 'standby' };
      } catch (error) {
        this.state = { status: 'failing', because: (error as Error).name };
      }
      await this.parts.wait(later(this.parts.clock(), TRY_AGAIN_MILLISECONDS), signal);
    }
    await this.parts.lease.release().catch(() => undefined);
  }

  /** Reads and sends; when one of the two can not go on, both stop. */
  private async hold(signal: AbortSignal): Promise<void> {
    this.state = { status: 'running' };
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    const stopBoth = () => {
      stop.abort();
    };
    const parts = [this.read(both), this.parts.sender.run(both)].map((part) => part.finally(stopBoth));
    const failed = (await Promise.allSettled(parts)).find(({ status }) => status === 'rejected');
    if (failed?.status !== 'rejected') return;
    const reason = failed.reason as Error;
    if (reason.name !== LeaseLost.name) throw reason;
  }

  /** A translation that throws is a bug: the reader stands still until another build comes, the sender goes on. */
  private async read(signal: AbortSignal): Promise<void> {
    try {
      await this.parts.reader.run(signal);
    } catch (error) {
      if (!(error instanceof TranslationFailed)) throw error;
      this.state = { status: 'stopped', event: error.eventId, because: 'translation-failed' };
      await aborted(signal);
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
