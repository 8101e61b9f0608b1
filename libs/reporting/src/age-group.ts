import type { AgeBand } from '#mechanism';

/** Groups of Directive 2011/36/EU art. 19a; bands finer than these are merged in what is published (domain.md 9.4). */
export const AGE_GROUPS = ['CHILD', 'ADULT', 'UNKNOWN'] as const;
export type AgeGroup = (typeof AGE_GROUPS)[number];

export function ageGroupOf(band: AgeBand): AgeGroup {
  if (band === 'UNKNOWN') return 'UNKNOWN';
  return band === '0-13' || band === '14-17' ? 'CHILD' : 'ADULT';
}
