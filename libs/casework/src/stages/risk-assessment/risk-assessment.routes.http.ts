/** Writes of the risk assessment stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import { AgreeSafetyPlanBody, AssessRiskBody, LowerRiskByProtectiveFactorsBody, TriggerReassessmentBody } from './risk-assessment.http.js';

export const RISK_ASSESSMENT_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/risk-assessments',
    command: 'AssessRisk',
    body: AssessRiskBody,
    records: 'how much danger the answers speak of',
    rejects: [
      'risk-item-unknown',
      'risk-item-repeated',
      'risk-item-incomplete',
      'return-half-missing',
      'form-does-not-fit',
      'first-form-incomplete',
      'core-items-missing',
    ],
  },
  {
    path: '/v1/cases/:caseId/risk-assessments/:assessmentId/protective-factors',
    command: 'LowerRiskByProtectiveFactors',
    body: LowerRiskByProtectiveFactorsBody,
    records: 'that something protects the person, as a second person sees it',
    rejects: [
      'second-person-required',
      'risk-expired',
      'critical-risk-stays',
      'lowest-risk-already',
      'core-items-missing',
    ],
  },
  {
    path: '/v1/cases/:caseId/risk-assessments/causes',
    command: 'TriggerReassessment',
    body: TriggerReassessmentBody,
    records: 'that something happened after which the risk is looked at again',
  },
  {
    path: '/v1/cases/:caseId/safety-plans',
    command: 'AgreeSafetyPlan',
    body: AgreeSafetyPlanBody,
    records: 'a safety plan that the person agreed to',
    rejects: ['risk-missing'],
  },
];
