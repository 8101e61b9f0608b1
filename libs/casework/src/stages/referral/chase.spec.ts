import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { caseWorkflow } from '../../workflow.js';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const PARTIES = { referralId: 'r1', recipient: 'clinica-aurora', referrer: 'casa-lumina' };
const asked: Given = {
  type: 'ReferralRequested',
  data: { ...PARTIES, services: ['MED.GEN'], priority: 'URGENT', region: 'RO32', dataShared: ['AGE_BAND'], replyBy: '2026-03-10T20:00:00.000Z', restsOn: { consentId: 'c1' } },
};
const declined: Given = { type: 'ReferralDeclined', data: { ...PARTIES, reason: 'NO_CAPACITY' } };
const ordered: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
const erased: Given = { type: 'IdentityErased', data: {} };
const end = { type: 'EndDeletionChase', body: { referralId: 'r1', reason: 'NO_ANSWER' } };
/** Everything above happened at eight on the tenth; 24 hours to confirm, twice. */
const OVER = '2026-03-12T08:00:00.000Z';
const OFFICER = { role: 'DPO', now: OVER } as const;
const ended: Given = { type: 'DeletionChaseEnded', data: { ...PARTIES, reason: 'NO_ANSWER' } };
const owed = (...story: readonly Given[]) => caseWorkflow.duties(given(...story).state, REFERENCE).filter(({ name }) => name === 'deletion-chase');

describe('asking a recipient to delete', () => {
  const story = [...notified(), asked, declined, ordered, erased];

  it('is looked after by who answers for the data, once the person is erased', () => {
    expect(owed(...notified(), asked, declined)).toEqual([]);
    expect(owed(...notified(), asked, declined, ordered)).toEqual([]);
    expect(owed(...story)).toEqual([{ name: 'deletion-chase', key: 'r1', dueAt: OVER, owedBy: { role: 'DPO' } }]);
  });

  it('ends with a reason, not before the time to confirm passed twice, and once', () => {
    given(...story).when(end, { ...OFFICER, now: '2026-03-12T07:59:59.999Z' }).thenRejects('chase-too-short');
    given(...story).when(end, OFFICER).then({ type: 'DeletionChaseEnded', data: { ...PARTIES, reason: 'NO_ANSWER' } });
    given(...story, ended).when(end, OFFICER).thenNothing();
    const { state } = given(...story, ended);
    expect([owed(...story, ended), state.facts.holders]).toEqual([[], []]);
    expect(caseWorkflow.duties(state, REFERENCE).map(({ name }) => name)).not.toContain('deletion-confirmation');
  });

  it('is ended by nobody while the person is not erased, or where it was confirmed: who was told must be found again', () => {
    given(...notified(), asked, declined).when(end, OFFICER).thenRejects('deletion-not-owed');
    given(...notified(), asked, declined, ordered).when(end, OFFICER).thenRejects('deletion-not-owed');
    given(...story, { type: 'ReceivedDataDeleted', data: PARTIES }).when(end, OFFICER).thenRejects('deletion-not-owed');
    given(...notified(), asked).when(end, OFFICER).thenRejects('wrong-state');
  });

  it('is ended by a person who answers for the data', () => {
    given(...story).when(end, { ...OFFICER, role: 'CM' }).thenRejects('role-not-allowed');
    given(...story).when(end, { ...OFFICER, human: false }).thenRejects('human-required');
  });

  it('shows that it was in vain, which is no confirmation', () => {
    const view = caseWorkflow.view(given(...story, ended).state, { organisation: 'casa-lumina', scope: 'FULL' });
    expect(view['referral']).toMatchObject({ referrals: [{ deletion: 'ASKED_IN_VAIN' }] });
  });
});
