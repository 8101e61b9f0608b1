/** Attempts that were refused are recorded too, in a stream of their own, at a bounded rate (architecture.md 6, 8). */
import type { Caller } from '#platform';

export interface Refusals {
  /** Records that a caller asked for what is not its to know. Never throws: the answer must not depend on it. */
  record(caller: Caller, purpose: string): Promise<void>;
}
export const REFUSALS = Symbol('refusals');
