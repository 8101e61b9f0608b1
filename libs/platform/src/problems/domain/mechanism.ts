/** Refusals around country policies, catalogues and instruments. */
import { problem } from '../kinds.js';

export const MECHANISM_PROBLEMS = {
  'policy-invalid': problem(
    'invalid',
    'Not a policy',
    'Nu este o politică validă',
    'The document is refused; `errors` points at the key that is wrong, missing or not known.',
  ),
  'policy-version-taken': problem(
    'wrong-state',
    'Version is taken',
    'Versiunea există deja',
    'This version was published with other values; a version never changes. Publish the next one.',
  ),
  'policy-unknown': problem(
    'unknown',
    'Unknown policy version',
    'Versiune de politică necunoscută',
    'No such version was published for this country.',
  ),
  'policy-start-past': problem(
    'rule-broken',
    'Policy starts in the past',
    'Politica începe în trecut',
    'What was decided stands: a policy is put in force from now or later.',
  ),
  'policy-not-in-force': problem(
    'rule-broken',
    'Policy is not in force',
    'Politica nu este în vigoare',
    'A case changes to the version that is in force for new cases of its country, and to no other.',
  ),
  'rules-invalid': problem(
    'invalid',
    'Not a catalogue or instrument',
    'Nu este un catalog sau instrument valid',
    'The document is refused; `errors` points at the key that is wrong, missing or not known.',
  ),
  'rules-version-taken': problem(
    'wrong-state',
    'Version is taken',
    'Versiunea există deja',
    'This version was published with other values; a version never changes. Publish the next one.',
  ),
} as const;
