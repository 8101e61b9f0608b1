/** A request is taken back, by who made it or because nothing opens the door for it any more. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { referralDataset, sealedNeedsOf } from './dataset.js';
import { ACCEPTANCE, ask, CLINIC, consent, episode, fails, LUMINA, refer, referralId, story } from '../../../../../test/support/asked-referral.js';

beforeEach(ask);

describe('taking back', () => {
  it('is possible before the start, once, and not after', () => {
    story.does(LUMINA, 'CancelReferral', { referralId, reason: 'NEED_MET' });
    expect(story.does(LUMINA, 'CancelReferral', { referralId, reason: 'ERROR' })).toEqual([]);
    expect(story.owed('deletion-confirmation')).toHaveLength(1);
  });

  it('for a withdrawn consent needs the withdrawal on record', () => {
    expect(fails(LUMINA, 'CancelReferral', { referralId, reason: 'CONSENT_WITHDRAWN' })).toBe('consent-still-live');
    expect(fails({ organisation: 'tandem', role: 'CLOCK' }, 'CancelReferral', { referralId, reason: 'MOVED' })).toBe(
      'consent-still-live',
    );
  });

  it('happens by itself when the consent runs out before the start', () => {
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(story.owed('referral-recall')).toMatchObject([{ dueAt: '2026-06-08T21:00:00.000Z' }]);
    expect(story.passesTo('2026-06-08T21:00:00.000Z')).toContain('ReferralCancelled');
  });

  it('happens also where the person would let the provider deliver: the purposes stand apart', () => {
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    consent('SERVICE_DELIVERY');
    story.does(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents[0]!.consentId, by: 'PERSON' });
    expect(story.passesTo('2026-03-10T09:10:00.000Z')).toEqual(['ReferralCancelled']);
  });

  it('happens to what is open when erasure was ordered, and to what runs', () => {
    consent('SERVICE_DELIVERY');
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    story.does(CLINIC, 'StartService', { episodeId: episode(), worker: 'W-7', agreement: 'ORAL' });
    refer({ services: ['PSY.COUNS'] });
    story.does({ organisation: 'casa-lumina', role: 'DPO' }, 'OrderErasure', { reason: 'PERSON_REQUEST' });
    expect([...story.passesTo(story.now)].sort()).toEqual(['ReferralCancelled', 'ServiceEnded']);
    expect(story.owed('deletion-confirmation')).toHaveLength(2);
  });

  it('does not happen where the person gave consent again', () => {
    story.does(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents[0]!.consentId, by: 'PERSON' });
    consent('REFERRAL');
    expect(story.passesTo('2026-03-10T09:10:00.000Z')).toEqual([]);
  });
});

it('leaves nothing to see of a referral that is over', () => {
  story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'SECURITY' });
  expect(referralDataset(story.state, referralId, 'OFFER')).toBeUndefined();
  expect(referralDataset(story.state, referralId, 'FULL')).toBeUndefined();
  expect(sealedNeedsOf(story.state, referralId)).toBeUndefined();
});
