/**
 * What a decision may rest on besides the case itself: country policy, working-day calendar, indicator catalogue,
 * risk instrument, and the directory of organisations, all at named versions. Source: architecture.md 3, domain.md 2.9.
 */
import type { AmpGroup, Limit, PolicyKey, PolicyValues } from './policy-values.js';
import type { IndicatorDimension } from './rules/documents.js';
import type { RiskLevel, Role, ServiceCode } from './vocabulary.js';

/** One versioned, content-hashed document a country. */
export interface CountryPolicy {
  readonly country: string;
  readonly version: string;
  /** SHA-256 of the canonical document. */
  readonly hash: string;
  /** IANA time zone in which days are counted. */
  readonly timeZone: string;
  /** Whose public holidays count, as the `date-holidays` package names countries. */
  readonly holidays: string;
  /** Keys whose value no source has confirmed; answers that rest on them say `provisional`. */
  readonly provisional: readonly PolicyKey[];
  /** Keys of which nobody knows what the country says; they stand at the default of domain.md 2.9, and are provisional. */
  readonly unknown: readonly PolicyKey[];
  readonly values: PolicyValues;
}

/** Working days of one country. Pure: the same question has the same answer for ever at one version. */
export interface Calendar {
  /** Moment (ISO, UTC) when `limit` after `from` has passed. Day limits end with the local day. */
  due(from: string, limit: Limit): string;
}

/** domain.md 5.2 provider directory entry, and the roles an organisation holds in the mechanism. */
export interface Organisation {
  readonly id: string;
  readonly name: string;
  /** Public bodies act on law, never on consent; law enforcement is a separate controller (8.1). */
  readonly kind: 'PUBLIC' | 'LAW_ENFORCEMENT' | 'NGO';
  readonly country: string;
  readonly roles: readonly Role[];
  readonly services: readonly ServiceCode[];
  /** NUTS-2 regions served; empty means all. */
  readonly regions: readonly string[];
  readonly acceptsMinors: boolean;
  readonly status: 'ACTIVE' | 'SUSPENDED';
  /** Version of the entry: stream revision. */
  readonly version: string;
}

/** What `decide` gets. Dispatch resolves it before deciding; a version it can not resolve is a 503, never a guess. */
export interface Reference {
  readonly policy: CountryPolicy;
  /** What a new case of the country would be pinned to now; another one than `policy` for a case that began before. */
  readonly inForce: CountryPolicy;
  readonly calendar: Calendar;
  readonly catalogue: IndicatorCatalogue;
  readonly instrument: RiskInstrument;
  readonly organisations: ReadonlyMap<string, Organisation>;
  /** What goes into every event's metadata: `policy`, `catalogue`, `instrument`; dispatch adds `organisation:<id>` as named. */
  readonly versions: Readonly<Record<string, string>>;
}

export const SCREENING_PROFILES = ['ADULT_LABOUR', 'CHILD_LABOUR', 'ADULT_SEXUAL', 'CHILD_SEXUAL'] as const;
export type ScreeningProfile = (typeof SCREENING_PROFILES)[number];
export const INDICATOR_ANSWERS = ['PRESENT', 'SUSPECTED', 'ABSENT', 'NOT_ASKED', 'REFUSED'] as const;
export type IndicatorAnswer = (typeof INDICATOR_ANSWERS)[number];
export const ANSWER_BASES = ['STATED', 'OBSERVED', 'DOCUMENT', 'THIRD_PARTY'] as const;
export type AnswerBasis = (typeof ANSWER_BASES)[number];
export const SCREENING_OUTCOMES = ['NONE', 'WEAK', 'REASONABLE', 'STRONG'] as const;
export type ScreeningOutcome = (typeof SCREENING_OUTCOMES)[number];

/** One indicator answered. */
export interface AnsweredIndicator {
  readonly code: string;
  readonly answer: IndicatorAnswer;
  readonly basis: AnswerBasis;
}

interface Catalogue {
  readonly id: string;
  readonly version: string;
  /** False until the weights and words were checked against their source (O-5). */
  readonly verified: boolean;
  has(code: string): boolean;
}
/** How many strong, medium and weak indicators are present in one dimension. */
export type WeightCounts = Readonly<Record<'S' | 'M' | 'W', number>>;
/** domain.md 3.1-3.2: indicators with weights. Pure and deterministic. */
export interface WeightedCatalogue extends Catalogue {
  readonly kind: 'WEIGHTED';
  /** Counts what is PRESENT, each indicator once, by dimension. SUSPECTED, ABSENT, NOT_ASKED and REFUSED count nothing. */
  counts(profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): ReadonlyMap<IndicatorDimension, WeightCounts>;
  score(profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): ScreeningOutcome;
}
/** domain.md 2.2: criteria in groups, without weights. Pure and deterministic. */
export interface GroupedCatalogue extends Catalogue {
  readonly kind: 'GROUPED';
  /** The group of a criterion; `undefined` for an observed sign, which counts in none. */
  groupOf(code: string): AmpGroup | undefined;
}
/** What a screening asks. It supports a human decision and never makes one (INV-7). */
export type IndicatorCatalogue = WeightedCatalogue | GroupedCatalogue;

/** One risk item answered. Likelihood 0-4 and impact 1-4, or not known. */
export type AnsweredRiskItem =
  | { readonly item: string; readonly answer: 'SCORED'; readonly likelihood: number; readonly impact: number }
  | { readonly item: string; readonly answer: 'NOT_ASKED' | 'REFUSED' };

/** domain.md 4.2 */
export interface RiskResult {
  readonly overall: RiskLevel;
  readonly redFlag: boolean;
  /** All core items were answered: R1, R4, R5; R9 for minors; R10 for a return. */
  readonly coreComplete: boolean;
}

/** domain.md 4.2 RA-1. Pure. */
export interface RiskInstrument {
  readonly id: string;
  readonly version: string;
  readonly verified: boolean;
  has(item: string): boolean;
  /** The items of the two questions that must be put before anything else can be asked. */
  readonly firstForm: readonly string[];
  rate(purpose: string, minor: boolean, answers: readonly AnsweredRiskItem[]): RiskResult;
}
