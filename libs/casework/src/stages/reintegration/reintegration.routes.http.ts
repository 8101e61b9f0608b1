/** Writes of the reintegration stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import { AddGoalBody, AgreePlanBody, CloseGoalBody, EndPlanBody, ReviewPlanBody } from './reintegration.http.js';

const PLAN = '/v1/plans/:planId';

export const REINTEGRATION_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/plans',
    command: 'AgreePlan',
    body: AgreePlanBody,
    records: 'a plan made with the person',
  },
  { path: `${PLAN}/goals`, command: 'AddGoal', body: AddGoalBody, records: 'a goal of the plan' },
  { path: `${PLAN}/goals/:goalId/result`, command: 'CloseGoal', body: CloseGoalBody, records: 'how a goal ended' },
  {
    path: `${PLAN}/reviews`,
    command: 'ReviewPlan',
    body: ReviewPlanBody,
    records: 'that the plan was looked at with the person',
    rejects: ['risk-missing', 'risk-expired'],
  },
  {
    path: `${PLAN}/end`,
    command: 'EndPlan',
    body: EndPlanBody,
    records: 'that the plan is over',
    neverMeets: { 'wrong-state': 'a plan that is over stays over' },
  },
];
