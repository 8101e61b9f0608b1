/** Refusals of risk assessment. */
import { problem } from '../kinds.js';

export const RISK_PROBLEMS = {
  'risk-item-unknown': problem(
    'rule-broken',
    'Unknown risk item',
    'Element de risc necunoscut',
    'The instrument in force has no such item.',
  ),
  'risk-item-repeated': problem(
    'rule-broken',
    'Item answered twice',
    'Element cu două răspunsuri',
    'Each item is answered once.',
  ),
  'risk-item-incomplete': problem(
    'rule-broken',
    'Item is incomplete',
    'Element incomplet',
    'A scored item has a likelihood and an impact; another has neither.',
  ),
  'return-half-missing': problem(
    'rule-broken',
    'Which half of the return',
    'Lipsește partea returnării',
    'A RETURN assessment is of the sending or of the receiving half, and no other assessment is.',
  ),
  'form-does-not-fit': problem(
    'rule-broken',
    'Form does not fit',
    'Formular nepotrivit',
    'The two-question form is for the first contact, a desk assessment for a person who is not there (R-2).',
  ),
  'first-form-incomplete': problem(
    'rule-broken',
    'Both questions are needed',
    'Sunt necesare ambele întrebări',
    'The first form asks for urgent medical need and for threats (R-2).',
  ),
  'core-items-missing': problem(
    'rule-broken',
    'Core items are missing',
    'Lipsesc elementele de bază',
    'LOW, and some purposes, need an answer to every core item (R-2).',
  ),
  'critical-risk-stays': problem(
    'rule-broken',
    'Risk is not lowered',
    'Riscul nu se reduce',
    'A red flag or a CRITICAL level is not lowered by protective factors.',
  ),
  'lowest-risk-already': problem(
    'rule-broken',
    'Lowest level already',
    'Nivelul este deja minim',
    'There is no lower level.',
  ),
} as const;
