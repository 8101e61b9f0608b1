/** Writes of the risk assessment stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import { AssessRiskBody, LowerRiskByProtectiveFactorsBody } from './risk-assessment.http.js';

export const RISK_ASSESSMENT_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/risk-assessments',
    command: 'AssessRisk',
    body: AssessRiskBody,
    records: 'how much danger the answers speak of',
  },
  {
    path: '/v1/cases/:caseId/risk-assessments/:assessmentId/protective-factors',
    command: 'LowerRiskByProtectiveFactors',
    body: LowerRiskByProtectiveFactorsBody,
    records: 'that something protects the person, as a second person sees it',
  },
];
