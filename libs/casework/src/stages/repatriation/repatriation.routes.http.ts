/** Writes of the repatriation stage. The receiving body reaches its return without knowing the case. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  AcceptHandoverBody,
  AcknowledgeReceivingRequestBody,
  ApproveReturnBody,
  CancelReturnBody,
  CheckBeforeDepartureBody,
  ConfirmReceivingAssessmentBody,
  ConfirmSendingAssessmentBody,
  FindReturnNotSafeBody,
  GiveReturnInformationBody,
  OverrideReturnRiskBody,
  RecordArrivalBody,
  RecordDepartureBody,
  RecordJourneyFailureBody,
  RecordTransitBody,
  RequestReturnBody,
  SendReceivingRequestBody,
} from './repatriation.http.js';

const RETURN = '/v1/returns/:returnId';

export const REPATRIATION_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/returns',
    command: 'RequestReturn',
    body: RequestReturnBody,
    records: 'the wish to return',
    rejects: ['not-yet-supported', 'recipient-unknown'],
  },
  {
    path: `${RETURN}/information`,
    command: 'GiveReturnInformation',
    body: GiveReturnInformationBody,
    records: 'that the person knows what staying and returning mean',
  },
  {
    path: `${RETURN}/sending-assessment`,
    command: 'ConfirmSendingAssessment',
    body: ConfirmSendingAssessmentBody,
    records: 'the sending half of the risk, and fitness to travel',
    rejects: ['risk-missing', 'risk-expired'],
  },
  {
    path: `${RETURN}/receiving-request`,
    command: 'SendReceivingRequest',
    body: SendReceivingRequestBody,
    records: 'that the receiving body was asked',
  },
  {
    path: `${RETURN}/acknowledgement`,
    command: 'AcknowledgeReceivingRequest',
    body: AcknowledgeReceivingRequestBody,
    records: 'who answers in the receiving place',
  },
  {
    path: `${RETURN}/receiving-assessment`,
    command: 'ConfirmReceivingAssessment',
    body: ConfirmReceivingAssessmentBody,
    records: 'the receiving half of the risk',
    rejects: ['risk-missing', 'risk-expired'],
  },
  {
    path: `${RETURN}/risk-override`,
    command: 'OverrideReturnRisk',
    body: OverrideReturnRiskBody,
    records: 'why a HIGH risk can be carried',
    // Both halves were confirmed before; they may have run out.
    rejects: ['risk-expired', 'return-risk-critical'],
    neverMeets: { 'case-closed': 'who organises the journey sees no case that is closed' },
  },
  {
    path: `${RETURN}/approval`,
    command: 'ApproveReturn',
    body: ApproveReturnBody,
    records: 'that the return may happen',
    rejects: [
      'not-yet-supported',
      'risk-expired',
      'return-risk-critical',
      'return-risk-high',
      'second-person-required',
      'reception-not-ready',
    ],
  },
  {
    path: `${RETURN}/not-safe`,
    command: 'FindReturnNotSafe',
    body: FindReturnNotSafeBody,
    records: 'that the return is not safe',
  },
  {
    path: `${RETURN}/cancellation`,
    command: 'CancelReturn',
    body: CancelReturnBody,
    records: 'that the return will not happen',
  },
  {
    path: `${RETURN}/pre-departure-check`,
    command: 'CheckBeforeDeparture',
    body: CheckBeforeDepartureBody,
    records: 'the last look before the journey',
    rejects: ['second-person-required'],
  },
  {
    path: `${RETURN}/departure`,
    command: 'RecordDeparture',
    body: RecordDepartureBody,
    records: 'that the person is on the way',
    rejects: ['not-yet-supported', 'pre-departure-check-old'],
  },
  { path: `${RETURN}/transit`, command: 'RecordTransit', body: RecordTransitBody, records: 'help on the way' },
  { path: `${RETURN}/arrival`, command: 'RecordArrival', body: RecordArrivalBody, records: 'that the person is there' },
  {
    path: `${RETURN}/failure`,
    command: 'RecordJourneyFailure',
    body: RecordJourneyFailureBody,
    records: 'that the journey did not reach its end',
  },
  {
    path: `${RETURN}/handover`,
    command: 'AcceptHandover',
    body: AcceptHandoverBody,
    records: 'that the receiving body took over',
    rejects: ['not-a-case-manager'],
  },
];
