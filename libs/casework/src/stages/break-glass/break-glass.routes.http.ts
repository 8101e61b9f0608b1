/** Writes of the break-glass stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import { BreakGlassBody, ReviewBreakGlassBody } from './break-glass.http.js';

export const BREAK_GLASS_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/break-glass',
    command: 'BreakGlass',
    body: BreakGlassBody,
    records: 'that a person opens a case that is not hers to see, for some hours and before witnesses; by any name of the case that she was told',
    rejects: ['second-person-required'],
  },
  {
    path: '/v1/cases/:caseId/break-glass/:openingId/review',
    command: 'ReviewBreakGlass',
    body: ReviewBreakGlassBody,
    records: 'what a second person thought of it',
    rejects: ['second-person-required'],
  },
];
