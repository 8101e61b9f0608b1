import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { aChild, consented, given, NEW_ID, notified, NOW } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS } from '../../../../../test/support/reference.js';
import { romanianReference } from '#mechanism';

const CLINIC = 'clinica-aurora';
const WITH_CONSENT = [...notified(), consented('REFERRAL', CLINIC)];
const request = (more: object = {}) => ({
  type: 'RequestReferral',
  body: {
    recipient: CLINIC,
    services: ['MED.GEN'],
    priority: 'ROUTINE',
    dataShared: ['AGE_BAND', 'RISK_LEVEL'],
    ...more,
  },
});
const assessed = (form: string, validUntil = '2026-04-09T21:00:00.000Z'): Given => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: `risk-${form}`,
    purpose: 'INITIAL',
    form,
    overall: 'MEDIUM',
    redFlag: false,
    coreComplete: true,
    validUntil,
    provisional: true,
  },
});
const override = (ground: string, recipient = CLINIC): Given => ({
  type: 'DisclosureWithoutConsentMade',
  data: { overrideId: 'override-1', ground, recipient, contents: ['SERVICE_NEED'] },
});
const upheld = (result: string): Given => ({ type: 'OverrideReviewed', data: { overrideId: 'override-1', result } });

describe('a request', () => {
  it('names what it rests on and by when an answer is owed', () => {
    const data = {
      recipient: CLINIC,
      services: ['MED.GEN'],
      priority: 'ROUTINE',
      dataShared: ['AGE_BAND', 'RISK_LEVEL'],
      referralId: NEW_ID,
      replyBy: '2026-03-17T22:00:00.000Z',
      restsOn: { ground: 'CONSENT', consentId: 'consent-REFERRAL', assessmentId: 'risk-FULL' },
    };
    given(...WITH_CONSENT, assessed('FULL'))
      .when(request())
      .then({ type: 'ReferralRequested', data });
  });

  it.each([
    ['EMERGENCY', '2026-03-10T10:00:00.000Z'],
    ['URGENT', '2026-03-11T09:00:00.000Z'],
    ['PRIORITY', '2026-03-13T22:00:00.000Z'],
    ['ROUTINE', '2026-03-17T22:00:00.000Z'],
  ])('%s is answered by %s', (priority, replyBy) => {
    const [event] = given(...WITH_CONSENT, assessed('FULL'))
      .when(request({ priority }))
      .decided();
    expect(event?.data).toMatchObject({ replyBy });
  });

  it('seals languages, children, accessibility and precautions, and copies none of them', () => {
    const needs = {
      languages: ['ron'],
      withChildren: true,
      accessibility: ['STEP_FREE'],
      precautions: ['NO_CALLS_BACK'],
    };
    const [event] = given(...WITH_CONSENT, assessed('FULL'))
      .when(request(needs))
      .decided();
    expect(event?.seals).toEqual(['assessment']);
    expect(Object.keys(event?.data ?? {})).not.toEqual(expect.arrayContaining(Object.keys(needs)));
  });

  it('of the person needs nothing but POTENTIAL: no screening, identity, coordinator or decision (R-1)', () => {
    given(...WITH_CONSENT)
      .when(request({ priority: 'EMERGENCY' }), { role: 'DETECT' })
      .decided();
    const refused: Given = { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: false } };
    expect(given(...WITH_CONSENT, refused).state.facts.identification).toBe('NOT_PRESUMED');
    given(...WITH_CONSENT, refused)
      .when(request({ priority: 'EMERGENCY' }))
      .decided();
  });

  it('is not made by a provider, the police or the clock', () => {
    for (const role of ['SP', 'LE', 'CLOCK', 'RAPP'] as const)
      given(...WITH_CONSENT)
        .when(request(), { role })
        .thenRejects('role-not-allowed');
  });
});

describe('the door (INV-1)', () => {
  it('stays shut without consent, with another recipient, another purpose, an expired or a withdrawn consent', () => {
    const emergency = request({ priority: 'EMERGENCY' });
    given(...notified())
      .when(emergency)
      .thenRejects('consent-missing');
    given(...notified(), consented('REFERRAL', 'casa-lumina'))
      .when(emergency)
      .thenRejects('consent-missing');
    given(...notified(), consented('SERVICE_DELIVERY', CLINIC))
      .when(emergency)
      .thenRejects('consent-missing');
    given(...notified(), consented('REFERRAL', CLINIC, { expiresAt: NOW }))
      .when(emergency)
      .thenRejects('consent-missing');
    const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'consent-REFERRAL', by: 'PERSON' } };
    given(...WITH_CONSENT, withdrawn)
      .when(emergency)
      .thenRejects('consent-missing');
  });

  it('opens for danger to life, and only for what can not wait', () => {
    const inDanger = given(...notified(), override('RISK_TO_LIFE'), assessed('FULL'));
    const [event] = inDanger.when(request({ priority: 'URGENT' })).decided();
    expect(event?.data).toMatchObject({ restsOn: { ground: 'RISK_TO_LIFE', overrideId: 'override-1' } });
    inDanger.when(request({ priority: 'ROUTINE' })).thenRejects('ground-needs-urgency');
  });

  it('opens for the recipient of the disclosure only, and not after it was not upheld', () => {
    const emergency = request({ priority: 'EMERGENCY' });
    given(...notified(), override('RISK_TO_LIFE', 'casa-lumina'))
      .when(emergency)
      .thenRejects('consent-missing');
    given(...notified(), override('RISK_TO_LIFE'), upheld('NOT_UPHELD'))
      .when(emergency)
      .thenRejects('consent-missing');
    given(...notified(), override('RISK_TO_LIFE'), upheld('UPHELD'))
      .when(emergency)
      .decided();
    given(...notified(), override('COURT_ORDER'))
      .when(emergency)
      .thenRejects('consent-missing');
  });

  it('opens for a child on child-protection duty, before any guardian is there (R-4)', () => {
    const [event] = given(...aChild(), override('CHILD_PROTECTION_DUTY'))
      .when(request({ priority: 'EMERGENCY' }))
      .decided();
    expect(event?.data).toMatchObject({ restsOn: { ground: 'CHILD_PROTECTION_DUTY' } });
  });
});

describe('the risk that a request needs (R-2)', () => {
  it.each([
    ['EMERGENCY', 'nothing', [], 'none'],
    ['EMERGENCY', 'an expired one', [assessed('FULL', NOW)], 'none'],
    ['URGENT', 'nothing', [], 'risk-missing'],
    ['URGENT', 'the two questions', [assessed('FIRST')], 'none'],
    ['URGENT', 'the two questions, expired', [assessed('FIRST', NOW)], 'risk-expired'],
    ['PRIORITY', 'the two questions', [assessed('FIRST')], 'risk-missing'],
    ['PRIORITY', 'RA-1', [assessed('FULL')], 'none'],
    ['ROUTINE', 'a desk assessment', [assessed('DESK')], 'risk-missing'],
    ['ROUTINE', 'RA-1, expired', [assessed('FULL', NOW)], 'risk-expired'],
  ])('%s on %s', (priority, _on, risks, code) => {
    const outcome = given(...WITH_CONSENT, ...risks).when(request({ priority }));
    if (code === 'none') outcome.decided();
    else outcome.thenRejects(code);
  });

  it('is the newest: an older one that is valid for longer does not count', () => {
    const older: Given = { ...assessed('FULL'), metadata: { occurredAt: '2026-03-01T08:00:00.000Z' } };
    const newer = assessed('FULL', NOW);
    const review: Given = { ...newer, data: { ...newer.data, assessmentId: 'risk-review', purpose: 'REVIEW' } };
    given(...WITH_CONSENT, older, review)
      .when(request())
      .thenRejects('risk-expired');
  });

  it('is of where the person is: the receiving half of a return looks elsewhere', () => {
    const full = assessed('FULL');
    const receiving: Given = { ...full, data: { ...full.data, purpose: 'RETURN', half: 'RECEIVING' } };
    given(...WITH_CONSENT, receiving)
      .when(request())
      .thenRejects('risk-missing');
  });
});

describe('the provider that is asked', () => {
  const door = (recipient: string): Given => consented('REFERRAL', recipient);
  const asks = (recipient: string, services: string[], more: object = {}) =>
    given(...notified(), door(recipient), assessed('FULL')).when(request({ recipient, services, ...more }));

  it('is active, and accredited for every service', () => {
    asks('casa-inchisa', ['HOUS.SHELTER']).thenRejects('provider-not-active');
    asks('casa-nimeni', ['HOUS.SHELTER']).thenRejects('provider-not-active');
    asks('politia-exemplu', ['PROT']).thenRejects('provider-not-accredited');
    asks(CLINIC, ['MED.GEN', 'HOUS.SHELTER']).thenRejects('provider-not-accredited');
    asks(CLINIC, ['MED']).thenRejects('provider-not-accredited');
    asks('asociatia-punte', ['REINT.FAM']).decided();
  });

  it('serves the region where help is needed, and takes minors where one is concerned', () => {
    const local = ORGANISATIONS.map((o) => (o.id === CLINIC ? { ...o, regions: ['RO11'], acceptsMinors: false } : o));
    const reference = romanianReference(local);
    const adult = given(...WITH_CONSENT, assessed('FULL'));
    adult.when(request(), { reference }).thenRejects('provider-out-of-area');
    adult.when(request({ region: 'RO11' }), { reference }).decided();
    const child = given(...aChild(), override('CHILD_PROTECTION_DUTY'));
    child
      .when(request({ region: 'RO11', priority: 'EMERGENCY' }), { reference })
      .thenRejects('provider-not-for-minors');
  });

  it('is not asked twice for one service while the first request is open', () => {
    const data = { ...request().body, referralId: 'referral-1', replyBy: NOW, restsOn: { ground: 'CONSENT' } };
    const asked: Given = { type: 'ReferralRequested', data };
    const cancelled: Given = {
      type: 'ReferralCancelled',
      data: { referralId: 'referral-1', reason: 'ERROR', recipient: CLINIC, referrer: 'casa-lumina' },
    };
    given(...WITH_CONSENT, assessed('FULL'), asked)
      .when(request())
      .thenRejects('referral-already-open');
    given(...WITH_CONSENT, assessed('FULL'), asked)
      .when(request({ services: ['PSY.COUNS'] }))
      .decided();
    given(...WITH_CONSENT, assessed('FULL'), asked, cancelled)
      .when(request())
      .decided();
  });
});

it('says that nobody can be asked, with the reason and what happens meanwhile', () => {
  const body = { services: ['HOUS.PROTECTED'], region: 'RO32', reason: 'NO_CAPACITY', interim: 'OTHER_REGION' };
  given(...notified())
    .when({ type: 'RecordReferralImpossible', body })
    .then({ type: 'ReferralImpossible', data: body });
});
