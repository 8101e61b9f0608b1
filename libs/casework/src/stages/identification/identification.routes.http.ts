/** Writes of the identification stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  CompleteScreeningBody,
  DeclineFormalIdentificationBody,
  InformOfRightsBody,
  PresumeBody,
  RecordFormalDecisionBody,
  RecordNotNowBody,
  RequestFormalIdentificationBody,
  RequestReconsiderationBody,
  ScreenOutBody,
} from './identification.http.js';

export const IDENTIFICATION_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/rights-information',
    command: 'InformOfRights',
    body: InformOfRightsBody,
    records: 'that the person was told of their rights',
    rejects: ['witness-missing'],
  },
  {
    path: '/v1/cases/:caseId/screenings',
    command: 'CompleteScreening',
    body: CompleteScreeningBody,
    records: 'a screening, scored as it is recorded',
    rejects: [
      'profile-does-not-fit-age',
      'stated-without-interview',
      'setting-not-safe',
      'consent-missing',
      'indicator-unknown',
      'indicator-repeated',
      'identification-rule-missing',
    ],
  },
  {
    path: '/v1/cases/:caseId/screenings/not-now',
    command: 'RecordNotNow',
    body: RecordNotNowBody,
    records: 'that the person said: not now',
    rejects: ['pause-over', 'pause-too-long'],
  },
  {
    path: '/v1/cases/:caseId/presumption',
    command: 'Presume',
    body: PresumeBody,
    records: 'that a human presumes the person a victim',
    rejects: ['decider-not-authorised', 'grounds-missing'],
  },
  {
    path: '/v1/cases/:caseId/screening-out',
    command: 'ScreenOut',
    body: ScreenOutBody,
    records: 'that there is no indication at present',
    rejects: ['screening-missing', 'second-person-required'],
  },
  {
    path: '/v1/cases/:caseId/formal-identification/request',
    command: 'RequestFormalIdentification',
    body: RequestFormalIdentificationBody,
    records: 'that formal identification was asked for',
    rejects: ['decider-not-authorised'],
  },
  {
    path: '/v1/cases/:caseId/formal-identification/decline',
    command: 'DeclineFormalIdentification',
    body: DeclineFormalIdentificationBody,
    records: 'that the person does not want it; help goes on',
  },
  {
    path: '/v1/cases/:caseId/formal-identification/decision',
    command: 'RecordFormalDecision',
    body: RecordFormalDecisionBody,
    records: 'what the authority decided',
    rejects: ['decider-not-authorised', 'reason-missing', 'decision-too-early', 'commission-incomplete', 'certificate-never-refuses', 'contest-over'],
  },
  {
    path: '/v1/cases/:caseId/reconsideration',
    command: 'RequestReconsideration',
    body: RequestReconsiderationBody,
    records: 'that a decision is contested',
    rejects: ['decision-final', 'out-of-time', 'reason-missing'],
  },
];
