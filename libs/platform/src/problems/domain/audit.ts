/** Refusals of auditing. */
import { problem } from '../kinds.js';

export const AUDIT_PROBLEMS = {
  'auditor-not-eligible': problem(
    'rule-broken',
    'Not an eligible auditor',
    'Auditor neeligibil',
    'The organisation is no active auditor of the directory, coordinates or reports itself, or is your own (R-11).',
  ),
  'mandate-period-wrong': problem(
    'rule-broken',
    'Period of the mandate is wrong',
    'Perioada mandatului este greșită',
    'Scope and validity begin before they end, and a mandate is valid for a year at most.',
  ),
} as const;
