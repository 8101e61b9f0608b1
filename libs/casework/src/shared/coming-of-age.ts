/**
 * The day on which a child comes of age. It tells the date of birth, so it lies sealed; a case knows no more than where.
 * Source: domain.md 12.1 R-4, Directive 2011/36/EU art. 2(6); docs/adr/0021.
 */
import type { Personal } from '#kernel';
import type { CountryPolicy } from '#mechanism';
import { type CaseFacts, underMinorRules } from './facts.js';

/** What lies in the compartment. */
export interface SealedMajority {
  /** Local date, ISO 8601. */
  readonly day: string;
}

const MAJORITY = { years: 18 } as const;

/** The local date from whose beginning somebody born on `born` is of age. A common year has no 29 February: the policy says. */
export function majorityDay(born: Personal<string, 'identity'>, { values }: CountryPolicy): string {
  const birth = Temporal.PlainDate.from(born);
  const birthday = birth.add(MAJORITY);
  const moved = birthday.day !== birth.day && values['majority.birthday'].leapDay === 'MARCH_1';
  return birthday.add({ days: moved ? 1 : 0 }).toString();
}

/** The date that a moment has in the country. */
export function localDate(moment: string, { timeZone }: CountryPolicy): string {
  return Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** Whether a sealed day may still end minor rules: on documents only, never on a claim or in doubt (INV-9). */
export function awaitsMajority(facts: CaseFacts): boolean {
  const speakFor = underMinorRules(facts) || facts.guardians.length > 0;
  return facts.majorityDays.length > 0 && facts.ageStatus === 'DOCUMENTED' && speakFor && facts.erasure === 'NONE' && !facts.statisticsOnly;
}
