/** Refusals of identification: rights, screening, presumption, formal decision. */
import { problem } from '../kinds.js';

export const IDENTIFICATION_PROBLEMS = {
  'rights-not-informed': problem(
    'rule-broken',
    'Rights not explained yet',
    'Drepturile nu au fost explicate',
    'Record the rights information first (R-5).',
  ),
  'interpreter-missing': problem(
    'rule-broken',
    'Interpreter is missing',
    'Lipsește interpretul',
    'The person needs an interpreter, and none was there (R-5).',
  ),
  'witness-missing': problem(
    'rule-broken',
    'Witness is missing',
    'Lipsește martorul',
    'A refusal to sign, and an oral consent that opens the case to who writes it down, name a witness: another person than the writer.',
  ),
  'pause-over': problem(
    'invalid',
    'Moment has passed',
    'Momentul a trecut',
    'After "not now" the person is asked again at a later moment.',
  ),
  'pause-too-long': problem(
    'rule-broken',
    'Pause is too long',
    'Amânarea este prea lungă',
    'One "not now" pauses the screening for as long as the country policy lets it; then the person is asked again (R-5).',
  ),
  'setting-not-safe': problem(
    'rule-broken',
    'Setting is not safe',
    'Cadrul nu este sigur',
    'No interview is held where the person is not safe.',
  ),
  'stated-without-interview': problem(
    'rule-broken',
    'Nobody was interviewed',
    'Nu a avut loc un interviu',
    'An observation holds no answers that the person stated.',
  ),
  'profile-does-not-fit-age': problem(
    'rule-broken',
    'Profile does not fit the age',
    'Profilul nu corespunde vârstei',
    'Under minor rules the profile of a child is used, else that of an adult.',
  ),
  'indicator-unknown': problem(
    'invalid',
    'Unknown indicator',
    'Indicator necunoscut',
    'The catalogue in force has no such indicator.',
  ),
  'indicator-repeated': problem(
    'invalid',
    'Indicator answered twice',
    'Indicator cu două răspunsuri',
    'Each indicator is answered once.',
  ),
  'identification-rule-missing': problem(
    'unavailable',
    'Identification rule is missing',
    'Lipsește regula de identificare',
    'This build can not apply the rule that the country policy names; it is never replaced silently (R-10).',
  ),
  'screening-missing': problem(
    'rule-broken',
    'Screening is missing',
    'Lipsește evaluarea preliminară',
    'Nobody is screened out without a screening.',
  ),
  'grounds-missing': problem(
    'rule-broken',
    'Grounds are missing',
    'Lipsesc motivele',
    'Without a screening that speaks for it, a presumption states its grounds.',
  ),
  'decider-not-authorised': problem(
    'not-allowed',
    'Not a deciding authority',
    'Fără competență de decizie',
    'The country policy in force does not name your role as deciding (INV-8).',
  ),
  'reason-missing': problem(
    'invalid',
    'Reason is missing',
    'Lipsește motivul',
    'A refusal, and what is admitted out of time, state their reason by code.',
  ),
  'decision-too-early': problem(
    'rule-broken',
    'Too early for a decision',
    'Prea devreme pentru o decizie',
    'The country leaves the person time after the presumption before anything final is decided.',
  ),
  'commission-incomplete': problem(
    'rule-broken',
    'Commission is incomplete',
    'Comisia nu este completă',
    'The commission decides only where every profession that the country policy names is present.',
  ),
  'certificate-never-refuses': problem(
    'rule-broken',
    'A certificate refuses nobody',
    'Un certificat nu refuză pe nimeni',
    'A certificate says that the person is a victim. Who has none is not refused by it; who has one is not refused for her criteria.',
  ),
  'decision-final': problem(
    'rule-broken',
    'Decision is final',
    'Decizia este definitivă',
    'The refusal was reconsidered once already.',
  ),
  'contest-over': problem(
    'invalid',
    'End of the time to contest is over already',
    'Termenul de contestare a trecut deja',
    'A refusal can still be contested when it is recorded. Without the stated end, the days of the country policy count from then.',
  ),
  'out-of-time': problem(
    'rule-broken',
    'Out of time',
    'Termen depășit',
    'The time for this request has passed; a supervisor may admit it.',
  ),
} as const;
