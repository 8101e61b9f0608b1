/** Which notices a step of a referral brings about, and to whom. Source: domain.md 8.4. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Who } from '../../../../../test/support/case-story.js';
import type { CaseFacts } from '../../shared/facts.js';
import { translate } from './referral.notify.js';
import { ACCEPTANCE, begin, CLINIC, consent, LUMINA, refer, story } from '../../../../../test/support/told-referral.js';

let referralId: string;
beforeEach(begin);

describe('notices', () => {
  /** Who is told by the last event of what somebody does. */
  const told = (who: Who, type: string, body: object) => {
    const before = story.state.facts;
    const events = story.does(who, type, body);
    return events.flatMap((event) => translate(event, before, story.state.facts));
  };
  const consentId = (): string => story.state.facts.consents.find(({ purpose }) => purpose === 'REFERRAL')!.consentId;

  it('ask the provider, with the time to answer and nothing else', () => {
    const body = { recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'EMERGENCY', dataShared: [] };
    expect(told(LUMINA, 'RequestReferral', body)).toEqual([
      { recipient: 'clinica-aurora', thing: story.madeId, replyBy: '2026-03-10T10:00:00.000Z', recall: false },
    ]);
  });

  it('tell who asked, and who leads the case, of the answer', () => {
    referralId = refer();
    const notice = { thing: referralId, recall: false };
    expect(told(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE })).toEqual([
      { recipient: 'casa-lumina', ...notice },
    ]);
    story.does(LUMINA, 'AssignCaseManager', { manager: 'asociatia-punte' });
    story.does({ organisation: 'asociatia-punte', role: 'CM' }, 'AcceptCaseManagement', { offerId: story.madeId });
    expect(told(CLINIC, 'GiveFeedback', { referralId, status: 'AT_RISK' })).toEqual([
      { recipient: 'casa-lumina', ...notice },
      { recipient: 'asociatia-punte', ...notice },
    ]);
  });

  it('recall the offer with the withdrawal itself, and again when the clock cancels it', () => {
    referralId = refer();
    const recall = [{ recipient: 'clinica-aurora', thing: referralId, recall: true }];
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual(recall);
    const before = story.state.facts;
    story.passesTo(story.now);
    expect(translate(story.events.at(-1)!, before, story.state.facts)).toEqual(recall);
  });

  it('do not recall what another consent or ground still allows, nor what was answered', () => {
    referralId = refer();
    consent('REFERRAL', 'clinica-aurora');
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual([]);
    story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    expect(
      told(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents.at(-1)!.consentId, by: 'PERSON' }),
    ).toEqual([]);
  });

  it('leave an accepted referral to the clock, which ends it', () => {
    referralId = refer();
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual([]);
    expect(story.passesTo(story.now)).toEqual(['ReferralCancelled']);
  });

  it('never tell an organisation what it did itself', () => {
    consent('REFERRAL', 'casa-lumina');
    referralId = refer({ recipient: 'casa-lumina', services: ['HOUS.EMERG'] });
    const own: Who = { organisation: 'casa-lumina', role: 'SP' };
    expect(told(own, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' })).toEqual([]);
  });

  it('recall an offer whose ground was not upheld', () => {
    story.does(LUMINA, 'DiscloseWithoutConsent', {
      recipient: 'asociatia-punte',
      ground: 'RISK_TO_LIFE',
      contents: ['SERVICE_NEED'],
      reason: 'hunted',
    });
    const overrideId = story.madeId;
    referralId = refer({ recipient: 'asociatia-punte', services: ['HOUS.SHELTER'] });
    const review = { overrideId, result: 'NOT_UPHELD' };
    expect(told({ organisation: 'casa-lumina', role: 'SUP', actor: 'supervisor' }, 'ReviewOverride', review)).toEqual([
      { recipient: 'asociatia-punte', thing: referralId, recall: true },
    ]);
  });

  it('recall an expired offer and tell who asked', () => {
    referralId = refer();
    const before = story.state.facts;
    story.passesTo('2026-03-10T10:00:00.000Z');
    expect(translate(story.events.at(-1)!, before, story.state.facts)).toEqual([
      { recipient: 'clinica-aurora', thing: referralId, recall: true },
      { recipient: 'casa-lumina', thing: referralId, recall: false },
    ]);
    expect(story.events.at(-2)?.type).toBe('ReferralEscalated');
    expect(translate(story.events.at(-2)!, before, before)).toEqual([
      { recipient: 'casa-lumina', thing: referralId, recall: false },
      { recipient: 'centrul-coordonare', thing: referralId, recall: false },
    ]);
  });

  it('say nothing of other events', () => {
    expect(
      translate({ type: 'constructor', data: {}, metadata: {} } as never, {} as CaseFacts, {} as CaseFacts),
    ).toEqual([]);
  });
});
