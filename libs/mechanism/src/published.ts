/** What anyone in the mechanism may read of its rules: every value with its source, and whether anybody confirmed it. */
import { OBSERVED_SIGNS } from './catalogues/observed-signs-1.js';
import { WEIGHTED_INDICATORS } from './catalogues/delphi-2009-1.js';
import { ACT_MEANS_PURPOSE } from './catalogues/act-means-purpose-1.js';
import { ACT_MEANS_PURPOSE_1, DELPHI_2009 } from './catalogue.js';
import { RA_1 } from './instrument.js';
import type { Labels } from './labels/label.js';
import { COMMON_LABELS, LIST_LABELS } from './labels/labels.js';
import { RA_1_ITEMS, RA_1_RULES } from './instruments/ra-1.js';
import type { PolicyBook, PublishedPolicy } from './policies/policy-book.js';
import { type IndicatorCatalogue, type RiskInstrument, SCREENING_PROFILES } from './reference.js';

/** A document as it was published, with its hash and what of it nobody confirmed or knows. */
export function policyPage({ document, policy, publishedAt }: PublishedPolicy): object {
  const { hash, provisional, unknown } = policy;
  return { ...document, hash, publishedAt, provisional, unknown };
}

/** The policy in force for new cases of a country, and all that ever was; `undefined` for a country without one. */
export function publishedPolicy(policies: PolicyBook, country: string, now: string): object | undefined {
  const inForce = policies.inForce(country, now);
  if (inForce === undefined) return undefined;
  const { published, activations } = policies.history(country);
  const versions = published.map(({ policy: { version, hash }, publishedAt }) => ({ version, hash, publishedAt }));
  return { ...policyPage(policies.at(inForce.version)), versions, activations };
}

const nameOf = ({ id, version, verified }: IndicatorCatalogue | RiskInstrument) => ({ id, version, verified });

/** The indicators with their weights by profile, the unweighted signs, and the risk items. */
export function publishedCatalogues(): object {
  const indicators = WEIGHTED_INDICATORS.map(([code, text, ...rest]) => ({
    code,
    text,
    weights: Object.fromEntries(SCREENING_PROFILES.map((profile, index) => [profile, rest[index]])),
    forcedLabourIndicators: rest[4],
  }));
    const criteria = ACT_MEANS_PURPOSE.map(([code, group, text]) => ({ code, group, text }));
  const signs = OBSERVED_SIGNS.map(([code, text]) => ({ code, text }));
  const items = RA_1_ITEMS.map(([item, text, level]) => ({ item, text, level }));
  return {
    catalogues: [{ ...nameOf(DELPHI_2009), indicators, signs }, { ...nameOf(ACT_MEANS_PURPOSE_1), criteria, signs }],
    instruments: [{ ...nameOf(RA_1), items, rules: RA_1_RULES }],
  };
}

const named = (labels: Labels): object =>
  Object.fromEntries(Object.entries(labels).map(([code, [en, ro, lv]]) => [code, { en, ro, lv }]));

/** The names of all codes, by language. */
export function publishedLabels(): object {
  return {
    common: named(COMMON_LABELS),
    lists: Object.fromEntries(Object.entries(LIST_LABELS).map(([list, labels]) => [list, named(labels)])),
  };
}
