/** What the identification stage alone remembers. Answers and grounds lie in the vault. */
import type { ScreeningOutcome } from '#mechanism';

export interface Screening {
  readonly screeningId: string;
  readonly outcome: ScreeningOutcome;
  /** The outcome rests on rules or weights that no source has confirmed. */
  readonly provisional: boolean;
}

export interface IdentificationSlice {
  /** In the order in which they were completed; a later one replaces none. */
  readonly screenings: readonly Screening[];
  /** While the person says "not now", the screening clock stands. */
  readonly pauses: readonly { readonly from: string; readonly until: string }[];
  /** Newest rights sheet given. */
  readonly sheetVersion?: string;
  readonly presumedAt?: string;
  /** A first reader found no indication and waits for a second one. */
  readonly screenOutProposedBy?: string;
  readonly screenOutProposedAt?: string;
  /** The authority that is asked, until it decides or the person declines. */
  readonly request?: { readonly requestId: string; readonly authority: string; readonly consentId?: string };
  /** Every authority that was ever asked: it answers for what it received once that is over. */
  readonly asked?: readonly { readonly requestId: string; readonly authority: string }[];
  readonly refusedAt?: string;
  /** Until when a refusal can be contested; absent where the decision does not say. */
  readonly contestUntil?: string;
  /** Until when what runs goes on after a refusal, while the way on is planned (A8). */
  readonly moveOnUntil?: string;
  /** What is being reconsidered. */
  readonly reconsiders?: 'NOT_PRESUMED' | 'NOT_IDENTIFIED';
  /** A refusal was reconsidered once: what is decided then is final. */
  readonly refusalReconsidered: boolean;
}

/** The request that a command names; `undefined` where it names none, or one that was never made. */
export function requestOf({ asked = [] }: IdentificationSlice, body: object) {
  return asked.find(({ requestId }) => requestId === (body as { requestId?: string }).requestId);
}

export const NO_IDENTIFICATION: IdentificationSlice = { screenings: [], pauses: [], refusalReconsidered: false };
