/** Writes of the consent stage. */
import type { FactRoute } from '../../http/fact-routes.js';
import {
  DiscloseWithoutConsentBody,
  GiveConsentBody,
  RecordAssentBody,
  RefuseConsentBody,
  ReviewOverrideBody,
  StateWithdrawalBody,
  TellOfDisclosureBody,
  WithdrawConsentBody,
} from './consent.http.js';

export const CONSENT_ROUTES: readonly FactRoute[] = [
  {
    path: '/v1/cases/:caseId/consents',
    command: 'GiveConsent',
    body: GiveConsentBody,
    records: 'consent to one purpose and recipient',
    rejects: ['court-decision-missing', 'recipient-missing', 'recipient-not-fitting', 'country-missing', 'consent-not-written', 'opened-to-oneself', 'evidence-missing', 'witness-missing'],
  },
  {
    path: '/v1/cases/:caseId/consents/:consentId/withdrawal',
    command: 'WithdrawConsent',
    body: WithdrawConsentBody,
    records: 'that a consent was taken back',
    rejects: ['withdrawal-not-hers'],
  },
  {
    path: '/v1/cases/:caseId/consent-refusals',
    command: 'RefuseConsent',
    body: RefuseConsentBody,
    records: 'that she was asked to agree, and said no',
    rejects: ['recipient-not-fitting'],
  },
  {
    path: '/v1/cases/:caseId/withdrawals',
    command: 'StateWithdrawal',
    body: StateWithdrawalBody,
    records: 'that she said stop, to whoever is or was in contact with her; the answer does not tell what she had agreed to',
    rejects: ['recipient-unknown', 'person-erased'],
  },
  {
    path: '/v1/cases/:caseId/assent',
    command: 'RecordAssent',
    body: RecordAssentBody,
    records: 'that the child was heard',
    rejects: ['child-must-be-heard'],
  },
  {
    path: '/v1/cases/:caseId/disclosures-without-consent',
    command: 'DiscloseWithoutConsent',
    body: DiscloseWithoutConsentBody,
    records: 'minimal facts told because life or a child was in danger, or the law ordered it',
    rejects: ['ground-does-not-fit', 'opened-to-oneself'],
  },
  {
    path: '/v1/cases/:caseId/disclosures-without-consent/:overrideId/review',
    command: 'ReviewOverride',
    body: ReviewOverrideBody,
    records: 'what a second person thought of it',
    rejects: ['second-person-required'],
  },
  {
    path: '/v1/cases/:caseId/disclosures-without-consent/:overrideId/telling',
    command: 'TellOfDisclosure',
    body: TellOfDisclosureBody,
    records: 'that she was told of it, or that telling her is not safe yet',
  },
];
