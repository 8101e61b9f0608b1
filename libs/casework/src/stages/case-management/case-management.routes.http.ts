/** Writes of needs and plan. */
import type { FactRoute } from '../../http/fact-routes.js';
import { AgreeContactChannelsBody, AgreeSupportPlanBody, AskForOtherManagerBody, AssessNeedsBody, RecordContactAttemptBody } from './case-management.http.js';

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
  {
    path: '/v1/cases/:caseId/contact-channels',
    command: 'AgreeContactChannels',
    body: AgreeContactChannelsBody,
    records: 'in which ways the person may be looked for without harm',
  },
  {
    path: '/v1/cases/:caseId/contact-attempts',
    command: 'RecordContactAttempt',
    body: RecordContactAttemptBody,
    records: 'that somebody tried to reach her, in a way that she called safe',
    rejects: ['contact-not-agreed'],
  },
];
