/**
 * What happens around a deadline that people owe: when its owner is warned, when it is said that it was not met, and when the
 * coordination hears. Which ladder a deadline has stands here, how long its steps take in the country's policy. Deadlines that have events of their own (an answer to a request, an urgent notification, a
 * disclosure to review, an assessment that runs out, a reflection period) and what is owed at once are not here: they are told
 * in their own way, and once. Source: domain.md 2.2, 2.4, 4.3, 5.2, 6.3, 7.3.
 */
import type { Duty } from '#kernel';
import type { LadderName, Limit, PolicyValues, Reference } from '#mechanism';

/** The steps, in the order in which they come. */
export const STEPS = ['DeadlineWarned', 'DeadlineBreached', 'DeadlineEscalated'] as const;
export type Step = (typeof STEPS)[number];
/** Who hears of a step: who owes it; its supervisor and who leads the case; the coordination. */
export const TOLD = { DeadlineWarned: 'OWNER', DeadlineBreached: 'SUP', DeadlineEscalated: 'NRM_COORD' } as const satisfies Record<Step, string>;

interface Ladder {
  readonly limits: LadderName;
  /** Owed from the moment it arises, or told then: nobody is warned of it again. */
  readonly unwarned?: true;
  /** How long after the end it counts as not met; absent: at once. */
  readonly breachedAfter?: (policy: PolicyValues) => Limit;
  /** How long after the end the coordination hears; absent where its end is no breach: nobody owes it, or the clock does it. */
  readonly escalatedAfter?: (policy: PolicyValues) => Limit;
}

const ladder = (limits: LadderName): Ladder => ({ limits, escalatedAfter: (policy) => policy['deadline.ladder'][limits].escalated });
const WITHIN_A_DAY = ladder('WITHIN_A_DAY');
const WITHIN_DAYS = ladder('WITHIN_DAYS');
const WITHIN_WEEKS = ladder('WITHIN_WEEKS');

const AT_ONCE: Ladder = {
  limits: 'WITHIN_DAYS',
  unwarned: true,
  breachedAfter: (policy) => policy['deadline.ladder'].WITHIN_A_DAY.escalated,
  escalatedAfter: (policy) => policy['deadline.ladder'].WITHIN_DAYS.escalated,
};

const LADDERS: Readonly<Record<string, Ladder>> = {
  'basic-needs': WITHIN_A_DAY,
  'case-manager': WITHIN_A_DAY,
  'case-management-reply': WITHIN_A_DAY,
  'other-case-manager': WITHIN_A_DAY,
  'risk-first-form': WITHIN_A_DAY,
  'deletion-confirmation': WITHIN_A_DAY,
  'return-deletion-operator': WITHIN_A_DAY,
  'return-deletion-receiver': WITHIN_A_DAY,
  'formal-request-deletion': WITHIN_A_DAY,
  'return-arrival': WITHIN_A_DAY,
  'return-handover': WITHIN_A_DAY,
  'onward-referral': { ...WITHIN_A_DAY, unwarned: true },
  'break-glass-review': WITHIN_A_DAY,
  'rights-information': AT_ONCE,
  'guardian-appointment': AT_ONCE,
  'return-search': AT_ONCE,
  screening: WITHIN_DAYS,
  presumption: WITHIN_DAYS,
  'second-reading': WITHIN_DAYS,
  'formal-request': WITHIN_DAYS,
  'needs-assessment': WITHIN_DAYS,
  'support-plan': WITHIN_DAYS,
  'move-on-plan': WITHIN_DAYS,
  'safety-plan': WITHIN_DAYS,
  'compensation-voucher': WITHIN_DAYS,
  'disclosure-told': { ...WITHIN_A_DAY, unwarned: true },
  'reflection-period-offer': WITHIN_DAYS,
  'service-start': WITHIN_DAYS,
  'service-funding-decision': WITHIN_DAYS,
  'return-receiving-request': WITHIN_DAYS,
  'return-acknowledgement': WITHIN_DAYS,
  'return-approval': WITHIN_DAYS,
  'referral-feedback': WITHIN_WEEKS,
  'service-hold-review': WITHIN_WEEKS,
  'referral-queue-review': WITHIN_WEEKS,
  'service-funding-queue': WITHIN_WEEKS,
  'majority-reask': WITHIN_WEEKS,
  'return-follow-up': WITHIN_DAYS,
  'follow-up-consent': WITHIN_DAYS,
  'return-sending-assessment': WITHIN_WEEKS,
  'return-receiving-assessment': WITHIN_WEEKS,
  'service-limit': WITHIN_WEEKS,
  'service-suspension-limit': WITHIN_WEEKS,
  contest: { limits: 'WITHIN_WEEKS' },
  retention: { limits: 'WITHIN_WEEKS' },
  'plan-review': {
    limits: 'WITHIN_WEEKS',
    breachedAfter: (policy) => policy['reintegration.overdue'].manager,
    escalatedAfter: (policy) => policy['reintegration.overdue'].coordinator,
  },
};

/** Whether a deadline has this ladder. */
export const isWatched = ({ name }: Duty): boolean => Object.hasOwn(LADDERS, name);

/** The steps of a deadline, in their order; none of one that is not watched. */
export function stepsOf({ name }: Duty): readonly Step[] {
  const found = LADDERS[name];
  if (found === undefined) return [];
  if (found.unwarned === true) return STEPS.slice(STEPS.indexOf('DeadlineBreached'));
  return found.escalatedAfter === undefined ? ['DeadlineWarned'] : STEPS;
}

const HOUR = 3_600_000;

/** When a step of a watched deadline is due. Limits in days count from the local day on which the deadline ended. */
export function momentOf(step: Step, { name, dueAt }: Duty, { calendar, policy: { values } }: Reference): string {
  const found = LADDERS[name];
  if (found === undefined) return dueAt;
  if (step === 'DeadlineWarned') return new Date(Date.parse(dueAt) - values['deadline.ladder'][found.limits].warned.hours * HOUR).toISOString();
  const after = (step === 'DeadlineBreached' ? found.breachedAfter : found.escalatedAfter)?.(values);
  return after === undefined ? dueAt : calendar.due(dueAt, after);
}
