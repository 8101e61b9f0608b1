/**
 * From the 18th birthday on nobody speaks for the person: a guardian's consent, or a court's, opens nothing new, what runs goes on, and the
 * person is asked about it. Source: domain.md 8.2, 12.1 R-4, appendix C 13.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import { awaitsMajority } from '../../shared/coming-of-age.js';
import { byAnother } from '../../shared/consents.js';
import { type CaseFacts, type Consent, isLive, underMinorRules } from '../../shared/facts.js';

/** Name under which the board knows the cases of which the clock has to ask the vault. */
export const MAJORITY_WATCH = 'majority-watch';

export interface GuardianshipSlice {
  /** When it was recorded that the person came of age, and whether a birthday said so. */
  readonly reached?: { readonly at: string; readonly by?: 'BIRTHDAY' };
}

/** Guardians still stand, or what they agreed to still runs: coming of age is worth recording. */
export function guardiansSpeak({ guardians, consents }: CaseFacts, at: string): boolean {
  return guardians.length > 0 || consents.some((consent) => byAnother(consent) && isLive(consent, at));
}

/** From when on she may have spoken for herself. A birthday is told some days later, and its month counts from the day itself. */
function earliest({ at, by }: NonNullable<GuardianshipSlice['reached']>, { policy }: Reference): string {
  if (by === undefined) return at;
  const hours = policy.values['majority.birthday'].toldWithinDays * 24;
  return Temporal.Instant.from(at).subtract({ hours }).toString({ fractionalSecondDigits: 3 });
}

/** Every consent of a guardian or a court that still runs is asked anew of the person, until they give their own or take it back. */
export function reaskDuties({ reached }: GuardianshipSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (reached === undefined || facts.erasure !== 'NONE' || underMinorRules(facts)) return [];
  const since = earliest(reached, reference);
  const own = (wanted: Consent): boolean =>
    facts.consents.some((c) => c.giver === 'SELF' && c.purpose === wanted.purpose && c.recipient === wanted.recipient && c.givenAt >= since);
  const dueAt = reference.calendar.due(since, reference.policy.values['majority.reask']);
  return facts.consents
    .filter((consent) => byAnother(consent) && isLive(consent, consent.givenAt > reached.at ? consent.givenAt : reached.at) && !own(consent))
    .map(({ consentId }) => ({ name: 'majority-reask', key: consentId, dueAt, owedBy: { role: 'CM' } }));
}

/** The clock asks the vault, daily: when is not the board's to know. */
export function watchDuties(facts: CaseFacts): readonly Duty[] {
  return awaitsMajority(facts) ? [{ name: MAJORITY_WATCH, key: 'case', dueAt: facts.notifiedAt, owedBy: { role: 'CLOCK' } }] : [];
}
