/**
 * Defaults of the mechanism for the keys that came with format 3, as data of the documents of the second half of 2026.
 * Source: domain.md 2.4, 8.3, 12.1 R-5; the ladder around a deadline and the longest pause are our proposal.
 */
import type { PolicyValues, SecondPolicyValues } from '../policy-values.js';
import { proposed, type Stated } from './stated.js';

type AddedValues = { readonly [Key in Exclude<keyof PolicyValues, keyof SecondPolicyValues>]: Stated<PolicyValues[Key]> };

const NOT_SAID = 'no source names the steps around a deadline';

export const ADDED_2026_2: AddedValues = {
  'break_glass.open': proposed({ hours: 4 }, 'domain.md 8.3'),
  'case_manager.reply': proposed({ workingDays: 1 }, 'domain.md 2.4 C2'),
  'majority.birthday': proposed(
    { leapDay: 'MARCH_1', toldWithinDays: 7 },
    'domain.md 12.1 R-4 is silent on 29 February: one day more of minor rules is the safer reading for a child; docs/adr/0021',
  ),
  'deadline.ladder': proposed(
    {
      WITHIN_A_DAY: { warned: { hours: 4 }, escalated: { hours: 12 } },
      WITHIN_DAYS: { warned: { hours: 24 }, escalated: { workingDays: 1 } },
      WITHIN_WEEKS: { warned: { hours: 72 }, escalated: { workingDays: 5 } },
    },
    NOT_SAID,
  ),
  'screening.not_now_max': proposed({ days: 30 }, 'domain.md 12.1 R-5; no source names how long'),
};
