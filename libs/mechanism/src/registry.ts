/**
 * Every catalogue and instrument that an event may name, by version, and the policies that come with this build: what was
 * decided under an old version is looked at under that version. A version is added here and never changed or removed.
 * Source: architecture.md 3.
 */
import { calendarOf } from './calendar.js';
import { groupedCatalogue, weightedCatalogue } from './catalogue.js';
import { riskInstrument } from './instrument.js';
import { SHIPPED_POLICIES } from './policies/shipped.js';
import { loadPolicy } from './policy.js';
import type {
  Calendar,
  CountryPolicy,
  IndicatorCatalogue,
  Organisation,
  Reference,
  RiskInstrument,
} from './reference.js';
import type { RuleBook } from './rules/rule-book.js';
import { AMP_1, DELPHI_2009_1, RA_1_1 } from './rules/shipped.js';

/** An event or a request names a version that this build does not have. Nothing is decided on a guess: it is a 503. */
export class UnknownVersion extends Error {
  override readonly name = 'UnknownVersion';

  constructor(
    readonly of: 'policy' | 'catalogue' | 'instrument' | 'organisation',
    readonly version: string,
  ) {
    super(`${of} ${version} is not known to this build`);
  }
}

function byVersion<T extends { readonly version: string }>(...known: readonly T[]): ReadonlyMap<string, T> {
  return new Map(known.map((one) => [one.version, one]));
}

const POLICIES = byVersion<CountryPolicy>(...SHIPPED_POLICIES.map(loadPolicy));
export const DELPHI_2009 = weightedCatalogue(DELPHI_2009_1);
export const ACT_MEANS_PURPOSE_1 = groupedCatalogue(AMP_1);
export const RA_1 = riskInstrument(RA_1_1);
const CATALOGUES = byVersion<IndicatorCatalogue>(DELPHI_2009, ACT_MEANS_PURPOSE_1);
const INSTRUMENTS = byVersion<RiskInstrument>(RA_1);
const CALENDARS = new Map<string, Calendar>();

/** The calendar that a policy counts on; one a country and time zone. */
function calendarFor({ holidays, timeZone }: CountryPolicy): Calendar {
  const key = `${holidays} ${timeZone}`;
  const calendar = CALENDARS.get(key) ?? calendarOf(holidays, timeZone);
  CALENDARS.set(key, calendar);
  return calendar;
}

/** What was published besides what comes with this build. */
export type PublishedRules = Pick<RuleBook, 'catalogues' | 'instruments'>;
const NONE: PublishedRules = { catalogues: new Map(), instruments: new Map() };

/** @throws UnknownVersion for a version that was neither published nor comes with this build */
export function catalogueAt(version: string | undefined, rules: PublishedRules = NONE): IndicatorCatalogue {
  return rules.catalogues.get(version ?? '')?.made ?? find(CATALOGUES, 'catalogue', version);
}

/** @throws UnknownVersion for a version that was neither published nor comes with this build */
export function instrumentAt(version: string | undefined, rules: PublishedRules = NONE): RiskInstrument {
  return rules.instruments.get(version ?? '')?.made ?? find(INSTRUMENTS, 'instrument', version);
}

function find<T>(known: ReadonlyMap<string, T>, of: UnknownVersion['of'], version: string | undefined): T {
  const one = known.get(version ?? '');
  if (one === undefined) throw new UnknownVersion(of, version ?? '(none)');
  return one;
}

/** A policy that comes with this build. @throws UnknownVersion */
export function shippedPolicy(version: string): CountryPolicy {
  return find(POLICIES, 'policy', version);
}

/**
 * What a decision under a policy rests on: the policy names its catalogue, its instrument and its calendar.
 * @throws UnknownVersion when what the policy names was neither published nor comes with this build
 */
export function referenceUnder(
  policy: CountryPolicy, inForce: CountryPolicy, organisations: ReadonlyMap<string, Organisation>, rules: PublishedRules = NONE,
): Reference {
  const catalogue = catalogueAt(policy.values['id.catalogue'], rules);
  const instrument = instrumentAt(policy.values['risk.instrument'], rules);
  return {
    policy,
    inForce,
    calendar: calendarFor(policy),
    catalogue,
    instrument,
    organisations,
    versions: { policy: policy.version, catalogue: catalogue.version, instrument: instrument.version },
  };
}

function byId(organisations: readonly Organisation[]): ReadonlyMap<string, Organisation> {
  return new Map(organisations.map((organisation) => [organisation.id, organisation]));
}

/**
 * The reference as it was at the versions that an event names, with the entries of the organisations that it names.
 * @throws UnknownVersion when this build does not have one of the versions
 */
export function resolveReference(versions: Readonly<Record<string, string>>, organisations: readonly Organisation[]): Reference {
  const policy = shippedPolicy(versions['policy'] ?? '');
  const reference = referenceUnder(policy, policy, byId(organisations));
  const catalogue = catalogueAt(versions['catalogue']);
  const instrument = instrumentAt(versions['instrument']);
  return { ...reference, catalogue, instrument, versions: { policy: policy.version, catalogue: catalogue.version, instrument: instrument.version } };
}

/** The newest policy of a country that comes with this build. @throws UnknownVersion for a country without one */
export function newestShipped(country: string): CountryPolicy {
  const newest = knownPolicies().findLast((policy) => policy.country === country);
  if (newest === undefined) throw new UnknownVersion('policy', country);
  return newest;
}

/**
 * The reference of a country under the newest policy that comes with this build: for specifications and tools. A running
 * mechanism asks its log which policy is in force.
 * @throws UnknownVersion for a country without a policy
 */
export function shippedReference(country: string, organisations: readonly Organisation[]): Reference {
  const policy = newestShipped(country);
  return referenceUnder(policy, policy, byId(organisations));
}

/** The Romanian reference under the newest policy that comes with this build. */
export function romanianReference(organisations: readonly Organisation[]): Reference {
  return shippedReference('RO', organisations);
}

/** All policies that come with this build, oldest first. */
export function knownPolicies(): readonly CountryPolicy[] {
  return [...POLICIES.values()];
}
