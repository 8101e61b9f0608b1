/** The indicator catalogue and its scoring rule. Source: domain.md 3.1 to 3.3. */
import type { GroupedDocument, IndicatorDimension, WeightedDocument } from './rules/documents.js';
import type { AnsweredIndicator, GroupedCatalogue, ScreeningOutcome, ScreeningProfile, WeightCounts, WeightedCatalogue } from './reference.js';

const NOTHING: WeightCounts = { S: 0, M: 0, W: 0 };

/** Whether what is present makes a dimension positive: two strong, or strong with another, or three medium, or two medium and a weak. */
export function isPositive({ S, M, W }: WeightCounts): boolean {
  return S >= 2 || (S >= 1 && M + W >= 1) || M >= 3 || (M >= 2 && W >= 1);
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

type Counts = ReadonlyMap<IndicatorDimension, WeightCounts>;

function outcomeOf(profile: ScreeningProfile, counts: Counts, anyPresent: boolean): ScreeningOutcome {
  const positive = new Set([...counts].filter(([, counted]) => isPositive(counted)).map(([dimension]) => dimension));
  if (profile === 'ADULT_LABOUR' || profile === 'ADULT_SEXUAL') return adultOutcome(positive);
  return childOutcome(positive, counts.values(), anyPresent);
}

const idOf = (version: string): string => version.split('/')[0] ?? '';

/**
 * A catalogue of weighted indicators, as its document says. `score` is pure, does not depend on the order of answers, and never
 * falls when an indicator is added as PRESENT. An indicator without a known weight in a profile counts in no dimension, but for
 * a child its presence alone is WEAK. A code that the catalogue does not have counts nothing: ask `has` first.
 */
export function weightedCatalogue({ version, verified, indicators, signs }: WeightedDocument): WeightedCatalogue {
  const known = new Map(indicators.map(({ code, weights }) => [code, weights]));
  const seen = new Set(signs.map(({ code }) => code));
  const counts = (profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): Counts => {
    const found = new Map<IndicatorDimension, WeightCounts>();
    for (const code of presentCodes(answers)) {
      const mark = known.get(code)?.[profile];
      if (mark === undefined || mark === '?' || mark === '-') continue;
      const [dimension, weight] = [code.slice(0, 2) as IndicatorDimension, mark.charAt(0) as keyof WeightCounts];
      const before = found.get(dimension) ?? NOTHING;
      found.set(dimension, { ...before, [weight]: before[weight] + 1 });
    }
    return found;
  };
  return {
    kind: 'WEIGHTED', id: idOf(version), version, verified,
    has: (code) => known.has(code) || seen.has(code),
    counts,
    score: (profile, answers) => outcomeOf(profile, counts(profile, answers), [...presentCodes(answers)].some((code) => known.has(code))),
  };
}

/** A catalogue of criteria in groups, as its document says: what is not weighed but found or not found. */
export function groupedCatalogue({ version, verified, criteria, signs }: GroupedDocument): GroupedCatalogue {
  const groups = new Map(criteria.map(({ code, group }) => [code, group]));
  const seen = new Set(signs.map(({ code }) => code));
  return {
    kind: 'GROUPED', id: idOf(version), version, verified,
    has: (code) => groups.has(code) || seen.has(code),
    groupOf: (code) => groups.get(code),
  };
}

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
