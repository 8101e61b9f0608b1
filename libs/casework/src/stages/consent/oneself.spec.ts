import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NOW, aChild, consented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import { under } from '../../../../../test/support/reference.js';

const CLINIC = { organisation: 'clinica-aurora', role: 'SP', actor: 'nurse-1' } as const;
const open = (recipient: string, more: object = {}) => ({
  type: 'GiveConsent', body: { purpose: 'ASSESSMENT', recipient, dataCategories: ['identity'], giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '1', evidence: 'sheet 12', ...more },
});
const disclose = (recipient: string) => ({ type: 'DiscloseWithoutConsent', body: { ground: 'RISK_TO_LIFE', recipient, contents: ['LOCATION'], reason: 'words' } });
const made: Given = { type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o1', ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: [] } };
const referred: Given = {
  type: 'ReferralRequested',
  data: { referralId: 'r1', recipient: 'casa-lumina', services: ['INFO'], priority: 'ROUTINE', dataShared: [], region: 'RO32', replyBy: NOW, restsOn: { ground: 'CONSENT' } },
};
const accepted: Given = { type: 'ReferralAccepted', data: { referralId: 'r1', recipient: 'casa-lumina', referrer: 'politia-exemplu', worker: 'w', startFrom: NOW } };

describe('what opens a case to the own organisation', () => {
  const story = given(...notified(), informed);

  it('is written down by a person, with what proves it; a witness is not who writes', () => {
    story.when(open('casa-lumina')).decided();
    story.when(open('casa-lumina'), { human: false }).thenRejects('human-required');
    story.when(open('casa-lumina', { evidence: '  ' })).thenRejects('evidence-missing');
    for (const evidence of ['', 'worker-1']) story.when(open('casa-lumina', { form: 'ORAL_WITNESSED', evidence })).thenRejects('witness-missing');
    story.when(open('casa-lumina', { form: 'ORAL_WITNESSED', evidence: 'the interpreter' })).decided();
    story.when(open('clinica-aurora', { evidence: undefined }), { human: false }).decided();
  });

  it('is not written down by a partner that somebody brought in, as a consent or as a danger', () => {
    story.when(open('clinica-aurora'), CLINIC).thenRejects('opened-to-oneself');
    story.when(disclose('clinica-aurora'), CLINIC).thenRejects('opened-to-oneself');
    story.when(disclose('asociatia-punte'), CLINIC).decided();
  });

  it('is written down by who found her, until that one is no more than a provider', () => {
    const found = notified({}, { organisation: 'politia-exemplu', role: 'LE' });
    const detect = { role: 'DETECT' } as const;
    given(...found, informed).when(open('casa-lumina'), detect).decided();
    given(...found, informed, referred, accepted).when(open('casa-lumina'), detect).thenRejects('opened-to-oneself');
  });
});

describe('a disclosure', () => {
  it('is reviewed once', () => {
    const reviewed: Given = { type: 'OverrideReviewed', data: { overrideId: 'o1', result: 'UPHELD' } };
    given(...notified(), made, reviewed).when({ type: 'ReviewOverride', body: { overrideId: 'o1', result: 'NOT_UPHELD' } }, { role: 'SUP', actor: 'head' }).thenNothing();
  });
});

describe('a consent', () => {
  it('that was taken back does not run out as well', () => {
    const given_ = consented('REFERRAL', 'clinica-aurora', { expiresAt: '2026-03-10T08:30:00.000Z' });
    const expire = { type: 'ExpireConsent', body: { consentId: 'consent-REFERRAL' } };
    const clock = { organisation: 'tandem', role: 'CLOCK', human: false } as const;
    given(...notified(), informed, given_).when(expire, clock).decided();
    given(...notified(), informed, given_, { type: 'ConsentWithdrawn', data: { consentId: 'consent-REFERRAL', by: 'PERSON' } }).when(expire, clock).thenNothing();
  });

  it('that she gives as she says stop to all else is not taken back by it', () => {
    const stop: Given = { type: 'WithdrawalStated', data: { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' } };
    const earlier: Given = { ...consented('REFERRAL', 'clinica-aurora'), metadata: { occurredAt: '2026-03-10T07:59:59.000Z' } };
    const taken = (consent: Given) => given(...notified(), informed, stop, consent).state.facts.consents.map(({ withdrawnAt }) => withdrawnAt !== undefined);
    expect([taken(consented('REFERRAL', 'clinica-aurora')), taken(earlier)]).toEqual([[false], [true]]);
  });
});

describe('a child', () => {
  it('is heard from the very age on that the policy names', () => {
    const young = { type: 'RecordAssent', body: { outcome: 'BELOW_ASSENT_AGE' } };
    given(...aChild()).when(young, { reference: under({ 'minor.assent_age': 14 }) }).thenRejects('child-must-be-heard');
    given(...aChild()).when(young, { reference: under({ 'minor.assent_age': 15 }) }).decided();
  });

  it('objects from when it first did, however often it says so', () => {
    const objected = (occurredAt: string): Given => ({ type: 'ChildAssentRecorded', data: { outcome: 'OBJECTED' }, metadata: { occurredAt } });
    expect(given(...aChild(), objected('2026-03-10T08:10:00.000Z'), objected('2026-03-10T08:20:00.000Z')).state.facts.objectedAt).toBe('2026-03-10T08:10:00.000Z');
  });
});
