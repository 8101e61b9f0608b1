/**
 * Tells readers that something new is in the log. One subscription for all readers, always drained at once: what it
 * brings is not kept, readers fetch their own pages at their own pace. So no slow reader is dropped by the server, and
 * a lost subscription costs nobody an event.
 */
import { type AllStreamSubscription, type EventStoreDBClient, excludeSystemEvents } from '@eventstore/db-client';
import { setTimeout } from 'node:timers/promises';
import { type Position, START } from '../../port.js';
import { WakeUp } from '../../wake-up.js';
import { backOff } from './failures.js';
import { comparePositions, type LogPosition, placeOf, positionOf } from './position.js';
import { endOfLog } from './reading.js';

/** For an event that was announced before it can be read. */
const SETTLING_MILLISECONDS = 5;

export class Doorbell {
  private readonly wakeUp = new WakeUp();
  private listening: Promise<void> | undefined;
  private subscription: AllStreamSubscription | undefined;
  /** The newest event that readers know of. */
  private announced: Position = START;
  /** Where to subscribe again. Also moved by the server's checkpoints, else it stood still where nothing matches. */
  private heard: Position = START;

  /** @param client one of its own: that a subscription ends makes the driver close the connection it came on */
  constructor(
    private readonly client: EventStoreDBClient,
    private readonly closed: AbortSignal,
  ) {}

  /** Resolves when there is something after `seen`, or when `signal` aborts. */
  async after(seen: Position, signal: AbortSignal): Promise<void> {
    this.listening ??= this.begin();
    await this.listening;
    if (comparePositions(this.announced, seen) > 0) await setTimeout(SETTLING_MILLISECONDS);
    else await this.wakeUp.next(signal);
  }

  async close(): Promise<void> {
    this.subscription?.unsubscribe().catch(() => undefined);
    this.subscription?.destroy();
    await this.client.dispose();
  }

  /** Everything up to the end of the log is announced before the first reader waits, everything after it by the server. */
  private async begin(): Promise<void> {
    try {
      this.announced = this.heard = await endOfLog(this.client, () => true);
      void this.listen();
    } catch (error) {
      this.listening = undefined;
      throw error;
    }
  }

  private async listen(): Promise<void> {
    for (let failures = 0; !this.closed.aborted; failures++) {
      const subscription = this.subscribe();
      subscription.once('confirmation', () => {
        failures = 0;
      });
      await this.announceAll(subscription);
      await backOff(failures, this.closed);
    }
  }

  private subscribe(): AllStreamSubscription {
    const filter = excludeSystemEvents({
      checkpointReached: (_, position) => {
        this.hear(position);
      },
    });
    const subscription = this.client.subscribeToAll({ fromPosition: placeOf(this.heard), filter });
    // The driver may report one failure twice; the second must not find nobody listening.
    subscription.on('error', () => undefined);
    return (this.subscription = subscription);
  }

  /** Ends when the subscription does, whatever the reason: the next one goes on where this one was. */
  private async announceAll(subscription: AllStreamSubscription): Promise<void> {
    try {
      for await (const { event } of subscription) {
        if (event === undefined) continue;
        this.announced = this.hear(event.position);
        this.wakeUp.all();
      }
    } catch {
      // A lost connection is the ordinary end of a subscription.
    }
  }

  private hear(position: LogPosition): Position {
    return (this.heard = positionOf(position));
  }
}
