/** What a stage says must be told to a partner. Who may be told what, and how, is decided later, at each attempt. */

/** One partner must look, or must forget. Carries identifiers only: what is said is fixed by domain.md 8.4. */
export interface Notice {
  /** Organisation that must hear of it. */
  readonly recipient: string;
  /** The referral, return or consent that the recipient knows by an alias. */
  readonly thing: string;
  /** Moment by which an answer is owed. */
  readonly replyBy?: string;
  /** The recipient must drop what it holds of this thing; overtakes everything that still waits for it. */
  readonly recall: boolean;
}

/** One notice to look at the thing for each of these organisations, however often they are named. */
export const noticesTo = (recipients: readonly string[], thing: string): readonly Notice[] =>
  [...new Set(recipients)].map((recipient) => ({ recipient, thing, recall: false }));
