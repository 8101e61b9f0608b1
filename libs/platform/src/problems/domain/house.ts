/** Refusals that every part of the house shares. */
import { problem } from '../kinds.js';

export const HOUSE_PROBLEMS = {
  'not-found': problem(
    'unknown',
    'Not found',
    'Nu a fost găsit',
    'There is no such thing, or it is not yours to know: the two look alike.',
  ),
  'unknown-command': problem(
    'unknown',
    'Unknown command',
    'Comandă necunoscută',
    'No stage of this build knows the command.',
  ),
  'role-not-allowed': problem(
    'not-allowed',
    'Role not allowed',
    'Rol nepermis',
    'None of your roles on this case may do this; `details.roles` lists those that may.',
  ),
  'wrong-state': problem(
    'wrong-state',
    'Not in this state',
    'Stare nepotrivită',
    'The thing exists, but this can not happen in its present state. `details` names the state and those from which it can.',
  ),
  'case-closed': problem('wrong-state', 'Case is closed', 'Cazul este închis', 'Reopen the case first.'),
  'person-erased': problem(
    'wrong-state',
    'Person was erased',
    'Persoana a fost ștearsă',
    'An erasure was ordered. Nothing can be added about this person.',
  ),
  'statistics-only': problem(
    'rule-broken',
    'For statistics only',
    'Doar pentru statistică',
    'Nothing can be added to a notification that was made for statistics only (R-6).',
  ),
  'human-required': problem(
    'rule-broken',
    'A person must do this',
    'Este nevoie de o persoană',
    'This step is decided by a natural person, not by a client system. Ask with a token of a person.',
  ),
  'second-person-required': problem(
    'rule-broken',
    'Another person must do this',
    'Este nevoie de o a doua persoană',
    'Whoever took the first step can not take this one too.',
  ),
  'precondition-failed': problem(
    'precondition',
    'Changed since you read it',
    'Modificat între timp',
    'Read the thing again, decide again, and send its new ETag.',
  ),
  'idempotency-key-reused': problem(
    'rule-broken',
    'Key used before',
    'Cheie deja folosită',
    'The same Idempotency-Key came with another request before. Use a new one for a new wish.',
  ),
  'purpose-missing': problem(
    'invalid',
    'Purpose is missing',
    'Lipsește scopul',
    'Personal data are opened for a stated purpose; `details` lists them.',
  ),
  'reading-behind': problem(
    'unavailable',
    'Not read that far yet',
    'Încă în curs de actualizare',
    'This view has not yet read the position that you asked for. Ask again.',
  ),
} as const;
