/**
 * Why a command must not happen. The kinds are the only bridge to transport: one filter at the edge maps
 * them to HTTP numbers (architecture.md 6).
 */
export type RejectionKind =
  /** The body does not have the documented shape. */
  | 'invalid'
  /** The caller may know of the case, but its role may not do this. */
  | 'not-allowed'
  /** There is no such thing, or it is not the caller's to know: the two look alike. */
  | 'unknown'
  /** The thing exists but is not in a state from which this can happen. */
  | 'wrong-state'
  /** A rule of the domain forbids it. */
  | 'rule-broken'
  /** The caller decided on an older version of the resource. */
  | 'precondition'
  /** The house can not answer now; nothing was decided. */
  | 'unavailable';

/** Facts about a rejection, safe to show: codes, field paths, times. Never personal data. */
export type RejectionDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/**
 * A request that must not happen. Outcomes that the process expects are events, not rejections.
 * `code` is stable, lower-case with dashes, and documented; `message` is for people and holds no personal data.
 */
export class Rejection extends Error {
  override readonly name = 'Rejection';

  constructor(
    readonly kind: RejectionKind,
    readonly code: string,
    message: string,
    readonly details: RejectionDetails = {},
  ) {
    super(message);
  }
}
