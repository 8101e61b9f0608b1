/**
 * From the 18th birthday on nobody speaks for the person: a guardian's consent opens nothing new, what runs goes on, and the
 * person is asked about it. Source: domain.md 8.2, 12.1 R-4, appendix C 13.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import { type CaseFacts, type Consent, isLive, underMinorRules } from '../../shared/facts.js';

export interface GuardianshipSlice {
  /** When the person came of age, as it was recorded. */
  readonly majorityAt?: string;
}

const byGuardian = ({ giver }: Consent): boolean => giver === 'GUARDIAN' || giver === 'PUBLIC_GUARDIAN';

/** Guardians still stand, or what they agreed to still runs: coming of age is worth recording. */
export function guardiansSpeak({ guardians, consents }: CaseFacts, at: string): boolean {
  return guardians.length > 0 || consents.some((consent) => byGuardian(consent) && isLive(consent, at));
}

/** Every consent of a guardian that still runs is asked anew of the person, until they give their own or take it back. */
export function reaskDuties({ majorityAt }: GuardianshipSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (majorityAt === undefined || facts.erasure !== 'NONE' || underMinorRules(facts)) return [];
  const own = (wanted: Consent): boolean =>
    facts.consents.some((c) => c.giver === 'SELF' && c.purpose === wanted.purpose && c.recipient === wanted.recipient && c.givenAt >= majorityAt);
  const dueAt = calendar.due(majorityAt, policy.values['majority.reask']);
  return facts.consents
    .filter((consent) => byGuardian(consent) && isLive(consent, majorityAt) && !own(consent))
    .map(({ consentId }) => ({ name: 'majority-reask', key: consentId, dueAt, owedBy: { role: 'CM' } }));
}
