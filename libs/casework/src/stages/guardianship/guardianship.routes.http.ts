/** Writes of the guardianship stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  AppointGuardianBody,
  FlagGuardianConflictBody,
  RecordMajorityBody,
  ReplaceGuardianBody,
} from './guardianship.http.js';

export const GUARDIANSHIP_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/guardians',
    command: 'AppointGuardian',
    body: AppointGuardianBody,
    records: 'who acts for the minor',
  },
  {
    path: '/v1/cases/:caseId/guardians/:guardianId/conflict',
    command: 'FlagGuardianConflict',
    body: FlagGuardianConflictBody,
    records: 'that a guardian is suspected or in conflict, and may not consent',
  },
  {
    path: '/v1/cases/:caseId/guardians/:guardianId/replacement',
    command: 'ReplaceGuardian',
    body: ReplaceGuardianBody,
    records: 'another guardian in place of one',
  },
  {
    path: '/v1/cases/:caseId/majority',
    command: 'RecordMajority',
    body: RecordMajorityBody,
    records: 'the 18th birthday',
    rejects: ['age-needs-document'],
  },
];
