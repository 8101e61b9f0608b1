/** What a consent opens, and from when on it opens nothing new. Source: domain.md 8.2, 12 INV-16, 12.1 R-4. */
import type { ConsentPurpose } from '#mechanism';
import { type CaseFacts, type Consent, type Guardian, isLive, underMinorRules } from './facts.js';

/** She was asked to agree to this, and said no. domain.md 5.2 S2. */
export interface Refusal {
  readonly purpose: ConsentPurpose;
  /** Absent: to everybody. */
  readonly recipient?: string;
  readonly at: string;
}

/** Guardians in whose name this giver speaks: a public one as PUBLIC_GUARDIAN, every other one as GUARDIAN. */
export function guardiansSpeakingAs({ guardians }: CaseFacts, giver: string): readonly Guardian[] {
  return guardians.filter(({ type }) => (type === 'PUBLIC') === (giver === 'PUBLIC_GUARDIAN'));
}

/** Another gave it in her place, as long as minor rules applied: a guardian, or a court. */
export const byAnother = ({ giver }: Consent): boolean => giver !== 'SELF';

/** From `at` on these consents open nothing new: who gave them speaks for her no longer. */
export function spokenUntil(consents: readonly Consent[], whose: (consent: Consent) => boolean, at: string): readonly Consent[] {
  const ends = (consent: Consent): boolean => whose(consent) && (consent.opensUntil === undefined || at < consent.opensUntil);
  return consents.map((consent) => (ends(consent) ? { ...consent, opensUntil: at } : consent));
}

/** A guardian's consent goes with the assent of the child, where it is asked; what was there before the child objected stays. */
function isAssented({ giver }: Consent, facts: CaseFacts, at: string): boolean {
  if ((giver !== 'GUARDIAN' && giver !== 'PUBLIC_GUARDIAN') || !underMinorRules(facts)) return true;
  return facts.assented || (facts.objectedAt !== undefined && at < facts.objectedAt);
}

/**
 * Whether a consent that lives opens what is asked, or was recorded, at that moment. What runs on it goes on without opening
 * anything.
 */
export function opens(consent: Consent, facts: CaseFacts, at: string): boolean {
  return (consent.opensUntil === undefined || at < consent.opensUntil) && isAssented(consent, facts, at);
}

/** The live consent for a purpose and recipient, and for that country where one is named, if there is one that still opens something new. */
export function liveConsent(
  facts: CaseFacts, purpose: ConsentPurpose, recipient: string | undefined, at: string, country?: string,
): Consent | undefined {
  const isAsked = (c: Consent): boolean => c.purpose === purpose && c.recipient === recipient && (country === undefined || c.countries.includes(country));
  return facts.consents.find((c) => isAsked(c) && isLive(c, at) && opens(c, facts, at));
}
