/**
 * The ground in data-protection law on which an organisation records a fact. Not the same as the person's consent to a
 * service: a public body acts on law and never on consent. Source: domain.md 8.1, 12.1 R-3; GDPR art. 6, 9, recital 43;
 * Directive (EU) 2016/680 art. 8.
 */
import type { Organisation } from '#mechanism';

/** Code of the ground for one organisation; `needsConsent` when the command itself rests on a live consent. */
export function legalBasisOf(organisation: Organisation | undefined, needsConsent: boolean): string {
  if (organisation?.kind === 'PUBLIC') return 'GDPR-6-1-e';
  if (organisation?.kind === 'LAW_ENFORCEMENT') return 'LED-8';
  return needsConsent ? 'GDPR-6-1-a+9-2-a' : 'GDPR-6-1-f+9-2-d';
}
