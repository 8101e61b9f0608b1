/** Writes of the country policy of a case. */
import type { FactRoute } from '../../http/fact-routes.js';
import { ChangeCasePolicyBody } from './country-policy.http.js';

export const COUNTRY_POLICY_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/policy',
    command: 'ChangeCasePolicy',
    body: ChangeCasePolicyBody,
    records: 'that the case runs under the policy version now in force',
    rejects: ['policy-not-in-force'],
  },
];
