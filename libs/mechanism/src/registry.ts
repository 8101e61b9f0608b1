/**
 * Every policy, catalogue and instrument that an event may name, by version: what was decided under an old version is
 * looked at under that version. A version is added here and never changed or removed. Source: architecture.md 3.
 */
import { calendarOf } from './calendar.js';
import { DELPHI_2009 } from './catalogue.js';
import { RA_1 } from './instrument.js';
import { ROMANIA_2026_1 } from './policies/romania-2026-1.js';
import { loadPolicy } from './policy.js';
import type {
  Calendar,
  CountryPolicy,
  IndicatorCatalogue,
  Organisation,
  Reference,
  RiskInstrument,
} from './reference.js';

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

const POLICIES = byVersion<CountryPolicy>(loadPolicy(ROMANIA_2026_1));
const CATALOGUES = byVersion<IndicatorCatalogue>(DELPHI_2009);
const INSTRUMENTS = byVersion<RiskInstrument>(RA_1);
const CALENDARS = new Map<string, Calendar>();

/** The calendar that a policy counts on; one a country and time zone. */
function calendarFor({ country, timeZone }: CountryPolicy): Calendar {
  const key = `${country} ${timeZone}`;
  const calendar = CALENDARS.get(key) ?? calendarOf(country, timeZone);
  CALENDARS.set(key, calendar);
  return calendar;
}

function find<T>(known: ReadonlyMap<string, T>, of: UnknownVersion['of'], version: string | undefined): T {
  const one = known.get(version ?? '');
  if (one === undefined) throw new UnknownVersion(of, version ?? '(none)');
  return one;
}

/** The versions on which new decisions rest, by country. */
export const CURRENT_VERSIONS: Readonly<
  Record<string, Readonly<Record<'policy' | 'catalogue' | 'instrument', string>>>
> = {
  RO: { policy: ROMANIA_2026_1.version, catalogue: DELPHI_2009.version, instrument: RA_1.version },
};

/**
 * The reference at the versions that an event's metadata names, with the organisations given. Whoever reads old
 * organisations passes them as they were (`organisationAt`). `versions` names policy, catalogue and instrument; who
 * decides adds `organisation:<id>` of those that the decision rests on.
 * @throws UnknownVersion for a policy, catalogue or instrument that this build does not have
 */
export function resolveReference(
  versions: Readonly<Record<string, string>>,
  organisations: readonly Organisation[],
): Reference {
  const policy = find(POLICIES, 'policy', versions['policy']);
  const catalogue = find(CATALOGUES, 'catalogue', versions['catalogue']);
  const instrument = find(INSTRUMENTS, 'instrument', versions['instrument']);
  return {
    policy,
    calendar: calendarFor(policy),
    catalogue,
    instrument,
    organisations: new Map(organisations.map((organisation) => [organisation.id, organisation])),
    versions: { policy: policy.version, catalogue: catalogue.version, instrument: instrument.version },
  };
}

/**
 * The reference of a country as it is today, with the organisations that a decision may rest on.
 * @throws UnknownVersion for a country without a policy
 */
export function currentReference(country: string, organisations: readonly Organisation[]): Reference {
  const versions = CURRENT_VERSIONS[country];
  if (versions === undefined) throw new UnknownVersion('policy', country);
  return resolveReference(versions, organisations);
}

/** The Romanian reference as it is today. */
export function romanianReference(organisations: readonly Organisation[]): Reference {
  return currentReference('RO', organisations);
}

/** All policies that this build knows, newest last. */
export function knownPolicies(): readonly CountryPolicy[] {
  return [...POLICIES.values()];
}
