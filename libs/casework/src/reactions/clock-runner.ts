/**
 * Does what the house itself owes once it is due: expires unanswered referrals, cancels what lost its consent, confirms an
 * erasure. Each command's key is derived from the duty, so a restart, a replay or a second instance does nothing twice.
 */
import { uuidV5 } from '#event-store';
import { type Clock, type Duty, Rejection } from '#kernel';
import type { CaseReader } from '../dispatch/case-reader.js';
import type { CaseRecorder, ReferenceSource } from '../dispatch/recorder.js';
import { caseWorkflow } from '../workflow.js';
import type { DutyBoard } from './duty-board.js';

/** The house acting on what is owed. No directory entry has this name, so no token can carry it. */
export const HOUSE = { organisation: 'tandem', actor: 'clock', roles: ['CLOCK'], human: false, client: 'clock' } as const;

/** Node's longest timer, in milliseconds; a later duty is looked at again then. */
const LONGEST_WAIT = 2_147_483_647;

export class ClockRunner {
  private wake: () => void = () => undefined;

  constructor(
    private readonly board: DutyBoard,
    private readonly cases: CaseReader,
    private readonly recorder: Pick<CaseRecorder, 'record'>,
    private readonly reference: ReferenceSource,
    private readonly clock: Clock,
  ) {}

  /** Follows the log and acts on time until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.board.follow(signal, () => { this.wake(); }), this.actUntil(signal)]);
  }

  /** Does all that is due now, also what becomes due by doing it. Returns how many commands were sent. */
  async actOnDue(): Promise<number> {
    let sent = 0;
    for (;;) {
      await this.board.catchUp();
      const { cases } = await this.board.due(this.clock());
      if (cases.length === 0) return sent;
      for (const caseId of cases) sent += await this.actOn(caseId);
    }
  }

  private async actUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => { this.wake = resolve; });
      await this.actOnDue();
      const { next } = await this.board.due(this.clock());
      await this.waitFor(next, changed, signal);
    }
  }

  private async waitFor(next: string | undefined, changed: Promise<void>, signal: AbortSignal): Promise<void> {
    const wait = next === undefined ? LONGEST_WAIT : Math.min(LONGEST_WAIT, Math.max(0, Date.parse(next) - Date.parse(this.clock())));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      const done = (): void => { clearTimeout(timer); resolve(); };
      signal.addEventListener('abort', done, { once: true });
      void changed.then(done);
    });
  }

  private async actOn(caseId: string): Promise<number> {
    const state = await this.cases.state(caseId);
    const now = this.clock();
    let sent = 0;
    for (const duty of caseWorkflow.duties(state, this.reference())) {
      if (duty.command === undefined || duty.dueAt > now) continue;
      sent += await this.send(caseId, duty, duty.command);
    }
    return sent;
  }

  private async send(caseId: string, duty: Duty, { type, body }: NonNullable<Duty['command']>): Promise<number> {
    const key = uuidV5(caseId, `${duty.name}/${duty.key}/${duty.dueAt}`);
    try {
      const { events } = await this.recorder.record({
        type, caseId, body, identifiers: {}, caller: HOUSE, idempotencyKey: key, correlationId: key,
      });
      if (events.length > 0) return 1;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
    }
    await this.board.leaveToPeople(caseId, duty);
    return 0;
  }
}
