/**
 * The catalogues and instruments that come with this build, oldest first. One is added here and never changed or taken away:
 * another weight, another word is another version.
 */
import { ACT_MEANS_PURPOSE } from '../catalogues/act-means-purpose-1.js';
import { WEIGHTED_INDICATORS } from '../catalogues/delphi-2009-1.js';
import { OBSERVED_SIGNS } from '../catalogues/observed-signs-1.js';
import { RA_1_ITEMS, RA_1_RULES } from '../instruments/ra-1.js';
import { LIST_LABELS } from '../labels/labels.js';
import type { GroupedDocument, InstrumentDocument, Names, WeightedDocument } from './documents.js';

/** @throws Error where a code has no names: a document does not ship without them */
function namesIn(list: string, code: string): Names {
  const label = LIST_LABELS[list]?.[code];
  if (label === undefined) throw new Error(`${code} has no name in ${list}`);
  const [en, ro, lv] = label;
  return { en, ro, lv };
}

const SIGNS = OBSERVED_SIGNS.map(([code]) => ({ code, names: namesIn('OBSERVED_SIGNS', code) }));

export const DELPHI_2009_1: WeightedDocument = {
  format: 1, kind: 'WEIGHTED', version: 'DELPHI/2009-1', verified: false,
  source: 'ILO and European Commission, operational indicators of 2009, in our own words; weights unverified (O-5)',
  indicators: WEIGHTED_INDICATORS.map(([code, , adultLabour, childLabour, adultSexual, childSexual, forcedLabour]) => ({
    code, names: namesIn('WEIGHTED_INDICATORS', code),
    weights: { ADULT_LABOUR: adultLabour, CHILD_LABOUR: childLabour, ADULT_SEXUAL: adultSexual, CHILD_SEXUAL: childSexual },
    forcedLabourIndicators: forcedLabour,
  })),
  signs: SIGNS,
};

export const AMP_1: GroupedDocument = {
  format: 1, kind: 'GROUPED', version: 'AMP/1', verified: false,
  source: 'Palermo Protocol art. 3; number of boxes as in annex 1 of Cabinet Regulation 344 of Latvia, whose words were not read',
  criteria: ACT_MEANS_PURPOSE.map(([code, group]) => ({ code, group, names: namesIn('ACT_MEANS_PURPOSE', code) })),
  signs: SIGNS,
};

export const RA_1_1: InstrumentDocument = {
  format: 1, version: 'RA-1/1', verified: false,
  source: 'own proposal, domain.md 4.2, 12.1 R-2; the official form is unread (O-3)',
  items: RA_1_ITEMS.map(([item, , level]) => ({ item, level, names: namesIn('RA_1_ITEMS', item) })),
  rules: RA_1_RULES,
};

export const SHIPPED_CATALOGUES = [DELPHI_2009_1, AMP_1] as const;
export const SHIPPED_INSTRUMENTS = [RA_1_1] as const;
