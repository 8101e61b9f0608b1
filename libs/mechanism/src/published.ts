/** What anyone in the mechanism may read of its rules: every value with its source, and whether anybody confirmed it. */
import { OBSERVED_SIGNS } from './catalogues/observed-signs-1.js';
import { WEIGHTED_INDICATORS } from './catalogues/delphi-2009-1.js';
import { DELPHI_2009 } from './catalogue.js';
import { RA_1 } from './instrument.js';
import { RA_1_ITEMS } from './instruments/ra-1.js';
import { ROMANIA_2026_1 } from './policies/romania-2026-1.js';
import { SCREENING_PROFILES } from './reference.js';
import { currentReference } from './registry.js';

const DOCUMENTS = [ROMANIA_2026_1];

/**
 * The policy document in force for a country, with its hash.
 * @throws UnknownVersion for a country without a policy
 */
export function publishedPolicy(country: string): object {
  const { policy } = currentReference(country, []);
  const document = DOCUMENTS.find(({ version }) => version === policy.version);
  return { ...document, hash: policy.hash };
}

/** The indicators with their weights by profile, the unweighted signs, and the risk items. */
export function publishedCatalogues(): object {
  const indicators = WEIGHTED_INDICATORS.map(([code, text, ...rest]) => ({
    code,
    text,
    weights: Object.fromEntries(SCREENING_PROFILES.map((profile, index) => [profile, rest[index]])),
    forcedLabourIndicators: rest[4],
  }));
  const { id, version, verified } = DELPHI_2009;
  const items = RA_1_ITEMS.map(([item, text, level]) => ({ item, text, level }));
  return {
    catalogues: [{ id, version, verified, indicators, signs: OBSERVED_SIGNS.map(([code, text]) => ({ code, text })) }],
    instruments: [{ id: RA_1.id, version: RA_1.version, verified: RA_1.verified, items }],
  };
}
