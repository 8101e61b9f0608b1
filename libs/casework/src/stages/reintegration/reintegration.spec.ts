import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { NEW_ID, NOW, aChild, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const planId = 'plan-1';
const agree = { type: 'AgreePlan', body: { agreement: 'SIGNED', plan: 'a room, a course, a quiet year' } };
const agreed: Given = { type: 'PlanAgreed', data: { agreement: 'SIGNED', planId, nextReview: '2026-04-10T20:59:59.999Z' } };
const addGoal = {
  type: 'AddGoal',
  body: { planId, dimension: 'ECO', due: '2026-09-01T00:00:00+03:00', statement: 'work that pays', baseline: 0, target: 3 },
};
const goal: Given = { type: 'GoalAdded', data: { planId, dimension: 'ECO', due: '2026-08-31T21:00:00.000Z', goalId: 'goal-1' } };
const risk: Given = {
  type: 'RiskAssessed',
  data: { assessmentId: 'a', purpose: 'REVIEW', form: 'FULL', overall: 'LOW', redFlag: false, coreComplete: true, validUntil: '2026-06-01T00:00:00.000Z', provisional: true },
};
const review = { type: 'ReviewPlan', body: { planId, contact: 'IN_PERSON', scores: [{ dimension: 'ECO', score: 1 }] } };

describe('a reintegration plan', () => {
  it('is agreed with the person, and its words stay sealed', () => {
    const [event] = given(...notified()).when(agree).decided();
    expect(event).toMatchObject({ type: 'PlanAgreed', data: { agreement: 'SIGNED', planId: NEW_ID }, seals: ['narrative'] });
    expect(event?.data).not.toHaveProperty('plan');
  });

  it('is agreed and reviewed by people: a client system agreed with nobody', () => {
    given(...notified()).when(agree, { human: false }).thenRejects('human-required');
    given(...notified(), agreed, risk).when(review, { human: false }).thenRejects('human-required');
    expect(given(...notified(), agreed, risk).when(review).decided()).toHaveLength(1);
  });

  it('holds goals whose words and scores stay sealed', () => {
    given(...notified(), agreed).when(addGoal).then({
      type: 'GoalAdded', data: { planId, dimension: 'ECO', due: '2026-08-31T21:00:00.000Z', goalId: NEW_ID }, seals: ['narrative', 'assessment'],
    });
    given(...notified()).when(addGoal).thenRejects('not-found');
  });

  it('closes a goal once', () => {
    const close = { type: 'CloseGoal', body: { planId, goalId: 'goal-1', result: 'ACHIEVED' } };
    given(...notified(), agreed, goal).when(close).then({ type: 'GoalClosed', data: close.body });
    given(...notified(), agreed, goal, { type: 'GoalClosed', data: close.body }).when(close).thenNothing();
    given(...notified(), agreed).when(close).thenRejects('not-found');
  });

  it('is reviewed on a risk assessment that holds, and a new date follows', () => {
    given(...notified(), agreed).when(review).thenRejects('risk-missing');
    given(...notified(), agreed, risk).when(review, { now: '2026-07-01T00:00:00.000Z' }).thenRejects('risk-expired');
    const [event] = given(...notified(), agreed, risk).when(review).decided();
    expect(event).toMatchObject({ type: 'PlanReviewed', seals: ['assessment'] });
    expect((event?.data as { nextReview: string }).nextReview > NOW).toBe(true);
  });

  it('is reviewed 1, 3, 6 and 12 months after it was agreed, a child’s more often; a review that comes late skips what is over', () => {
    const valid: Given = { ...risk, data: { ...risk.data, validUntil: '2029-01-01T00:00:00.000Z' } };
    const reviewed: Given = { type: 'PlanReviewed', data: { planId, contact: 'IN_PERSON', nextReview: '2026-04-10T20:59:59.999Z' } };
    const next = (at: string, done: number, from = notified()) => {
      const before = [...from, agreed, valid, ...Array.from({ length: done }, () => reviewed)];
      const [event] = given(...before).when(review, { now: at, occurredAt: at }).decided();
      return (event?.data as { nextReview: string }).nextReview.slice(0, 10);
    };
    expect([next('2026-04-08T09:00:00.000Z', 0), next('2026-06-08T09:00:00.000Z', 1), next('2026-09-08T09:00:00.000Z', 2)]).toEqual(['2026-06-10', '2026-09-10', '2027-03-10']);
    expect(next('2026-07-01T09:00:00.000Z', 0)).toBe('2026-09-10');
    expect(next('2027-03-11T09:00:00.000Z', 3)).toBe('2027-04-11');
    expect(next('2026-04-08T09:00:00.000Z', 0, aChild())).toBe('2026-05-10');
  });

  it('owes a review until it ends', () => {
    const reviews = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'plan-review');
    expect(reviews(...notified(), agreed)).toMatchObject([{ key: planId, dueAt: '2026-04-10T20:59:59.999Z' }]);
    const ended: Given = { type: 'PlanEnded', data: { planId, end: 'COMPLETED' } };
    expect(reviews(...notified(), agreed, ended)).toEqual([]);
    given(...notified(), agreed, ended).when({ type: 'EndPlan', body: { planId, end: 'COMPLETED' } }).thenNothing();
    given(...notified(), agreed, ended).when(addGoal).thenRejects('wrong-state');
  });
});
