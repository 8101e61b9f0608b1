/**
 * Sends what is queued. Keeps the order of each key on each way, decides access at every attempt, tries again for days,
 * gives up, and lets a recall pass what waits. Adapters do none of this. Source: architecture.md 7.
 */
import { sharedTransaction } from '#database';
import type { Clock } from '#kernel';
import type { Cases, MayReceive } from './cases.js';
import { dueHeads, nextDue, waysDue, type Way } from './queue.js';
import { Lane } from './lane.js';
import type { Lease } from './lease.js';
import { messageOf } from './message.js';
import { PublishRefused, type Publisher } from './publisher.js';
import { type Chance, delayAfter } from './retry.js';
import type { DeliveryDatabase, DeliveryRow, NoticeRow } from './tables.js';
import { Bell, later, type WaitUntil } from './timer.js';
import type { Write } from './outbox.js';

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

interface Settled {
  readonly delivery: DeliveryRow;
  readonly outcome: Outcome;
}

export class Sender {
  private readonly bell = new Bell();
  private readonly lanes = new Map<string, { readonly lane: Lane; readonly ended: Promise<void>; again: boolean }>();
  private readonly failures: Error[] = [];

  /** What ends at the same time on several ways is written down with one sync of the disk. */
  private readonly keep: (settled: Settled) => Promise<void>;

  constructor(private readonly parts: SenderParts) {
    this.keep = sharedTransaction(parts.database, async (write, all) => {
      for (const settled of all) await keep(write, settled, parts.clock());
      return all.map(() => undefined);
    });
  }

  /** There may be something new to send. */
  wake(): void {
    this.bell.ring();
  }

  /**
   * Sends until `signal` aborts; each way by itself, so that one that hangs delays no other.
   * @throws LeaseLost, and whatever the database throws
   */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted && this.failures.length === 0) {
        await this.parts.lease.require();
        for (const way of await waysDue(this.parts.database, this.parts.clock())) this.start(way, signal);
        const look = later(this.parts.clock(), LOOK_AGAIN_MILLISECONDS);
        const due = await nextDue(this.parts.database, this.parts.clock());
        await this.bell.wait(due !== undefined && due < look ? due : look, this.parts.wait, signal);
      }
    } finally {
      await Promise.all([...this.lanes.values()].map(({ ended }) => ended));
    }
    const [failure] = this.failures.splice(0);
    if (failure !== undefined) throw failure;
  }

  /** Attempts everything that is due on one way now, in order within each key. Answers how many attempts there were. */
  sendDue(way: Way): Promise<number> {
    return this.laneTo(way).drain();
  }

  private laneTo(way: Way): Lane {
    const heads = (limit: number) => dueHeads(this.parts.database, way, this.parts.clock(), limit);
    return new Lane(heads, (delivery) => this.attempt(delivery));
  }

  private start(way: Way, signal: AbortSignal): void {
    const name = `${way.channel}/${way.way}`;
    const running = this.lanes.get(name);
    if (running !== undefined) {
      running.lane.nudge();
      running.again = true;
      return;
    }
    const lane = this.laneTo(way);
    this.lanes.set(name, { lane, again: false, ended: this.drain(lane, name, signal) });
  }

  private async drain(lane: Lane, name: string, signal: AbortSignal): Promise<void> {
    try {
      await lane.drain(signal);
    } catch (error) {
      this.failures.push(error as Error);
    }
    const again = this.lanes.get(name)?.again;
    this.lanes.delete(name);
    // Not rung without a reason: what is parked stays due, and would be looked at without end.
    if (again === true || this.failures.length > 0) this.bell.ring();
  }

  private async attempt(delivery: DeliveryRow): Promise<void> {
    const decision = await this.decide(delivery);
    if (decision !== 'send') return this.keep({ delivery, outcome: decision });
    await this.parts.lease.require();
    // Between decision and sending the case may have been erased, or a recall come in.
    const notice = await this.stillWaiting(delivery);
    if (notice === undefined) return;
    await this.keep({ delivery, outcome: await this.publish(delivery, notice) });
  }

  /** A recall is always due: it asks for deletion of what may have arrived. */
  private async decide({ recall, recipient, case_id, thing }: DeliveryRow): Promise<'send' | Outcome> {
    if (recall === 1) return 'send';
    const now = this.parts.clock();
    try {
      const facts = await this.parts.cases.newest(case_id);
      const allowed = await this.parts.mayReceive(recipient, facts, thing, now);
      return allowed ? 'send' : { state: 'withdrawn', answer: 'not-allowed' };
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
}

/** What was recalled, erased or unsubscribed while it was sent stays so. */
async function keep(write: Write, { delivery: { id, notice }, outcome }: Settled, now: string): Promise<void> {
  await write.updateTable('deliveries').set(outcome).where('id', '=', id).where('state', '=', 'waiting').execute();
  if (outcome.state !== 'sent') return;
  await write
    .updateTable('notices')
    .set({ sent_at: now })
    .where('id', '=', notice)
    .where('sent_at', 'is', null)
    .execute();
}

// By name: an error of another realm is no instance of this one's classes.
const isRefusal = (error: unknown): boolean => (error as Error).name === PublishRefused.name;

/** A code to keep: never a message, which may hold an address. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'failed';
}
