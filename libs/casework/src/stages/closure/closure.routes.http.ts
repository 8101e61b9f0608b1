/** Writes of the closure stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import { ApproveClosureBody, ProposeClosureBody, RejectClosureBody, ReopenCaseBody } from './closure.http.js';

const PROPOSAL = '/v1/cases/:caseId/closure/:proposalId';

export const CLOSURE_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/closure',
    command: 'ProposeClosure',
    body: ProposeClosureBody,
    records: 'that one person holds the case may end',
    rejects: ['closure-not-talked-over', 'contact-not-sought', 'risk-missing', 'risk-expired', 'core-items-missing', 'risk-too-high', 'move-on-running', 'services-open'],
  },
  {
    path: `${PROPOSAL}/approval`,
    command: 'ApproveClosure',
    body: ApproveClosureBody,
    records: 'that another person agrees: the case is closed',
    // What it was proposed with is still there; it may have run out.
    rejects: ['second-person-required', 'contact-not-sought', 'risk-expired', 'core-items-missing', 'risk-too-high', 'move-on-running', 'services-open'],
  },
  {
    path: `${PROPOSAL}/rejection`,
    command: 'RejectClosure',
    body: RejectClosureBody,
    records: 'that the case goes on',
  },
  {
    path: '/v1/cases/:caseId/reopening',
    command: 'ReopenCase',
    body: ReopenCaseBody,
    records: 'that the case goes on after it was closed',
  },
];
