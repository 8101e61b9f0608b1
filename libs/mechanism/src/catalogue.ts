/** The indicator catalogue and its scoring rule. Source: domain.md 3.1 to 3.3. */
import { ACT_MEANS_PURPOSE } from './catalogues/act-means-purpose-1.js';
import { OBSERVED_SIGNS } from './catalogues/observed-signs-1.js';
import { WEIGHTED_INDICATORS } from './catalogues/delphi-2009-1.js';
import type { AmpGroup } from './policy-values.js';
import {
  type AnsweredIndicator,
  type GroupedCatalogue,
  SCREENING_PROFILES,
  type ScreeningOutcome,
  type ScreeningProfile,
  type WeightedCatalogue,
} from './reference.js';

/** The six dimensions: deception, coercion, abused vulnerability at recruitment; exploitation; coercion and vulnerability there. */
export const INDICATOR_DIMENSIONS = ['DR', 'CR', 'RV', 'EX', 'CD', 'VD'] as const;
export type IndicatorDimension = (typeof INDICATOR_DIMENSIONS)[number];

type Weight = 'S' | 'M' | 'W';
/** How many strong, medium and weak indicators are present in one dimension. */
export type WeightCounts = Readonly<Record<Weight, number>>;

const NOTHING: WeightCounts = { S: 0, M: 0, W: 0 };
const INDICATORS = new Map(WEIGHTED_INDICATORS.map((row) => [row[0] as string, row]));
const GROUPS = new Map<string, AmpGroup>(ACT_MEANS_PURPOSE.map(([code, group]) => [code, group]));
const SIGNS: ReadonlySet<string> = new Set(OBSERVED_SIGNS.map(([code]) => code));

/** Weight in a profile; `undefined` where the source is not known or the profile does not have the indicator. */
function weightOf(code: string, profile: ScreeningProfile): Weight | undefined {
  const mark = INDICATORS.get(code)?.[2 + SCREENING_PROFILES.indexOf(profile)] as string | undefined;
  return mark === undefined || mark === '?' || mark === '-' ? undefined : (mark.charAt(0) as Weight);
}

/** Whether what is present makes a dimension positive: two strong, or strong with another, or three medium, or two medium and a weak. */
export function isPositive({ S, M, W }: WeightCounts): boolean {
  return S >= 2 || (S >= 1 && M + W >= 1) || M >= 3 || (M >= 2 && W >= 1);
}

/** Counts what is PRESENT, each indicator once, by dimension. SUSPECTED, ABSENT, NOT_ASKED and REFUSED count nothing. */
export function countByDimension(
  profile: ScreeningProfile,
  answers: readonly AnsweredIndicator[],
): ReadonlyMap<IndicatorDimension, WeightCounts> {
  const counts = new Map<IndicatorDimension, WeightCounts>();
  for (const code of presentCodes(answers)) {
    const weight = weightOf(code, profile);
    if (weight === undefined) continue;
    const dimension = code.slice(0, 2) as IndicatorDimension;
    const before = counts.get(dimension) ?? NOTHING;
    counts.set(dimension, { ...before, [weight]: before[weight] + 1 });
  }
  return counts;
}

/** Codes that are PRESENT, each once. */
export function presentCodes(answers: readonly AnsweredIndicator[]): ReadonlySet<string> {
  return new Set(answers.filter(({ answer }) => answer === 'PRESENT').map(({ code }) => code));
}

/**
 * An adult: exploitation, coercion there and a means at recruitment make the trafficking pattern. Any positive dimension
 * is at least WEAK: more evidence never proposes less.
 */
function adultOutcome(positive: ReadonlySet<IndicatorDimension>): ScreeningOutcome {
  const means = positive.has('DR') || positive.has('CR') || positive.has('RV');
  if (positive.has('EX') && positive.has('CD') && means) return 'STRONG';
  if ((positive.has('EX') || positive.has('CD')) && positive.size >= 2) return 'REASONABLE';
  return positive.size >= 1 ? 'WEAK' : 'NONE';
}

/** A child: no means are needed (Palermo Protocol art. 3(c), Directive 2011/36/EU art. 2(5)). */
function childOutcome(
  positive: ReadonlySet<IndicatorDimension>,
  counts: Iterable<WeightCounts>,
  anyPresent: boolean,
): ScreeningOutcome {
  if (positive.has('EX') || positive.has('CD')) return 'STRONG';
  if (positive.size > 0 || [...counts].some(({ S }) => S > 0)) return 'REASONABLE';
  return anyPresent ? 'WEAK' : 'NONE';
}

function score(profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): ScreeningOutcome {
  const counts = countByDimension(profile, answers);
  const positive = new Set([...counts].filter(([, counted]) => isPositive(counted)).map(([dimension]) => dimension));
  if (profile === 'ADULT_LABOUR' || profile === 'ADULT_SEXUAL') return adultOutcome(positive);
  return childOutcome(
    positive,
    counts.values(),
    [...presentCodes(answers)].some((code) => INDICATORS.has(code)),
  );
}

/**
 * The catalogue of 2009. `score` is pure, does not depend on the order of answers, and never falls when an indicator is
 * added as PRESENT. An indicator without a known weight in a profile counts in no dimension, but for a child its
 * presence alone is WEAK. A code that the catalogue does not have counts nothing: ask `has` first.
 */
export const DELPHI_2009: WeightedCatalogue = {
  kind: 'WEIGHTED',
  id: 'DELPHI',
  version: 'DELPHI/2009-1',
  verified: false,
  has: (code) => INDICATORS.has(code) || SIGNS.has(code),
  score,
};

/** Act, means and purpose: what is not weighed but found or not found. */
export const ACT_MEANS_PURPOSE_1: GroupedCatalogue = {
  kind: 'GROUPED',
  id: 'AMP',
  version: 'AMP/1',
  verified: false,
  has: (code) => GROUPS.has(code) || SIGNS.has(code),
  groupOf: (code) => GROUPS.get(code),
};

/**
 * Whether a screening, or what somebody else established, carries a presumption. It permits one and never makes one (INV-7):
 * a person may presume with less, giving reasons.
 */
export function presumable(
  outcome: ScreeningOutcome,
  established: { readonly selfIdentified: boolean; readonly foreignAuthorityIdentified: boolean },
): boolean {
  return (
    outcome === 'STRONG' ||
    outcome === 'REASONABLE' ||
    established.selfIdentified ||
    established.foreignAuthorityIdentified
  );
}
