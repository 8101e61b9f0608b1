/** Refusals of referral to services. */
import { problem } from '../kinds.js';

export const REFERRAL_PROBLEMS = {
  'provider-not-active': problem(
    'rule-broken',
    'Provider is not active',
    'Furnizor inactiv',
    'The provider is no active entry of the directory.',
  ),
  'provider-not-accredited': problem(
    'rule-broken',
    'Provider not accredited',
    'Furnizor neacreditat',
    'The provider is not accredited for each of the services asked for.',
  ),
  'provider-out-of-area': problem(
    'rule-broken',
    'Provider serves another area',
    'Furnizor din altă zonă',
    'The provider does not serve the region of the case.',
  ),
  'provider-not-for-minors': problem(
    'rule-broken',
    'Provider takes no minors',
    'Furnizorul nu primește minori',
    'Minor rules apply, and the provider does not take minors.',
  ),
  'ground-needs-urgency': problem(
    'rule-broken',
    'Only in an emergency',
    'Doar în caz de urgență',
    'Without consent only an EMERGENCY or URGENT referral is made, on a recorded ground (R-3).',
  ),
  'referral-already-open': problem(
    'rule-broken',
    'Asked already',
    'Cerere deja deschisă',
    'This organisation was asked for this, and has not answered yet.',
  ),
  'consent-still-live': problem(
    'rule-broken',
    'Consent is still live',
    'Consimțământul este încă valabil',
    'Record the withdrawal of the consent; the referral follows from it.',
  ),
  'chase-too-short': problem(
    'wrong-state',
    'The recipient was not asked to delete for long enough',
    'Destinatarului nu i s-a cerut destul timp ștergerea',
    'The time to confirm must have passed twice since the erasure; `until` says when.',
  ),
  'deletion-not-owed': problem(
    'wrong-state',
    'No deletion is owed',
    'Nu este datorată o ștergere',
    'What was received may be kept.',
  ),
  'risk-missing': problem(
    'rule-broken',
    'Risk assessment is missing',
    'Lipsește evaluarea riscului',
    'This step needs a risk assessment, which was not made (R-2, INV-3).',
  ),
  'risk-expired': problem(
    'rule-broken',
    'Risk assessment has expired',
    'Evaluarea riscului a expirat',
    'Assess the risk again.',
  ),
  'funding-decision-not-provided': problem(
    'rule-broken',
    'No decision on who pays',
    'Nu există decizie privind plata',
    'The policy of the country does not say that anybody decides whether the state pays for a service. The service does not depend on it.',
  ),
} as const;
