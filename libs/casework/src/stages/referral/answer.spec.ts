/** A provider is asked: what it sees before it answers, what its answer does, and what happens when none comes. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Who } from '../../../../../test/support/case-story.js';
import { ACCEPTANCE, ask, CLINIC, engagement, fails, LUMINA, OTHER, referralId, story } from '../../../../../test/support/asked-referral.js';

beforeEach(ask);

describe('before an answer', () => {
  it('the provider sees the offer, and nothing of the case (R-14)', () => {
    expect(engagement(CLINIC.organisation)).toMatchObject([{ role: 'SP', scope: 'OFFER', through: referralId }]);
    expect(story.state.facts.openServices).toEqual([referralId]);
  });

  it('the first form is owed within 24 hours of an emergency, until the two questions were put (R-2)', () => {
    expect(story.owed('risk-first-form')).toMatchObject([
      { dueAt: '2026-03-11T09:00:00.000Z', owedBy: { organisation: 'casa-lumina' } },
    ]);
    const answers = ['R5.1', 'R1.2'].map((item) => ({ item, answer: 'REFUSED' }));
    story.does(LUMINA, 'AssessRisk', { purpose: 'INITIAL', form: 'FIRST', answers });
    expect(story.owed('risk-first-form')).toEqual([]);
  });

  it('an unanswered emergency escalates in minutes, once, and expires at its time', () => {
    expect(story.passesTo('2026-03-10T09:14:59.000Z')).toEqual([]);
    expect(story.passesTo('2026-03-10T09:15:00.000Z')).toEqual(['ReferralEscalated']);
    expect(story.passesTo('2026-03-10T09:59:59.000Z')).toEqual([]);
    expect(story.passesTo('2026-03-10T10:00:00.000Z')).toEqual(['ReferralExpired']);
    expect(engagement(CLINIC.organisation)).toMatchObject([{ until: '2026-03-10T10:00:00.000Z' }]);
    expect(fails(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE })).toBe('wrong-state');
    expect(story.owed('deletion-confirmation')).toHaveLength(1);
  });

  it('the clock neither expires nor escalates before the time', () => {
    const clock: Who = { organisation: 'tandem', role: 'CLOCK' };
    expect(fails(clock, 'ExpireReferral', { referralId })).toBe('not-due');
    expect(fails(clock, 'EscalateReferral', { referralId })).toBe('not-due');
    expect(fails(LUMINA, 'ExpireReferral', { referralId })).toBe('role-not-allowed');
  });
});

describe('an answer', () => {
  it('is given by the provider that was asked; to every other one the referral is unknown', () => {
    for (const [type, body] of [
      ['AcceptReferral', ACCEPTANCE],
      ['DeclineReferral', { reason: 'NO_CAPACITY' }],
      ['ConfirmDeletion', {}],
    ] as const) {
      expect(fails(OTHER, type, { referralId, ...body })).toBe('not-found');
      expect(fails(LUMINA, type, { referralId, ...body })).toBe('not-found');
    }
    expect(fails(CLINIC, 'AcceptReferral', { referralId: 'nowhere', ...ACCEPTANCE })).toBe('not-found');
  });

  it('of yes opens the case from then on, and seals where they meet', () => {
    const [event] = story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(event?.data).toEqual({
      referralId,
      worker: 'W-7',
      startFrom: ACCEPTANCE.startFrom,
      recipient: 'clinica-aurora',
      referrer: 'casa-lumina',
      personal: { contact: expect.anything() },
    });
    expect(engagement(CLINIC.organisation)).toMatchObject([
      { scope: 'OFFER', until: story.now },
      { scope: 'FULL', since: story.now },
    ]);
    expect(story.owed('service-start')).toMatchObject([
      { dueAt: '2026-03-17T22:00:00.000Z', owedBy: { organisation: 'clinica-aurora' } },
    ]);
    expect(story.owed('referral-reply')).toEqual([]);
  });

  it('of yes is impossible once the consent is gone, even before the clock took the request back', () => {
    story.does(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents[0]!.consentId, by: 'PERSON' });
    expect(fails(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE })).toBe('consent-missing');
    expect(fails(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' })).toBe('nothing failed');
  });

  it('of no ends the offer and owes the deletion of what was received', () => {
    story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    expect(engagement(CLINIC.organisation)).toMatchObject([{ until: story.now }]);
    expect(story.state.facts.openServices).toEqual([]);
    expect(story.owed('deletion-confirmation')).toMatchObject([
      { dueAt: '2026-03-11T09:00:00.000Z', owedBy: { organisation: 'clinica-aurora' } },
    ]);
    story.does(CLINIC, 'ConfirmDeletion', { referralId });
    expect(story.owed('deletion-confirmation')).toEqual([]);
    expect(story.does(CLINIC, 'ConfirmDeletion', { referralId })).toEqual([]);
  });
});
