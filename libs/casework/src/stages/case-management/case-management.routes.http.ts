/** Writes of needs and plan. */
import type { FactRoute } from '../../http/fact-routes.js';
import { AgreeSupportPlanBody, AskForOtherManagerBody, AssessNeedsBody } from './case-management.http.js';

export const CASE_MANAGEMENT_ROUTES: readonly FactRoute[] = [
  { path: '/v1/cases/:caseId/needs', command: 'AssessNeeds', body: AssessNeedsBody, records: 'what the person needs, by service' },
  {
    path: '/v1/cases/:caseId/support-plan',
    command: 'AgreeSupportPlan',
    body: AgreeSupportPlanBody,
    records: 'a plan for support and safety; a draft where the person did not sign',
  },
  {
    path: '/v1/cases/:caseId/case-manager/other',
    command: 'AskForOtherManager',
    body: AskForOtherManagerBody,
    records: 'that the person asks for another case manager',
  },
];
