/** Attempts that were refused are recorded too, in a stream of their own, at a bounded rate (architecture.md 6, 8). */
import type { Caller } from '#platform';

/** What was tried, and the case it was tried on where there is one by the name that was used. */
export interface Refusal {
  readonly caller: Caller;
  readonly purpose: string;
  readonly caseId: string | undefined;
  /** Code of what was answered. */
  readonly because: string;
  readonly correlationId: string;
}

export interface Refusals {
  /** Records that a caller asked for what is not its to know. Never throws: the answer must not depend on it. */
  record(refusal: Refusal): Promise<void>;
}
export const REFUSALS = Symbol('refusals');
