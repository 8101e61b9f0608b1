/** The names of all codes in one place. Source: domain.md, lists named at each table. */
import { ACT_MEANS_PURPOSE } from '../catalogues/act-means-purpose-1.js';
import { WEIGHTED_INDICATORS } from '../catalogues/delphi-2009-1.js';
import { OBSERVED_SIGNS } from '../catalogues/observed-signs-1.js';
import { RA_1_ITEMS } from '../instruments/ra-1.js';
import { CONSENT_LABELS, CONTACT_LABELS, PERSON_LABELS } from './case-codes.js';
import { CRITERION_TRANSLATIONS, INDICATOR_TRANSLATIONS, type Translations } from './indicators.js';
import type { Label, Labels } from './label.js';
import { CLAIM_LABELS, EXTENSION_LABELS, FUNDING_LABELS, PROCEEDINGS_LABELS } from './reflection-and-proceedings.js';
import { RISK_ITEM_TRANSLATIONS } from './risk-items.js';
import { GOAL_DIMENSION_LABELS, ROLE_LABELS, SERVICE_LABELS } from './roles-and-services.js';
import { SIGN_TRANSLATIONS } from './signs.js';
import { IDENTIFICATION_LABELS, REFERRAL_LABELS, RETURN_LABELS, RISK_LABELS } from './step-codes.js';

/** @throws Error where a text has no translation: a catalogue does not ship without one */
function translated(rows: Iterable<readonly [code: string, english: string]>, translations: Translations): Labels {
  return Object.fromEntries(
    [...rows].map(([code, english]) => {
      const translation = translations[code];
      if (translation === undefined) throw new Error(`${code} has no translation`);
      return [code, [english, ...translation] as const];
    }),
  );
}

/** Lists whose codes have names of their own, by the name of the list. */
export const LIST_LABELS: Readonly<Record<string, Labels>> = {
  ROLES: ROLE_LABELS,
  SERVICE_CODES: SERVICE_LABELS,
  GOAL_DIMENSIONS: GOAL_DIMENSION_LABELS,
  EXTENSION_REASONS: EXTENSION_LABELS,
  COMPENSATION_CLAIMS: CLAIM_LABELS,
  FUNDING_DECISIONS: FUNDING_LABELS,
  WEIGHTED_INDICATORS: translated(WEIGHTED_INDICATORS.map(([code, text]) => [code, text]), INDICATOR_TRANSLATIONS),
  ACT_MEANS_PURPOSE: translated(ACT_MEANS_PURPOSE.map(([code, , text]) => [code, text]), CRITERION_TRANSLATIONS),
  OBSERVED_SIGNS: translated(OBSERVED_SIGNS, SIGN_TRANSLATIONS),
  RA_1_ITEMS: translated(RA_1_ITEMS.map(([item, text]) => [item, text]), RISK_ITEM_TRANSLATIONS),
};

/** Codes that mean the same in every other list. */
export const COMMON_LABELS: Labels = {
  ...PERSON_LABELS, ...CONTACT_LABELS, ...CONSENT_LABELS, ...IDENTIFICATION_LABELS, ...RISK_LABELS, ...REFERRAL_LABELS, ...RETURN_LABELS,
  ...PROCEEDINGS_LABELS,
};

/** The names of a code as its list means it; `undefined` for a code that nobody named. */
export function labelOf(list: string, code: string): Label | undefined {
  const labels = LIST_LABELS[list] ?? COMMON_LABELS;
  return Object.hasOwn(labels, code) ? labels[code] : undefined;
}
