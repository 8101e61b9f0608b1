/** Refusals around consent, disclosure without it, and guardians. */
import { problem } from '../kinds.js';

export const CONSENT_PROBLEMS = {
  'consent-missing': problem(
    'rule-broken',
    'Consent is missing',
    'Lipsește consimțământul',
    'There is no live consent for this purpose and recipient, and no recorded ground that opens the same door (INV-1).',
  ),
  'override-review-overdue': problem(
    'rule-broken',
    'Review is overdue',
    'Verificarea a depășit termenul',
    'Nobody reviewed the disclosure without consent in time; until then only an EMERGENCY is asked for on it (R-3).',
  ),
  'withdrawal-not-hers': problem(
    'rule-broken',
    'Not hers to take back',
    'Nu este a sa de retras',
    'A guardian takes back what a guardian may give: not for an adult, not in conflict, not what a court gave (INV-16). Her own word is always heard.',
  ),
  'recipient-unknown': problem(
    'rule-broken',
    'Recipient is not known',
    'Destinatar necunoscut',
    'The receiving organisation is no active entry of the directory.',
  ),
  'court-decision-missing': problem(
    'invalid',
    'Court decision is missing',
    'Lipsește hotărârea instanței',
    'Consent given by a court names the decision, so that it can be found.',
  ),
  'before-its-ground': problem(
    'rule-broken',
    'Dated before what it rests on',
    'Datat înaintea faptului pe care se întemeiază',
    'It can not have happened before the step that it follows: a consent before the rights information, an arrival before the departure.',
  ),
  'consent-not-written': problem(
    'rule-broken',
    'Consent is not written',
    'Consimțământul nu este scris',
    'Consent to a return is WRITTEN, or marked by THUMB by a person who does not write (domain.md 6.3 T3).',
  ),
  'recipient-missing': problem(
    'invalid',
    'Recipient is missing',
    'Lipsește destinatarul',
    'Consent for this purpose names one recipient.',
  ),
  'recipient-not-fitting': problem(
    'invalid',
    'No recipient here',
    'Fără destinatar',
    'Consent for this purpose has no recipient.',
  ),
  'country-missing': problem(
    'invalid',
    'Country is missing',
    'Lipsește țara',
    'Consent across borders names the countries.',
  ),
  'child-must-be-heard': problem(
    'rule-broken',
    'Child must be heard',
    'Copilul trebuie ascultat',
    'A child of this age is heard before a guardian consents.',
  ),
  'assent-missing': problem(
    'rule-broken',
    'Child was not heard',
    'Copilul nu a fost ascultat',
    'Record the assent of the child first.',
  ),
  'self-consent-by-minor': problem(
    'rule-broken',
    'A guardian consents',
    'Consimte tutorele',
    'Below 18, or while age is disputed, a guardian consents and not the person (R-4, INV-9).',
  ),
  'guardian-consent-for-adult': problem(
    'rule-broken',
    'The adult consents',
    'Consimte adultul',
    'An adult consents in person.',
  ),
  'court-consent-for-adult': problem(
    'rule-broken',
    'No court consents for an adult',
    'Instanța nu consimte pentru un adult',
    'A court decides for a child. An adult consents in person; where life is in danger, record a disclosure without consent (R-3).',
  ),
  'evidence-missing': problem(
    'rule-broken',
    'Proof is missing',
    'Lipsește dovada',
    'Whoever records what opens the case to its own organisation says where the signed or marked sheet lies.',
  ),
  'guardian-missing': problem(
    'rule-broken',
    'Guardian is missing',
    'Lipsește tutorele',
    'No guardian is recorded who could consent for the minor.',
  ),
  'guardian-conflicted': problem(
    'rule-broken',
    'Guardian in conflict',
    'Tutore în conflict de interese',
    'A guardian who is suspected or in conflict can not consent (INV-16).',
  ),
  'not-a-minor': problem('rule-broken', 'Not a minor', 'Nu este minor', 'No minor rules apply to this person.'),
  'not-due': problem('wrong-state', 'Not due yet', 'Termenul nu s-a împlinit', 'What this ends has not run out yet.'),
  'opened-to-oneself': problem(
    'rule-broken',
    'Another one records this',
    'Altcineva consemnează aceasta',
    'A partner that was brought into the case can not record what opens it to itself.',
  ),
  'ground-does-not-fit': problem(
    'rule-broken',
    'Ground does not fit',
    'Temei nepotrivit',
    'Child-protection duty is a ground only where minor rules apply.',
  ),
} as const;
