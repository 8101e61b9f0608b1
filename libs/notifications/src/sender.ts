/**
 * Sends what is queued. Keeps the order of each key on each way, decides access at every attempt, tries again for days,
 * gives up, and lets a recall pass what waits. Adapters do none of this. Source: architecture.md 7.
 */
import type { Clock } from '#kernel';
import type { Cases, MayReceive } from './cases.js';
import { dueHeads, nextDue, waysDue, type Way } from './queue.js';
import type { Lease } from './lease.js';
import { messageOf } from './message.js';
import { PublishRefused, type Publisher } from './publisher.js';
import { type Chance, delayAfter } from './retry.js';
import type { DeliveryDatabase, DeliveryRow, NoticeRow } from './tables.js';
import { Bell, later, type WaitUntil } from './timer.js';

/** Attempts at one time on one way: a slow subscriber holds these and no others. */
const AT_ONCE = 4;
/** Rows may come from another process, and the lease wants renewal. */
const LOOK_AGAIN_MILLISECONDS = 5_000;
/** A case that can not be folded here is left for a build that can; that is no fault of the recipient. */
const UNDECIDED_MILLISECONDS = 60_000;

export interface SenderParts {
  readonly database: DeliveryDatabase;
  readonly cases: Pick<Cases<unknown>, 'newest'>;
  readonly mayReceive: MayReceive;
  /** By channel. */
  readonly publishers: Readonly<Record<string, Publisher>>;
  readonly lease: Pick<Lease, 'require'>;
  readonly clock: Clock;
  readonly wait: WaitUntil;
  readonly chance: Chance;
  /** Address below which references are opened. */
  readonly portal: string;
}

type Outcome = Pick<DeliveryRow, 'state' | 'answer'> & Partial<Pick<DeliveryRow, 'attempts' | 'due_at'>>;

export class Sender {
  private readonly bell = new Bell();
  private readonly lanes = new Map<string, Promise<void>>();
  /** Ways to look at once more when their lane has ended. */
  private readonly again = new Set<string>();
  private failure: Error | undefined;

  constructor(private readonly parts: SenderParts) {}

  /** There may be something new to send. */
  wake(): void {
    this.bell.ring();
  }

  /**
   * Sends until `signal` aborts; each way by itself, so that one that hangs delays no other.
   * @throws LeaseLost, and whatever the database throws
   */
  async run(signal: AbortSignal): Promise<void> {
    this.failure = undefined;
    try {
      while (!signal.aborted && this.failure === undefined) {
        await this.parts.lease.require();
        for (const way of await waysDue(this.parts.database, this.parts.clock())) this.start(way);
        const look = later(this.parts.clock(), LOOK_AGAIN_MILLISECONDS);
        const due = await nextDue(this.parts.database, this.parts.clock());
        await this.bell.wait(due !== undefined && due < look ? due : look, this.parts.wait, signal);
      }
    } finally {
      await Promise.all(this.lanes.values());
    }
    if (this.failure !== undefined) throw this.failure;
  }

  /**
   * Attempts everything that is due on one way now, in order within each key, and comes back when that is done.
   * Answers how many attempts there were.
   */
  async sendDue(way: Way): Promise<number> {
    const busy = new Map<string, Promise<void>>();
    try {
      for (let attempts = 0; ;) {
        const heads = await dueHeads(this.parts.database, way, this.parts.clock(), AT_ONCE * 2);
        const free = heads.filter(({ ordering_key }) => !busy.has(ordering_key)).slice(0, AT_ONCE - busy.size);
        for (const head of free) {
          const key = head.ordering_key;
          busy.set(
            key,
            this.attempt(head).finally(() => busy.delete(key)),
          );
        }
        attempts += free.length;
        if (busy.size === 0) return attempts;
        await Promise.race(busy.values());
      }
    } finally {
      await Promise.allSettled(busy.values());
    }
  }

  private start(way: Way): void {
    const name = `${way.channel}/${way.way}`;
    if (this.lanes.has(name)) {
      this.again.add(name);
      return;
    }
    this.lanes.set(name, this.lane(way, name));
  }

  private async lane(way: Way, name: string): Promise<void> {
    try {
      if ((await this.sendDue(way)) > 0) this.again.add(name);
    } catch (error) {
      this.failure = error as Error;
      this.again.add(name);
    }
    this.lanes.delete(name);
    // Rung only where something changed: what is parked stays due, and would be looked at without end.
    if (this.again.delete(name)) this.bell.ring();
  }

  private async attempt(delivery: DeliveryRow): Promise<void> {
    const decision = await this.decide(delivery);
    if (decision !== 'send') return this.settle(delivery, decision);
    await this.parts.lease.require();
    // Between decision and sending the case may have been erased, or a recall come in.
    const notice = await this.stillWaiting(delivery);
    if (notice === undefined) return;
    await this.settle(delivery, await this.publish(delivery, notice));
  }

  /** A recall is always due: it asks for deletion of what may have arrived. */
  private async decide({ recall, recipient, case_id, thing }: DeliveryRow): Promise<'send' | Outcome> {
    if (recall === 1) return 'send';
    const now = this.parts.clock();
    try {
      const facts = await this.parts.cases.newest(case_id);
      return this.parts.mayReceive(recipient, facts, thing, now)
        ? 'send'
        : { state: 'withdrawn', answer: 'not-allowed' };
    } catch {
      return { state: 'waiting', answer: 'undecided', due_at: later(now, UNDECIDED_MILLISECONDS) };
    }
  }

  private async publish(
    { recipient, way, channel, ordering_key, attempts }: DeliveryRow,
    notice: NoticeRow,
  ): Promise<Outcome> {
    const message = messageOf({ ...notice, replyBy: notice.reply_by }, this.parts.portal);
    try {
      const publisher = this.parts.publishers[channel];
      if (publisher === undefined) throw new Error(`no publisher serves ${channel}`);
      const { answer } = await publisher.publish({ organisation: recipient, way }, ordering_key, message);
      return { state: 'sent', answer, attempts: attempts + 1 };
    } catch (error) {
      return this.failed(error, attempts + 1);
    }
  }

  private failed(error: unknown, attempts: number): Outcome {
    const answer = codeOf(error);
    const delay = isRefusal(error) ? undefined : delayAfter(attempts, this.parts.chance);
    if (delay === undefined) return { state: 'dead', answer, attempts };
    return { state: 'waiting', answer, attempts, due_at: later(this.parts.clock(), delay) };
  }

  private async stillWaiting({ id, notice }: DeliveryRow): Promise<NoticeRow | undefined> {
    return this.parts.database.kysely
      .selectFrom('notices')
      .selectAll('notices')
      .innerJoin('deliveries', 'deliveries.notice', 'notices.id')
      .where('deliveries.id', '=', id)
      .where('deliveries.state', '=', 'waiting')
      .where('notices.id', '=', notice)
      .executeTakeFirst();
  }

  /** What was recalled, erased or unsubscribed while it was sent stays so. */
  private async settle({ id, notice }: DeliveryRow, outcome: Outcome): Promise<void> {
    const { kysely } = this.parts.database;
    await kysely.updateTable('deliveries').set(outcome).where('id', '=', id).where('state', '=', 'waiting').execute();
    if (outcome.state !== 'sent') return;
    const sent = { sent_at: this.parts.clock() };
    await kysely.updateTable('notices').set(sent).where('id', '=', notice).where('sent_at', 'is', null).execute();
  }
}

// By name: an error of another realm is no instance of this one's classes.
const isRefusal = (error: unknown): boolean => (error as Error).name === PublishRefused.name;

/** A code to keep: never a message, which may hold an address. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'failed';
}
