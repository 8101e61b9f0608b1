/**
 * Once a day the clock asks of every child whose documented date of birth lies sealed whether the log may hear that majority
 * was reached. Source: domain.md 11 (MajorityWatcher), 12.1 R-4; docs/adr/0021.
 */
import { uuidV5 } from '#event-store';
import type { Clock } from '#kernel';
import type { CaseReader } from '../dispatch/case-reader.js';
import { HOUSE } from '../dispatch/case-command.js';
import type { ComingOfAge } from '../dispatch/coming-of-age.js';
import type { CaseRecorder, ReferenceSource } from '../dispatch/recorder.js';
import { MAJORITY_WATCH } from '../stages/guardianship/majority.js';
import type { DutyBoard } from './duty-board.js';

const DAY_LETTERS = 'YYYY-MM-DD'.length;
const DAY = 86_400_000;

export class MajorityWatch {
  /** The day, by UTC, on which every case was looked at. */
  private lookedOn = '';

  constructor(
    private readonly board: DutyBoard,
    private readonly cases: CaseReader,
    private readonly ages: ComingOfAge,
    private readonly recorder: Pick<CaseRecorder, 'record'>,
    private readonly reference: ReferenceSource,
    private readonly clock: Clock,
  ) {}

  /** When to look again. */
  get next(): string {
    return this.lookedOn === '' ? this.clock() : new Date(Date.parse(this.lookedOn) + DAY).toISOString();
  }

  /** Looks where nobody looked today. Returns how many majorities were recorded, and the cases on which looking failed. */
  async look(): Promise<{ readonly told: number; readonly failed: readonly string[] }> {
    const today = this.clock().slice(0, DAY_LETTERS);
    if (this.lookedOn === today) return { told: 0, failed: [] };
    const failed: string[] = [];
    let told = 0;
    for (const caseId of await this.board.casesOwing(MAJORITY_WATCH)) {
      told += await this.lookAt(caseId).catch(() => { failed.push(caseId); return 0; });
    }
    if (failed.length === 0) this.lookedOn = today;
    return { told, failed };
  }

  private async lookAt(caseId: string): Promise<number> {
    const { facts, revision } = await this.cases.state(caseId);
    const { policy } = this.reference({ policy: facts.policy });
    const occurredAt = await this.ages.toldFrom(caseId, facts, policy);
    if (occurredAt === undefined || occurredAt > this.clock()) return 0;
    const key = uuidV5(caseId, `majority/${String(revision)}`);
    const { events } = await this.recorder.record({
      type: 'RecordMajority', caseId, body: { occurredAt }, identifiers: {}, caller: HOUSE, idempotencyKey: key, correlationId: key,
    });
    return events.length;
  }
}
