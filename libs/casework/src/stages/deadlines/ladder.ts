/**
 * What happens around a deadline that people owe, as data: when its owner is warned, when it is said that it was not met, and
 * when the coordination hears. Deadlines that have events of their own (an answer to a request, an urgent notification, a
 * disclosure to review, an assessment that runs out, a reflection period) and what is owed at once are not here: they are told
 * in their own way, and once. Source: domain.md 2.2, 2.4, 4.3, 5.2, 6.3, 7.3; the steps themselves are our proposal [D].
 */
import type { Duty } from '#kernel';
import type { Limit, PolicyValues, Reference } from '#mechanism';

/** The steps, in the order in which they come. */
export const STEPS = ['DeadlineWarned', 'DeadlineBreached', 'DeadlineEscalated'] as const;
export type Step = (typeof STEPS)[number];
/** Who hears of a step: who owes it; its supervisor and who leads the case; the coordination. */
export const TOLD = { DeadlineWarned: 'OWNER', DeadlineBreached: 'SUP', DeadlineEscalated: 'NRM_COORD' } as const satisfies Record<Step, string>;

interface Ladder {
  /** Hours before the end at which the owner is warned. */
  readonly warnedBefore: number;
  /** How long after the end it counts as not met; absent: at once. */
  readonly breachedAfter?: (policy: PolicyValues) => Limit;
  /** How long after the end the coordination hears; absent where nobody owes it and its end is no breach. */
  readonly escalatedAfter?: (policy: PolicyValues) => Limit;
}

const WITHIN_A_DAY: Ladder = { warnedBefore: 4, escalatedAfter: () => ({ hours: 12 }) };
const WITHIN_DAYS: Ladder = { warnedBefore: 24, escalatedAfter: () => ({ workingDays: 1 }) };
const WITHIN_WEEKS: Ladder = { warnedBefore: 72, escalatedAfter: () => ({ workingDays: 5 }) };

const LADDERS: Readonly<Record<string, Ladder>> = {
  'basic-needs': WITHIN_A_DAY,
  'case-manager': WITHIN_A_DAY,
  'case-management-reply': WITHIN_A_DAY,
  'risk-first-form': WITHIN_A_DAY,
  'deletion-confirmation': WITHIN_A_DAY,
  'return-handover': WITHIN_A_DAY,
  screening: WITHIN_DAYS,
  presumption: WITHIN_DAYS,
  'second-reading': WITHIN_DAYS,
  'formal-request': WITHIN_DAYS,
  'service-start': WITHIN_DAYS,
  'return-receiving-request': WITHIN_DAYS,
  'return-acknowledgement': WITHIN_DAYS,
  'return-approval': WITHIN_DAYS,
  'referral-feedback': WITHIN_WEEKS,
  'service-hold-review': WITHIN_WEEKS,
  'return-sending-assessment': WITHIN_WEEKS,
  'return-receiving-assessment': WITHIN_WEEKS,
  contest: { warnedBefore: 72 },
  'plan-review': {
    warnedBefore: 72,
    breachedAfter: (policy) => policy['reintegration.overdue'].manager,
    escalatedAfter: (policy) => policy['reintegration.overdue'].coordinator,
  },
};

/** Whether a deadline has this ladder. */
export const isWatched = ({ name }: Duty): boolean => Object.hasOwn(LADDERS, name);

/** The steps of a deadline, in their order; none of one that is not watched. */
export function stepsOf({ name }: Duty): readonly Step[] {
  const ladder = LADDERS[name];
  if (ladder === undefined) return [];
  return ladder.escalatedAfter === undefined ? ['DeadlineWarned'] : STEPS;
}

/** When a step of a watched deadline is due. Limits in days count from the local day on which the deadline ended. */
export function momentOf(step: Step, { name, dueAt }: Duty, { calendar, policy }: Reference): string {
  const ladder = LADDERS[name];
  if (step === 'DeadlineWarned') return new Date(Date.parse(dueAt) - (ladder?.warnedBefore ?? 0) * 3_600_000).toISOString();
  const after = (step === 'DeadlineBreached' ? ladder?.breachedAfter : ladder?.escalatedAfter)?.(policy.values);
  return after === undefined ? dueAt : calendar.due(dueAt, after);
}
