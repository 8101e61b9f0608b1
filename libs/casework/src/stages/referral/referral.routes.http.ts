/** Writes of the referral stage: of those who lead the case, and of the provider that was asked. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  AcceptReferralBody,
  CancelReferralBody,
  ConfirmDeletionBody,
  ConfirmHandoverBody,
  DecideServiceFundingBody,
  DeclineReferralBody,
  EndDeletionChaseBody,
  EndServiceBody,
  GiveFeedbackBody,
  HoldServiceBody,
  QueueReferralBody,
  RecordReferralImpossibleBody,
  RecordSessionBody,
  RequestReferralBody,
  RequestServiceFundingBody,
  ResumeServiceBody,
  StartServiceBody,
} from './referral.http.js';

const LEADING: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/referrals',
    command: 'RequestReferral',
    body: RequestReferralBody,
    records: 'that an organisation is asked to help',
    rejects: [
      'provider-not-active',
      'provider-not-accredited',
      'provider-out-of-area',
      'provider-not-for-minors',
      'referral-already-open',
      'ground-needs-urgency',
      'risk-missing',
      'risk-expired',
    ],
  },
  {
    path: '/v1/cases/:caseId/referral-gaps',
    command: 'RecordReferralImpossible',
    body: RecordReferralImpossibleBody,
    records: 'that nobody can be asked for a service',
  },
  {
    path: '/v1/cases/:caseId/referrals/:referralId/cancellation',
    command: 'CancelReferral',
    body: CancelReferralBody,
    records: 'that a referral is taken back before it starts',
    rejects: ['consent-still-live'],
  },
  {
    path: '/v1/cases/:caseId/referrals/:referralId/deletion-chase-end',
    command: 'EndDeletionChase',
    body: EndDeletionChaseBody,
    records: 'that a recipient of what was erased is asked no more to delete it',
    rejects: ['deletion-not-owed', 'chase-too-short'],
  },
];

const ANSWERING: readonly FactRoute[] = [
  {
    path: '/v1/referrals/:referralId/acceptance',
    command: 'AcceptReferral',
    body: AcceptReferralBody,
    records: 'that the provider takes the referral',
  },
  {
    path: '/v1/referrals/:referralId/queue',
    command: 'QueueReferral',
    body: QueueReferralBody,
    records: 'that the provider would take it and has no place yet',
  },
  {
    path: '/v1/referrals/:referralId/decline',
    command: 'DeclineReferral',
    body: DeclineReferralBody,
    records: 'that the provider does not take it',
  },
  {
    path: '/v1/referrals/:referralId/handover',
    command: 'ConfirmHandover',
    body: ConfirmHandoverBody,
    records: 'that the person is with the provider',
  },
  {
    path: '/v1/referrals/:referralId/feedback',
    command: 'GiveFeedback',
    body: GiveFeedbackBody,
    records: 'how it goes',
  },
  {
    path: '/v1/referrals/:referralId/deletion-confirmation',
    command: 'ConfirmDeletion',
    body: ConfirmDeletionBody,
    records: 'that the provider deleted what it received',
    rejects: ['deletion-not-owed'],
  },
];

const DELIVERING: readonly FactRoute[] = [
  {
    path: '/v1/services/:episodeId/start',
    command: 'StartService',
    body: StartServiceBody,
    records: 'that a service began',
  },
  {
    path: '/v1/services/:episodeId/sessions',
    command: 'RecordSession',
    body: RecordSessionBody,
    records: 'how much of a service was delivered',
  },
  {
    path: '/v1/services/:episodeId/hold',
    command: 'HoldService',
    body: HoldServiceBody,
    records: 'that a service rests',
  },
  {
    path: '/v1/services/:episodeId/resumption',
    command: 'ResumeService',
    body: ResumeServiceBody,
    records: 'that a service goes on',
  },
  {
    path: '/v1/services/:episodeId/end',
    command: 'EndService',
    body: EndServiceBody,
    rejects: ['service-goes-on'],
    records: 'that a service is over, and how',
  },
  {
    path: '/v1/services/:episodeId/funding',
    command: 'RequestServiceFunding',
    body: RequestServiceFundingBody,
    records: 'that it is asked whether the state pays for a service',
    rejects: ['funding-decision-not-provided'],
  },
  {
    path: '/v1/services/:episodeId/funding/decision',
    command: 'DecideServiceFunding',
    body: DecideServiceFundingBody,
    records: 'whether the state pays for a service; nothing begins or ends with it',
    rejects: ['certificate-never-refuses'],
  },
];

export const REFERRAL_ROUTES: readonly FactRoute[] = [...LEADING, ...ANSWERING, ...DELIVERING];
