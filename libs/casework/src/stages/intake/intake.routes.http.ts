/** Writes of the intake stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  AssignCaseManagerBody,
  LiftLegalHoldBody,
  NotifyCaseBody,
  NotifyForStatisticsBody,
  OpenNotificationBody,
  OrderErasureBody,
  PlaceLegalHoldBody,
  RecordAgeBody,
  RecordBasicNeedsBody,
  RecordIdentityBody,
  RecordInterpreterBody,
} from './intake.http.js';

export const INTAKE_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases',
    command: 'NotifyCase',
    body: NotifyCaseBody,
    records: 'that somebody may need the mechanism',
    rejects: ['ground-missing', 'sign-unknown'],
  },
  {
    path: '/v1/statistics-notifications',
    command: 'NotifyForStatistics',
    body: NotifyForStatisticsBody,
    records: 'a notification that no one can link to a person',
    rejects: ['child-needs-case'],
  },
  {
    path: '/v1/cases/:caseId/opening',
    command: 'OpenNotification',
    body: OpenNotificationBody,
    records: 'that someone opened the notification',
    rejects: ['own-notification'],
  },
  {
    path: '/v1/cases/:caseId/case-manager',
    command: 'AssignCaseManager',
    body: AssignCaseManagerBody,
    records: 'who manages the case from now on',
    rejects: ['not-a-case-manager'],
  },
  {
    path: '/v1/cases/:caseId/age',
    command: 'RecordAge',
    body: RecordAgeBody,
    records: 'the age band, and how well it is known',
    rejects: ['age-needs-document'],
  },
  {
    path: '/v1/cases/:caseId/identity',
    command: 'RecordIdentity',
    body: RecordIdentityBody,
    records: 'identity, under consent or a named legal provision',
    rejects: ['identity-empty', 'identity-without-basis', 'provision-needs-public-body'],
  },
  {
    path: '/v1/cases/:caseId/basic-needs',
    command: 'RecordBasicNeeds',
    body: RecordBasicNeedsBody,
    records: 'basic needs that were met or refused',
  },
  {
    path: '/v1/cases/:caseId/interpretation',
    command: 'RecordInterpreter',
    body: RecordInterpreterBody,
    records: 'that an interpreter was there',
  },
  {
    path: '/v1/cases/:caseId/legal-hold',
    command: 'PlaceLegalHold',
    body: PlaceLegalHoldBody,
    records: 'that nothing may be erased for now, and why',
  },
  {
    path: '/v1/cases/:caseId/legal-hold/:holdId/lifting',
    command: 'LiftLegalHold',
    body: LiftLegalHoldBody,
    records: 'that the hold is over',
  },
  {
    path: '/v1/cases/:caseId/erasure',
    command: 'OrderErasure',
    body: OrderErasureBody,
    records: 'that the person is to be forgotten',
    rejects: ['legal-hold'],
  },
];
