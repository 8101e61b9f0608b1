/** Bodies of the break-glass commands: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { Code, Words } from '../../shared/fields.http.js';
import { BREAK_GLASS_REASONS, OPENING_REVIEWS } from './break-glass.js';
import type { BreakGlass, BreakGlassReason, ReviewBreakGlass } from './break-glass.js';

export class BreakGlassBody implements BreakGlass {
  @InClear() @Code(BREAK_GLASS_REASONS) reason!: BreakGlassReason;
  @Personal('narrative') @Words(4_000) account!: Personal<string, 'narrative'>;
}

/** The opening stands in the path. */
export class ReviewBreakGlassBody implements Omit<ReviewBreakGlass, 'openingId'> {
  @InClear() @Code(OPENING_REVIEWS) result!: ReviewBreakGlass['result'];
}
