/** Reads cases as they are now. A bounded cache keeps folded streams, and only what came since is read. */
import { type EventStore, type FoldedStream, type Folding, StateCache, readFolded } from '#event-store';
import { type WorkflowState, streamOfCase } from '#kernel';
import type { CaseWorld } from '../shared/world.js';
import { caseWorkflow } from '../workflow.js';
import { caseTime } from './case-time.js';

export type CaseState = WorkflowState<CaseWorld>;
export const CASE_READER = Symbol('case reader');

/** How a case's events become its state. */
export const CASE_FOLDING: Folding<CaseState> = {
  initial: caseWorkflow.initialState,
  fold: (state, event) => caseWorkflow.evolve(state, event),
};

export class CaseReader {
  /** Shared with the recorder, so that a hot case is folded once. Holds facts and references, no personal data. */
  readonly cache = new StateCache<CaseState>();

  constructor(private readonly store: EventStore) {}

  /** All events of a case and the newest state; no events when there is no such case. @throws UnknownEvent */
  whole(caseId: string): Promise<FoldedStream<CaseState>> {
    return readFolded(this.store, streamOfCase(caseId), CASE_FOLDING, this.cache);
  }

  /** All of a case, and the moment at which to decide who may see it. `clock`: what the clock says. @throws UnknownEvent */
  async at(caseId: string, clock: string): Promise<FoldedStream<CaseState> & { readonly now: string }> {
    const whole = await this.whole(caseId);
    return { ...whole, now: caseTime(whole.events, clock) };
  }

  /** The newest state; revision -1 when there is no such case. @throws UnknownEvent when this build can not read it */
  async state(caseId: string): Promise<CaseState> {
    return (await this.whole(caseId)).state;
  }
}
