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

/** In the minute that began at `minute` so many more attempts of this organisation were refused. Not: which; none of them was the first on a case. */
export interface AccessRefusalsCounted {
  readonly minute: string;
  readonly count: number;
}

export interface RefusalLogOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  /** Attempts of one organisation in one minute that are recorded each; of the others the first on each case, the rest is counted. Default 20. */
  readonly recordedPerMinute?: number;
}

const RECORDED_PER_MINUTE = 20;

/** What one organisation tried in this minute. */
interface Tried {
  readonly cases: Set<string>;
  recorded: number;
  counted: number;
}

export const accessStream = (organisation: string): string => `access-${organisation}`;

/**
 * Records refused attempts so that nobody can fill the log with them: of one organisation, in one minute and process, at
 * most `recordedPerMinute` events, one for each case that it tried besides, and one with the count of the rest: she is told who
 * tried to open her case, whatever else it tried. The counts of a process that dies are lost.
 */
export class RefusalLog {
  private minute = '';
  private seen = new Map<string, Tried>();

  constructor(private readonly options: RefusalLogOptions) {}

  /** Records or counts one attempt; first of all what was counted in minutes that are over. */
  async refused(attempt: RefusedAttempt): Promise<void> {
    await this.flush();
    const { organisation, actor, role, attempted, because, caseId, correlationId } = attempt;
    if (!this.isRecorded(organisation, caseId)) return;
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
    for (const [organisation, { counted }] of seen) {
      if (counted > 0) await this.recordCount(organisation, over, counted);
    }
  }

  /** Whether this attempt is recorded; else it is counted. */
  private isRecorded(organisation: string, caseId: string | undefined): boolean {
    const tried = this.seen.get(organisation) ?? { cases: new Set(), recorded: 0, counted: 0 };
    this.seen.set(organisation, tried);
    const isFirst = caseId !== undefined && !tried.cases.has(caseId);
    if (caseId !== undefined) tried.cases.add(caseId);
    const recorded = isFirst || tried.recorded < (this.options.recordedPerMinute ?? RECORDED_PER_MINUTE);
    tried[recorded ? 'recorded' : 'counted'] += 1;
    return recorded;
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
