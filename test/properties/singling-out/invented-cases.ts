/**
 * 1,000 invented cases as they would lie in clear, drawn from one seed. Shares follow domain.md 9.3 where it gives any (sexual
 * before labour, nearly half children); the others are guesses, and stand here to be seen.
 */
import { REGIONS } from '#mechanism';

/** A case as far as it is looked at: values by field of the notification, and what happened, on which day, by whom. */
export interface InventedCase {
  readonly facts: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly type: string; readonly day: number; readonly organisation: string }[];
}

/** Mulberry32: the same numbers on every machine. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Shares = Readonly<Record<string, number>>;
const even = (names: readonly string[]): Shares => Object.fromEntries(names.map((name) => [name, 1]));
const many = (count: number, name: string): Shares => Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${String(index)}`, 1 / (1 + index)]));

/** How each field of a notification is spread. A field that is not here can not be measured: the test says so. */
export const SPREAD: Readonly<Record<string, Shares>> = {
  region: even(REGIONS.filter((region) => region !== 'UNKNOWN')), sex: { FEMALE: 78, MALE: 22 }, ageBand: { '0-13': 12, '14-17': 35, '18-25': 23, '26-40': 20, '41+': 10 },
  citizenship: { THIS_COUNTRY: 92, OTHER_EU: 2, OTHER: 6 }, form: { SEXUAL: 62, LABOUR: 24, OTHER: 14 }, signsOfChildhood: { false: 97, true: 3 },
  channel: { OUTREACH: 35, POLICE: 35, HOTLINE: 20, OTHER: 10 }, grounds: { OBSERVED_SIGNS: 60, SELF_REPORT: 25, REFERRED: 15 }, danger: { false: 88, true: 12 },
  interpreterNeeded: { false: 93, true: 7 },
  county: many(42, 'RO'), citizenshipCountry: { RO: 92, ...many(25, 'C') }, formDetail: many(19, 'F'), language: { ron: 88, ...many(20, 'l') },
};

const ORGANISATIONS = many(12, 'organisation-');
/** What may come next, how probably, and after how many days at most. */
const PATH: readonly (readonly [string, number, number])[] = [
  ['InterpreterProvided', 0.07, 1], ['RightsInformed', 0.95, 3], ['BasicNeedsMet', 0.7, 2], ['ScreeningCompleted', 0.8, 4], ['VictimPresumed', 0.7, 6], ['RiskAssessed', 0.9, 3],
  ['ConsentGiven', 0.85, 5], ['ReferralRequested', 0.8, 3], ['ReferralDeclined', 0.2, 3], ['ReferralAccepted', 0.85, 3], ['ServiceStarted', 0.8, 6], ['ConsentGiven', 0.5, 20],
  ['ReferralRequested', 0.5, 5], ['ReferralAccepted', 0.5, 4], ['ConsentWithdrawn', 0.12, 30], ['FormalIdentificationRequested', 0.4, 30], ['FormalIdentificationDeclined', 0.2, 30],
  ['VictimFormallyIdentified', 0.35, 60], ['RiskAssessed', 0.7, 30], ['ServiceEnded', 0.6, 90], ['ReturnRequested', 0.06, 60], ['PlanAgreed', 0.4, 30], ['PlanReviewed', 0.35, 40],
  ['ClosureProposed', 0.5, 120], ['CaseClosed', 0.48, 10],
];

function caseFrom(next: () => number): InventedCase {
  const pick = (shares: Shares): string => {
    let ticket = next() * Object.values(shares).reduce((sum, share) => sum + share, 0);
    return Object.keys(shares).find((name) => (ticket -= shares[name] ?? 0) < 0) ?? Object.keys(shares)[0]!;
  };
  const facts = Object.fromEntries(Object.entries(SPREAD).map(([field, shares]) => [field, pick(shares)]));
  const leader = pick(ORGANISATIONS);
  let day = Math.floor(next() * 365);
  const steps = [{ type: 'CaseNotified', day, organisation: leader }];
  for (const [type, probability, longest] of PATH) {
    if (next() > probability) continue;
    day += Math.floor(next() * (longest + 1));
    steps.push({ type, day, organisation: /^(?:Referral[AD]|Service)/.test(type) ? pick(ORGANISATIONS) : leader });
  }
  return { facts, steps };
}

/** So many cases of one year. */
export function inventedCases(count: number, seed = 20_260_302): readonly InventedCase[] {
  const next = numbers(seed);
  return Array.from({ length: count }, () => caseFrom(next));
}
