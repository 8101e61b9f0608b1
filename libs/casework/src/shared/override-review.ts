/** The look of a second person at a disclosure without consent: by when, and what rests on it meanwhile. domain.md 12.1 R-3. */
import { DISCLOSURE_GROUNDS, type DisclosureGround, type Reference } from '#mechanism';
import { type CaseFacts, openOverrides, type Override } from './facts.js';

/** Moment by which a second person must have looked. */
export function reviewDue({ madeAt }: Override, { calendar, policy }: Reference): string {
  return calendar.due(madeAt, policy.values['override.review']);
}

/** By time alone, as a consent runs out: a clock that stands still keeps no door open. */
function isOverdue(override: Override, reference: Reference, now: string): boolean {
  return override.review === undefined && reviewDue(override, reference) <= now;
}

/** Where a ground is looked for: among which, for whom, on what, when. */
export interface Sought {
  readonly facts: CaseFacts;
  readonly grounds: readonly DisclosureGround[];
  readonly recipient: string;
  readonly reference: Reference;
  readonly now: string;
}

/**
 * The disclosure without consent on which something new may rest; OVERDUE when nobody reviewed any of them in time and it
 * is no emergency: danger to life does not wait for a second person.
 */
export function groundInTime({ facts, grounds, recipient, reference, now }: Sought, emergency: boolean): Override | 'OVERDUE' | undefined {
  const open = openOverrides(facts, grounds, recipient);
  if (emergency || open.length === 0) return open[0];
  return open.find((override) => !isOverdue(override, reference, now)) ?? 'OVERDUE';
}

/** Every disclosure without consent on which a recipient may look now: standing, and reviewed or not yet due for it. */
export function groundsToLook({ facts, recipient, reference, now }: Omit<Sought, 'grounds'>): readonly Override[] {
  return openOverrides(facts, DISCLOSURE_GROUNDS, recipient).filter((override) => !isOverdue(override, reference, now));
}
