/** Refusals of intake: notification, the person, case managers, erasure. */
import { problem } from '../kinds.js';

export const INTAKE_PROBLEMS = {
  'sign-unknown': problem('invalid', 'Unknown sign', 'Semn necunoscut', 'The catalogue in force has no such sign.'),
  'child-needs-case': problem(
    'rule-broken',
    'A child needs a case',
    'Un copil are nevoie de un caz',
    'A child, or who may be one, is never notified for statistics only (R-4).',
  ),
  'own-notification': problem(
    'rule-broken',
    'Own notification',
    'Sesizare proprie',
    'Another organisation than the notifier opens a case.',
  ),
  'not-a-case-manager': problem(
    'rule-broken',
    'Not a case manager',
    'Nu este manager de caz',
    'The organisation is no active case manager of the directory.',
  ),
  'provision-needs-public-body': problem(
    'rule-broken',
    'Only for public bodies',
    'Doar pentru instituții publice',
    'An organisation that is no public body can not rest on a legal provision.',
  ),
  'identity-without-basis': problem(
    'rule-broken',
    'No basis to record identity',
    'Lipsește temeiul pentru identitate',
    'The identity of an adult needs live consent, or a named legal provision of a public body.',
  ),
  'identity-empty': problem(
    'invalid',
    'No identity given',
    'Nu este indicată identitatea',
    'At least one field of identity is needed.',
  ),
  'age-needs-document': problem(
    'rule-broken',
    'Age needs a document',
    'Vârsta trebuie dovedită',
    'Minor rules end only with a document that shows 18 years or more (INV-9).',
  ),
  'legal-hold': problem(
    'rule-broken',
    'Legal hold',
    'Păstrare obligatorie',
    'A legal hold suspends erasure; `details` says which.',
  ),
  'erasure-not-ordered': problem(
    'wrong-state',
    'No erasure ordered',
    'Ștergerea nu a fost dispusă',
    'Erasure is ordered first, then carried out.',
  ),
} as const;
