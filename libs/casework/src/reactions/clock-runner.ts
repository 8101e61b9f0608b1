/**
 * Does what the house itself owes once it is due: expires unanswered referrals, cancels what lost its consent, confirms an
 * erasure. Each command's key is derived from the duty, so a restart, a replay or a second instance does nothing twice.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { uuidV5 } from '#event-store';
import { type Clock, type Duty, Rejection } from '#kernel';
import { HOUSE } from '../dispatch/case-command.js';
import type { CaseReader } from '../dispatch/case-reader.js';
import type { CaseRecorder, ReferenceSource } from '../dispatch/recorder.js';
import { soonest } from '../shared/moments.js';
import { caseWorkflow } from '../workflow.js';
import type { DutyBoard } from './duty-board.js';
import type { MajorityWatch } from './majority-watch.js';

/** Node's longest timer, in milliseconds; a later duty is looked at again then. */
const LONGEST_WAIT = 2_147_483_647;
/** What failed for a reason that may pass is tried again after this, in milliseconds. */
const TRY_AGAIN = 5_000;

export class ClockRunner {
  private wake: () => void = () => undefined;
  /** Cases on which the clock failed at its last try. */
  private readonly failing = new Set<string>();
  private broken = false;

  constructor(
    private readonly board: DutyBoard,
    private readonly cases: CaseReader,
    private readonly recorder: Pick<CaseRecorder, 'record'>,
    private readonly reference: ReferenceSource,
    private readonly clock: Clock,
    private readonly majorities?: MajorityWatch,
  ) {}

  /** @throws Error when something is owed that the clock could not look at or do */
  check(): void {
    if (this.broken || this.failing.size > 0 || this.board.hasUnread) throw new Error('something owed could not be done');
  }

  /** Follows the log and acts on time until `signal` aborts. Never rejects: a clock that stands still would harm unseen. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const stop = new AbortController();
      const both = AbortSignal.any([signal, stop.signal]);
      const parts = [this.board.follow(both, () => { this.wake(); }), this.actUntil(both)].map((part) => part.finally(() => { stop.abort(); }));
      this.broken = (await Promise.allSettled(parts)).some(({ status }) => status === 'rejected');
      if (this.broken) await pause(TRY_AGAIN, undefined, { signal }).catch(() => undefined);
    }
  }

  /**
   * Does all that is due now, also what becomes due by doing it. Returns how many commands were sent. A case on which that
   * fails stops no other one: it is passed over until the next call, and shows in `check`.
   */
  async actOnDue(): Promise<number> {
    this.failing.clear();
    await this.board.catchUp();
    let sent = await this.lookForMajorities();
    for (;;) {
      await this.board.catchUp();
      const { cases } = await this.board.due(this.clock());
      const open = cases.filter((caseId) => !this.failing.has(caseId));
      if (open.length === 0) return sent;
      for (const caseId of open) sent += await this.actOn(caseId).catch(() => { this.failing.add(caseId); return 0; });
    }
  }

  private async lookForMajorities(): Promise<number> {
    const { told = 0, failed = [] } = (await this.majorities?.look()) ?? {};
    for (const caseId of failed) this.failing.add(caseId);
    return told;
  }

  private async actUntil(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => { this.wake = resolve; });
      await this.actOnDue();
      this.broken = false;
      const { next } = await this.board.due(this.clock());
      // What failed is tried again after a pause, also where its moment is past.
      await this.waitFor(this.failing.size > 0 ? next : soonest(next, this.majorities?.next), changed, signal);
    }
  }

  private async waitFor(next: string | undefined, changed: Promise<void>, signal: AbortSignal): Promise<void> {
    const longest = this.failing.size > 0 ? TRY_AGAIN : LONGEST_WAIT;
    const wait = next === undefined ? longest : Math.min(longest, Math.max(0, Date.parse(next) - Date.parse(this.clock())));
    // A signal that aborted while something was done tells nobody any more.
    if (signal.aborted) return;
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
    for (const duty of caseWorkflow.duties(state, this.reference({ policy: state.facts.policy }))) {
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
