/** What was accepted is delivered: it starts, rests, ends, and is told of to who referred. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import { under } from '../../../../../test/support/reference.js';
import { episodeIdOf } from './slice.js';
import { ACCEPTANCE, ask, CLINIC, consent, engagement, episode, fails, LUMINA, OTHER, refer, referralId, story } from '../../../../../test/support/asked-referral.js';

beforeEach(ask);

describe('a service', () => {
  beforeEach(() => {
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
  });
  const start = () => story.does(CLINIC, 'StartService', { episodeId: episode(), worker: 'W-7', agreement: 'WRITTEN' });
  const session = { quantity: 2, beneficiary: 'DIRECT', programmes: ['TANGO-2', 'ISF-1'] };

  it('starts with the consent of the person to that provider (SERVICE_DELIVERY)', () => {
    const body = { episodeId: episode(), worker: 'W-7', agreement: 'ORAL' };
    expect(fails(CLINIC, 'StartService', body)).toBe('consent-missing');
    consent('SERVICE_DELIVERY', OTHER.organisation);
    expect(fails(CLINIC, 'StartService', body)).toBe('consent-missing');
    consent('SERVICE_DELIVERY');
    const [event] = story.does(CLINIC, 'StartService', body);
    expect(event?.data).toEqual({ ...body, referralId, service: 'MED.GEN', provider: 'clinica-aurora' });
    expect(fails(CLINIC, 'StartService', body)).toBe('wrong-state');
    expect(fails(CLINIC, 'StartService', { ...body, episodeId: episodeIdOf(referralId, 'MED.SRH') })).toBe('not-found');
  });

  it('is delivered in the unit of its kind, without a word of what was said', () => {
    consent('SERVICE_DELIVERY');
    expect(fails(CLINIC, 'RecordSession', { episodeId: episode(), ...session })).toBe('wrong-state');
    start();
    const [event] = story.does(CLINIC, 'RecordSession', { episodeId: episode(), ...session });
    expect(event?.data).toEqual({
      ...session,
      episodeId: episode(),
      referralId,
      service: 'MED.GEN',
      provider: 'clinica-aurora',
      unit: 'VISIT',
    });
    expect(fails(OTHER, 'RecordSession', { episodeId: episode(), ...session })).toBe('not-found');
  });

  it('rests and goes on, and a rest is looked at', () => {
    consent('SERVICE_DELIVERY');
    start();
    story.does(CLINIC, 'HoldService', { episodeId: episode(), reason: 'HOSPITAL' });
    expect(story.owed('service-hold-review')).toMatchObject([{ key: episode(), dueAt: '2026-03-24T22:00:00.000Z' }]);
    story.does(CLINIC, 'ResumeService', { episodeId: episode() });
    expect(story.owed('service-hold-review')).toEqual([]);
  });

  it('that the country pays for so long only makes who leads look ahead; a rest that is too long, the provider', () => {
    consent('SERVICE_DELIVERY');
    start();
    story.does(CLINIC, 'HoldService', { episodeId: episode(), reason: 'HOSPITAL' });
    const latvia = under({ 'service.max_days': { days: 180 }, 'service.suspend_max': { months: 6 } });
    const owed = caseWorkflow.duties(story.state, latvia).filter(({ name }) => name === 'service-limit' || name === 'service-suspension-limit');
    expect(owed).toMatchObject([
      { name: 'service-limit', key: referralId, owedBy: { role: 'CM' } },
      { name: 'service-suspension-limit', key: episode(), owedBy: { organisation: 'clinica-aurora' } },
    ]);
    expect([...story.owed('service-limit'), ...story.owed('service-suspension-limit')]).toEqual([]);
  });

  it('ends with its outcome, and the provider sees the case no more (INV-10)', () => {
    consent('SERVICE_DELIVERY');
    start();
    story.does(CLINIC, 'EndService', { episodeId: episode(), outcome: 'LEFT_BY_CHOICE' });
    expect(engagement(CLINIC.organisation).every(({ until }) => until !== undefined)).toBe(true);
    expect(story.state.facts.openServices).toEqual([]);
    expect(fails(CLINIC, 'RecordSession', { episodeId: episode(), ...session })).toBe('wrong-state');
    expect(fails(CLINIC, 'ConfirmDeletion', { referralId })).toBe('deletion-not-owed');
  });

  it('is not ended by another provider, nor by the clock while the consent is live', () => {
    consent('SERVICE_DELIVERY');
    start();
    const body = { episodeId: episode(), outcome: 'DECLINED_BY_PERSON' };
    expect(fails(OTHER, 'EndService', body)).toBe('not-found');
    expect(fails({ organisation: 'tandem', role: 'CLOCK' }, 'EndService', body)).toBe('not-due');
  });

  it('goes on without the referral consent, and ends at once with its own', () => {
    const delivery = consent('SERVICE_DELIVERY');
    start();
    story.does(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents[0]!.consentId, by: 'PERSON' });
    expect(story.passesTo('2026-03-10T12:00:00.000Z')).toEqual([]);
    story.does(LUMINA, 'WithdrawConsent', { consentId: delivery, by: 'PERSON' });
    expect(story.passesTo('2026-03-10T12:00:00.000Z')).toEqual(['ServiceEnded']);
    expect(engagement(CLINIC.organisation).every(({ until }) => until !== undefined)).toBe(true);
    story.does(CLINIC, 'ConfirmDeletion', { referralId });
  });

  it('of several in one referral ends alone; the provider stays until the last', () => {
    consent('SERVICE_DELIVERY');
    const two = refer({ services: ['MED.SRH', 'PSY.COUNS'] });
    story.does(CLINIC, 'AcceptReferral', { referralId: two, ...ACCEPTANCE });
    const [first, second] = [episodeIdOf(two, 'MED.SRH'), episodeIdOf(two, 'PSY.COUNS')];
    story.does(CLINIC, 'StartService', { episodeId: first, worker: 'W-7', agreement: 'ORAL' });
    expect(story.does(CLINIC, 'EndService', { episodeId: first, outcome: 'NEED_MET' })[0]?.data).toMatchObject({
      last: false,
    });
    expect(story.state.facts.openServices).toContain(two);
    expect(fails(LUMINA, 'CancelReferral', { referralId: two, reason: 'NEED_MET' })).toBe('wrong-state');
    expect(
      story.does(LUMINA, 'EndService', { episodeId: second, outcome: 'DECLINED_BY_PERSON' })[0]?.data,
    ).toMatchObject({ last: true });
    expect(story.state.facts.openServices).not.toContain(two);
  });

  it('is reported back to who referred, with the words sealed; the handover is recorded once', () => {
    const [feedback] = story.does(CLINIC, 'GiveFeedback', { referralId, status: 'GOING_WELL', note: 'she sleeps' });
    expect(feedback?.data).toEqual({
      referralId,
      status: 'GOING_WELL',
      recipient: 'clinica-aurora',
      referrer: 'casa-lumina',
      personal: { narrative: expect.anything() },
    });
    expect(story.does(CLINIC, 'ConfirmHandover', { referralId, escort: 'CASE_MANAGER' })).toHaveLength(1);
    expect(story.does(LUMINA, 'ConfirmHandover', { referralId, escort: 'NONE' })).toEqual([]);
    expect(fails(OTHER, 'ConfirmHandover', { referralId, escort: 'NONE' })).toBe('not-found');
  });
});
