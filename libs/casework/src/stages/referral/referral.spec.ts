import { beforeEach, describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { under } from '../../../../../test/support/reference.js';
import { referralDataset, sealedNeedsOf } from './dataset.js';
import { episodeIdOf } from './slice.js';

const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
const CLINIC: Who = { organisation: 'clinica-aurora', role: 'SP' };
const OTHER: Who = { organisation: 'asociatia-punte', role: 'SP' };
const NOTIFICATION = {
  channel: 'OUTREACH',
  grounds: ['OBSERVED_SIGNS'],
  region: 'RO32',
  ageBand: '18-25',
  signsOfChildhood: false,
  sex: 'FEMALE',
  citizenship: 'THIS_COUNTRY',
  form: 'LABOUR',
  danger: false,
  interpreterNeeded: false,
};
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' };
const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-10T15:00:00.000Z', meeting: 'at the back door, Ana waits' };

let story: Story;
let referralId: string;
const consent = (purpose: string, recipient = CLINIC.organisation): string => {
  story.does(LUMINA, 'GiveConsent', { purpose, recipient, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' });
  return story.madeId;
};
const refer = (more: object = {}): string => {
  story.does(LUMINA, 'RequestReferral', {
    recipient: CLINIC.organisation,
    services: ['MED.GEN'],
    priority: 'EMERGENCY',
    dataShared: ['AGE_BAND', 'SEX', 'AREA', 'LANGUAGES', 'CHILDREN'],
    ...more,
  });
  return story.madeId;
};
const fails = (who: Who, type: string, body: object): string => {
  try {
    story.does(who, type, body);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing failed';
};
const engagement = (organisation: string) =>
  story.state.facts.engagements.filter((e) => e.organisation === organisation);
const episode = (): string => episodeIdOf(referralId, 'MED.GEN');

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  consent('REFERRAL');
  referralId = refer();
});

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

it('leaves nothing to see of a referral that is over', () => {
  story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'SECURITY' });
  expect(referralDataset(story.state, referralId, 'OFFER')).toBeUndefined();
  expect(referralDataset(story.state, referralId, 'FULL')).toBeUndefined();
  expect(sealedNeedsOf(story.state, referralId)).toBeUndefined();
});
