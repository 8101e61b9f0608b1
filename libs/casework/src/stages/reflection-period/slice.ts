/** What the stage alone remembers of a reflection period; in which state it is, the shared facts say. */

/** Why a period is over, as far as it stands in clear: who decided so. The reason itself is sealed. */
export type EndCause = 'EXPIRED' | 'BY_PERSON' | 'BY_AUTHORITY' | 'RETURNED';

export interface ReflectionSlice {
  readonly from?: string;
  /** First moment after the last day of the period and its extensions. */
  readonly until?: string;
  /** It goes on until the authority decides where that comes later. */
  readonly untilDecision: boolean;
  /** Days left at each warning given of this end. */
  readonly warned: readonly number[];
  /** She declined one, or one is over: none starts by itself any more. */
  readonly spent: boolean;
  readonly because?: EndCause;
}

export const NO_REFLECTION: ReflectionSlice = { untilDecision: false, warned: [], spent: false };
