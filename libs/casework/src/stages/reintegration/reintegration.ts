/**
 * Reintegration: a plan agreed with the person, goals, and reviews on time. What she wants and how far she came is sealed;
 * in clear stand dimensions and dates. Source: domain.md 7.2, 7.3.
 */
import { type Clear, type Context, type Duty, type Personal, Rejection } from '#kernel';
import { underMinorRules } from '../../shared/facts.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import { type CaseWorld, caseStage } from '../../shared/world.js';

export const GOAL_DIMENSIONS = ['ECO', 'SOC', 'PSY', 'LEG', 'HEA', 'HOU', 'EDU', 'FAM', 'SEC'] as const;
export type GoalDimension = (typeof GOAL_DIMENSIONS)[number];
export const GOAL_RESULTS = ['ACHIEVED', 'PARTLY', 'DROPPED'] as const;
export type GoalResult = (typeof GOAL_RESULTS)[number];
export const REVIEW_CONTACTS = ['IN_PERSON', 'TELEPHONE', 'VIDEO', 'THROUGH_TRUSTED_PERSON'] as const;
export type ReviewContact = (typeof REVIEW_CONTACTS)[number];
export const PLAN_ENDS = ['COMPLETED', 'DISCONTINUED'] as const;
export const AGREEMENT_FORMS = ['SIGNED', 'ORAL_WITNESSED'] as const;

/** 0 nothing of it, 4 all of it. */
export type GoalScore = 0 | 1 | 2 | 3 | 4;
export interface GoalScoreLine {
  readonly dimension: GoalDimension;
  readonly score: number;
}

export interface AgreePlan {
  agreement: (typeof AGREEMENT_FORMS)[number];
  /** What the plan says, made with the person. */
  plan: Personal<string, 'narrative'>;
}
export interface AddGoal {
  planId: string;
  dimension: GoalDimension;
  due: string;
  statement: Personal<string, 'narrative'>;
  baseline: Personal<number, 'assessment'>;
  target: Personal<number, 'assessment'>;
}
export interface CloseGoal {
  planId: string;
  goalId: string;
  result: GoalResult;
}
export interface ReviewPlan {
  planId: string;
  contact: ReviewContact;
  scores: Personal<readonly GoalScoreLine[], 'assessment'>;
  changes?: Personal<string, 'narrative'>;
}
export interface EndPlan {
  planId: string;
  end: (typeof PLAN_ENDS)[number];
}

/** The person and the case manager agreed on a plan. Not: that anything of it was done. */
export type PlanAgreed = Clear<AgreePlan> & { planId: string; nextReview: string };
/** A goal of the plan, in one dimension, with a date. */
export type GoalAdded = Clear<AddGoal> & { goalId: string };
/** The goal is over, with this result. Not: a judgement on the person. */
export type GoalClosed = CloseGoal;
/** The plan was looked at with the person. The next look is due then. */
export type PlanReviewed = Clear<ReviewPlan> & { nextReview: string };
/** The plan is over. Not: that the case is. */
export type PlanEnded = EndPlan;

interface Commands {
  AgreePlan: AgreePlan;
  AddGoal: AddGoal;
  CloseGoal: CloseGoal;
  ReviewPlan: ReviewPlan;
  EndPlan: EndPlan;
}
interface Events {
  PlanAgreed: PlanAgreed;
  GoalAdded: GoalAdded;
  GoalClosed: GoalClosed;
  PlanReviewed: PlanReviewed;
  PlanEnded: PlanEnded;
}

interface Goal {
  readonly goalId: string;
  readonly dimension: GoalDimension;
  readonly due: string;
  readonly result?: GoalResult;
}
interface Plan {
  readonly planId: string;
  readonly state: 'ACTIVE' | EndPlan['end'];
  readonly agreedAt: string;
  readonly nextReview: string;
  readonly reviews: number;
  readonly goals: readonly Goal[];
}
type Slice = readonly Plan[];

const planOf = (slice: Slice, body: object): Plan | undefined => slice.find(({ planId }) => planId === (body as { planId?: string }).planId);

function change(slice: Slice, planId: string, by: (plan: Plan) => Partial<Plan>): Slice {
  return slice.map((plan) => (plan.planId === planId ? { ...plan, ...by(plan) } : plan));
}

/** 7.3: the moments of the policy counted from the agreement, one a review and none that is over; after the last, at its usual distance. */
function nextReview({ reference: { calendar, policy }, facts, occurredAt }: Context<CaseWorld>, plan?: Plan): string {
  const moments = policy.values['reintegration.reviews'][underMinorRules(facts) ? 'minor' : 'adult'];
  const agreedAt = plan?.agreedAt ?? occurredAt;
  const ahead = moments.slice(plan === undefined ? 0 : plan.reviews + 1).map((moment) => calendar.due(agreedAt, moment));
  return ahead.find((dueAt) => dueAt > occurredAt) ?? calendar.due(occurredAt, policy.values['reintegration.review']);
}

/** 7.3: a review rests on an assessment that still holds. */
function checkRisk({ facts, now }: Context<CaseWorld>): void {
  const risk = newestRisk(facts, ['FULL']);
  if (risk === undefined) throw new Rejection('rule-broken', 'risk-missing', 'a review needs a risk assessment');
  if (!isValid(risk, now)) throw new Rejection('rule-broken', 'risk-expired', 'the risk assessment is expired');
}

const BY = ['CM', 'CP_AUTH'] as const;
const REQUIRES = ['about-a-person', 'not-erased', 'case-open'] as const;

export const reintegration = caseStage<Slice, Commands, Events>({
  name: 'reintegration',
  initial: [],
  stateOf: (slice, body) => planOf(slice, body)?.state,
  commands: {
    AgreePlan: {
      when: { by: BY, requires: ['case-exists', ...REQUIRES, 'by-a-person'], otherwise: 'services go on one by one, without a plan' },
      decide: ({ plan: _sealed, ...clear }, _slice, context) => [
        { type: 'PlanAgreed', data: { ...clear, planId: context.newId, nextReview: nextReview(context) }, seals: ['narrative'] },
      ],
    },
    AddGoal: {
      when: { from: ['ACTIVE'], by: BY, requires: REQUIRES, otherwise: 'the goal is left out' },
      decide: ({ statement: _words, baseline: _from, target: _to, due, ...clear }, _slice, { newId }) => [
        { type: 'GoalAdded', data: { ...clear, due: new Date(due).toISOString(), goalId: newId }, seals: ['narrative', 'assessment'] },
      ],
    },
    CloseGoal: {
      when: { from: ['ACTIVE'], by: BY, requires: REQUIRES, otherwise: 'the goal stays open' },
      decide(body, slice) {
        const goal = planOf(slice, body)?.goals.find(({ goalId }) => goalId === body.goalId);
        if (goal === undefined) throw new Rejection('unknown', 'not-found', 'there is no such goal in this plan');
        return goal.result === undefined ? [{ type: 'GoalClosed', data: body }] : [];
      },
    },
    ReviewPlan: {
      when: { from: ['ACTIVE'], by: BY, requires: [...REQUIRES, 'by-a-person'], limit: 'reintegration.review', otherwise: 'a new date is agreed' },
      decide(body, slice, context) {
        checkRisk(context);
        const { scores: _sealed, changes, ...clear } = body;
        const seals = changes === undefined ? (['assessment'] as const) : (['assessment', 'narrative'] as const);
        return [{ type: 'PlanReviewed', data: { ...clear, nextReview: nextReview(context, planOf(slice, body)) }, seals }];
      },
    },
    EndPlan: {
      when: { from: ['ACTIVE', ...PLAN_ENDS], by: BY, requires: REQUIRES, otherwise: 'the plan goes on' },
      decide: (body, slice) => (planOf(slice, body)?.state === 'ACTIVE' ? [{ type: 'PlanEnded', data: body }] : []),
    },
  },
  events: {
    PlanAgreed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { planId, nextReview: next }, metadata: { occurredAt: agreedAt } }) => [
        ...slice, { planId, state: 'ACTIVE', agreedAt, nextReview: next, reviews: 0, goals: [] },
      ],
    },
    GoalAdded: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { planId, goalId, dimension, due } }) =>
        change(slice, planId, ({ goals }) => ({ goals: [...goals, { goalId, dimension, due }] })),
    },
    GoalClosed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { planId, goalId, result } }) =>
        change(slice, planId, ({ goals }) => ({ goals: goals.map((goal) => (goal.goalId === goalId ? { ...goal, result } : goal)) })),
    },
    PlanReviewed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data }) => change(slice, data.planId, ({ reviews }) => ({ reviews: reviews + 1, nextReview: data.nextReview })),
    },
    PlanEnded: { schema: 1, sensitivity: 2, evolve: (slice, { data }) => change(slice, data.planId, () => ({ state: data.end })) },
  },
  view: (slice, _facts, { scope }) => ({ plans: scope === 'FULL' ? slice : [] }),
  duties(slice, { assistance, erasure }): readonly Duty[] {
    if (erasure !== 'NONE' || assistance === 'CLOSED' || assistance === 'CLOSED_REFERRED') return [];
    return slice
      .filter(({ state }) => state === 'ACTIVE')
      .map(({ planId, nextReview: dueAt }) => ({ name: 'plan-review', key: planId, dueAt, owedBy: { role: 'CM' } }));
  },
});
