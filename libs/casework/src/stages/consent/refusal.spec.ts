import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { consented, given, informed, notified } from '../../../../../test/support/case-specification.js';

const refuse = (more: object = {}) => ({ type: 'RefuseConsent', body: { purpose: 'REFERRAL', recipient: 'clinica-aurora', by: 'PERSON', ...more } });
const refused = (more: object = {}): Given => ({ type: 'ConsentRefused', data: { purpose: 'REFERRAL', recipient: 'clinica-aurora', by: 'PERSON', ...more } });
const agreed = consented('REFERRAL', 'clinica-aurora');
const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'consent-REFERRAL', by: 'PERSON' } };

describe('a no', () => {
  it('is recorded, to whom it was said or to everybody, and ends no help', () => {
    given(...notified()).when(refuse()).then(refused());
    given(...notified()).when({ type: 'RefuseConsent', body: { purpose: 'FOLLOW_UP', by: 'GUARDIAN' } }).then({ type: 'ConsentRefused', data: { purpose: 'FOLLOW_UP', by: 'GUARDIAN' } });
    const { refusals, ...facts } = given(...notified(), informed, refused()).state.facts;
    expect(refusals).toEqual([{ purpose: 'REFERRAL', recipient: 'clinica-aurora', at: '2026-03-10T08:00:00.000Z' }]);
    expect(facts).toEqual(given(...notified(), informed).state.facts);
  });

  it('takes back what she had agreed to of the same, and of nothing else', () => {
    given(...notified(), informed, agreed).when(refuse()).then(withdrawn, refused());
    given(...notified(), informed, agreed, withdrawn).when(refuse()).then(refused());
    given(...notified(), informed, agreed).when(refuse({ recipient: 'asociatia-punte' })).then(refused({ recipient: 'asociatia-punte' }));
    given(...notified(), informed, agreed).when(refuse({ purpose: 'SERVICE_DELIVERY' })).then(refused({ purpose: 'SERVICE_DELIVERY' }));
    given(...notified(), informed, agreed).when({ type: 'RefuseConsent', body: { purpose: 'REFERRAL', by: 'PERSON' } }).then(withdrawn, { type: 'ConsentRefused', data: { purpose: 'REFERRAL', by: 'PERSON' } });
  });

  it('said earlier and recorded late takes nothing of a later yes', () => {
    given(...notified(), informed, agreed).when(refuse(), { occurredAt: '2026-03-10T07:30:00.000Z' }).then(refused());
  });

  it('is hers to say, or of whoever hears it, to an organisation that is there', () => {
    expect(given(...notified()).when(refuse(), { role: 'PERSON' }).decided()).toHaveLength(1);
    given(...notified()).when(refuse(), { role: 'RAPP' }).thenRejects('role-not-allowed');
    given(...notified()).when(refuse({ recipient: 'nobody-known' })).thenRejects('recipient-unknown');
    given(...notified()).when(refuse({ purpose: 'INTERVIEW' })).thenRejects('recipient-not-fitting');
  });
});
