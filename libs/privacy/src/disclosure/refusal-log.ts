/** Attempts that were refused, per organisation. Source: architecture.md 6 and 8. */
import type { EventStore } from '#event-store';
import { record } from '#event-store';
import type { Clock } from '#kernel';
import { randomUUID } from 'node:crypto';

/** One attempt. Codes and references only: nothing that the caller typed. */
export interface RefusedAttempt {
  readonly organisation: string;
  readonly actor: string;
  readonly role: string;
  /** What was tried, as a code of the house: `case`, `personal-data`, `history`, ... */
  readonly attempted: string;
  /** Why it was refused, as a code. */
  readonly because: string;
  /** The case, when there is one by that name. */
  readonly caseId?: string;
  readonly correlationId: string;
}

/** Someone of the organisation of the envelope tried and was refused. Not: that it was meant badly. */
export interface AccessRefused {
  readonly attempted: string;
  readonly because: string;
  readonly caseId?: string;
}

/** In the minute that began at `minute` so many more attempts of this organisation were refused. Not: which. */
export interface AccessRefusalsCounted {
  readonly minute: string;
  readonly count: number;
}

export interface RefusalLogOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Attempts of one organisation in one minute that are recorded each; the others are counted. Default 20. */
  readonly recordedPerMinute?: number;
}

const RECORDED_PER_MINUTE = 20;

export const accessStream = (organisation: string): string => `access-${organisation}`;

/**
 * Records refused attempts so that nobody can fill the log with them: of one organisation, in one minute and process, at
 * most `recordedPerMinute` events and one with the count of the rest. The counts of a process that dies are lost.
 */
export class RefusalLog {
  private minute = '';
  private seen = new Map<string, number>();

  constructor(private readonly options: RefusalLogOptions) {}

  /** Records or counts one attempt; first of all what was counted in minutes that are over. */
  async refused(attempt: RefusedAttempt): Promise<void> {
    await this.flush();
    const { organisation, actor, role, attempted, because, caseId, correlationId } = attempt;
    const count = (this.seen.get(organisation) ?? 0) + 1;
    this.seen.set(organisation, count);
    if (count > this.limit) return;
    const data: AccessRefused = { attempted, because, ...(caseId === undefined ? {} : { caseId }) };
    await this.record({ type: 'AccessRefused', data, organisation, actor, role, correlationId });
  }

  /** Writes the counts of minutes that are over. Called by `refused`, and by whoever keeps time or closes the house. */
  async flush(): Promise<void> {
    const minute = this.options.clock().slice(0, 'YYYY-MM-DDTHH:mm'.length);
    if (minute === this.minute) return;
    const [over, seen] = [this.minute, this.seen];
    this.minute = minute;
    this.seen = new Map();
    for (const [organisation, count] of seen) {
      if (count > this.limit) await this.recordCount(organisation, over, count - this.limit);
    }
  }

  private get limit(): number {
    return this.options.recordedPerMinute ?? RECORDED_PER_MINUTE;
  }

  private async recordCount(organisation: string, minute: string, count: number): Promise<void> {
    const data: AccessRefusalsCounted = { minute: `${minute}:00.000Z`, count };
    const system = { organisation, actor: 'tandem', role: 'CLOCK', correlationId: randomUUID() };
    await this.record({ type: 'AccessRefusalsCounted', data, ...system });
  }

  private async record(what: {
    readonly type: string;
    readonly data: object;
    readonly organisation: string;
    readonly actor: string;
    readonly role: string;
    readonly correlationId: string;
  }): Promise<void> {
    const { store, clock } = this.options;
    const commandId = randomUUID();
    const rest = { schema: 1, reference: {}, legalBasis: 'GDPR-32', sensitivity: 2 as const };
    const draft = { ...what, ...rest, occurredAt: clock(), commandId, causationId: what.correlationId };
    await record(store, accessStream(what.organisation), commandId, () => [draft], clock);
  }
}
