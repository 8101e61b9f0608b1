/** Refusals of the recovery and reflection period, and of compensation. */
import { problem } from '../kinds.js';

export const REFLECTION_PROBLEMS = {
  'reflection-not-due': problem(
    'rule-broken',
    'Reflection period does not open yet',
    'Perioada de reflecție nu începe încă',
    'The decision that opens it in this country was not made. Help does not wait for it (R-1).',
  ),
  'reflection-not-applicable': problem(
    'rule-broken',
    'Reflection period is not for this person',
    'Perioada de reflecție nu se aplică',
    'The country gives it to citizens of third countries only. Help does not depend on it.',
  ),
  'reflection-running': problem(
    'rule-broken',
    'Reflection period runs',
    'Perioada de reflecție este în curs',
    'A return goes on meanwhile only where the person asked for it, in her words (INV-5).',
  ),
  'not-departed': problem(
    'rule-broken',
    'No return departed',
    'Nicio întoarcere nu a pornit',
    'The period does not end because she returned while no return of hers departed, unless she says so or whoever leads the case.',
  ),
  'reflection-too-short': problem(
    'rule-broken',
    'Reflection period would be too short',
    'Perioada de reflecție ar fi prea scurtă',
    'It does not end on cooperation before the days of the Convention are over (R-7); `details` has the moment.',
  ),
  'cooperation-ends-nothing': problem(
    'rule-broken',
    'Cooperation does not end it',
    'Cooperarea nu o încheie',
    'In this country a decision to cooperate does not end the reflection period (R-7).',
  ),
  'voucher-not-provided': problem(
    'rule-broken',
    'No advance on compensation',
    'Nu există avans din despăgubire',
    'The policy of the country names no such advance. The claim itself does not depend on it.',
  ),
} as const;
