import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NEW_ID, NOW, aChild, consented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import {
  COORDINATOR, OPERATOR, RECEIVER, accepted, approve, approved, arrived, asked, assessedBothSides, check, checked, confirmed, consents, departed, parties, referred,
  request, requested, returnId, risk, sendingAssessed, told, upTo,
} from '../../../../../test/support/return-story.js';
import { translate } from './repatriation.notify.js';

describe('a return is wished for', () => {
  it('by or for an adult, with organisations of the directory', () => {
    given(...notified()).when(request).then({ type: 'ReturnRequested', data: { direction: 'INTERNAL', ...parties, returnId: NEW_ID } });
    given(...notified()).when({ ...request, body: { ...request.body, receiver: 'casa-inchisa' } }).thenRejects('recipient-unknown');
  });
  it('but not yet for a minor', () => {
    given(...aChild()).when(request).thenRejects('not-yet-supported');
  });
});

describe('a return is prepared', () => {
  it('with information first, then the sending half under consent to the operator', () => {
    const confirm = { type: 'ConfirmSendingAssessment', body: { returnId, fitness: 'FIT' } };
    given(...notified(), informed, requested, risk('SENDING')).when(confirm).thenRejects('wrong-state');
    given(...notified(), informed, requested, told, risk('SENDING')).when(confirm).thenRejects('consent-missing');
    given(...upTo()).when(confirm).thenRejects('risk-missing');
    given(...upTo(risk('SENDING'))).when(confirm).then({ ...sendingAssessed, seals: ['health'] });
  });
  it('and asks the other place only with consent to it', () => {
    const send = { type: 'SendReceivingRequest', body: { returnId, needs: ['HOUS'], earliest: NOW } };
    const withoutReceiver = [...notified(), informed, consents[0]!, requested, told, risk('SENDING'), sendingAssessed];
    given(...withoutReceiver).when(send, COORDINATOR).thenRejects('consent-missing');
    given(...upTo(risk('SENDING'), sendingAssessed)).when(send, COORDINATOR).then({ ...asked, seals: ['contact'] });
  });
  it('and across a border only with consent for that body to cross it', () => {
    const abroad = { ...requested, data: { ...requested.data, receiver: 'rifugio-ponte' } };
    const story = [...notified(), informed, consents[0]!, consented('RETURN', 'rifugio-ponte', { consentId: 'r' }), abroad, told, risk('SENDING'), sendingAssessed];
    const send = { type: 'SendReceivingRequest', body: { returnId, needs: ['HOUS'], earliest: NOW } };
    expect(given(...story).when(send, COORDINATOR).thenRejects('consent-missing').details).toMatchObject({ purpose: 'CROSS_BORDER' });
    const border = consented('CROSS_BORDER', 'rifugio-ponte', { consentId: 'x', countries: ['IT'] });
    expect(given(...story, border).when(send, COORDINATOR).decided()).toHaveLength(1);
  });
  it('and only the body that was asked may answer', () => {
    const answer = { type: 'AcknowledgeReceivingRequest', body: { returnId, contact: 'a', alternate: 'b' } };
    const story = given(...upTo(risk('SENDING'), sendingAssessed, asked));
    story.when(answer).thenRejects('not-found');
    story.when(answer, RECEIVER).then({ ...confirmed, seals: ['contact'] });
  });
});

describe('a return is approved (INV-4, R-16)', () => {
  it('by the coordinator, when both halves allow it and services wait', () => {
    given(...assessedBothSides()).when(approve, COORDINATOR).thenRejects('reception-not-ready');
    given(...assessedBothSides(), ...referred, ...accepted.slice(1)).when(approve, COORDINATOR).thenRejects('reception-not-ready');
    const ready = given(...assessedBothSides(), ...referred, ...accepted);
    ready.when(approve, COORDINATOR).then({ ...approved, seals: ['contact'] });
    ready.when(approve, OPERATOR).thenRejects('role-not-allowed');
  });
  it('at HIGH only after another person overrode it, at CRITICAL never', () => {
    const override = { type: 'OverrideReturnRisk', body: { returnId, reason: 'she insists, police waits' } };
    const high = [...assessedBothSides('HIGH'), ...referred, ...accepted];
    given(...high).when(approve, COORDINATOR).thenRejects('return-risk-high');
    const overridden: Given = { type: 'ReturnRiskOverridden', data: { returnId, level: 'HIGH', receivingAssessmentId: 'RECEIVING-HIGH' }, metadata: { actor: 'operator-1' } };
    given(...high).when(override, OPERATOR).then({ type: 'ReturnRiskOverridden', data: { returnId, level: 'HIGH', receivingAssessmentId: 'RECEIVING-HIGH' }, seals: ['assessment'] });
    given(...high, overridden).when(approve, { ...COORDINATOR, actor: 'operator-1' }).thenRejects('second-person-required');
    // Whoever overrode asks once more before departure: refused, and the return is not lost by it.
    given(...high, overridden, { ...approved, data: { returnId, overridden: true } }).when(check(), { ...OPERATOR, actor: 'operator-1' }).thenRejects('second-person-required');
    given(...high, overridden).when(approve, COORDINATOR).then({ type: 'ReturnApproved', data: { returnId, overridden: true }, seals: ['contact'] });
    const critical = given(...assessedBothSides('CRITICAL'), ...referred, ...accepted);
    critical.when(override, OPERATOR).thenRejects('return-risk-critical');
    critical.when(approve, COORDINATOR).thenRejects('return-risk-critical');
  });
  it('at HIGH only on the assessment that was overridden, not on a later one', () => {
    const high = [...assessedBothSides('HIGH'), ...referred, ...accepted];
    const data = { returnId, level: 'HIGH', receivingAssessmentId: 'RECEIVING-HIGH' };
    const overridden = (more: object = {}): Given => ({ type: 'ReturnRiskOverridden', data: { ...data, ...more }, metadata: { actor: 'operator-1' } });
    const again = (half: string): Given => ({ ...risk(half, 'HIGH'), data: { ...risk(half, 'HIGH').data, assessmentId: `${half}-again` } });
    for (const half of ['SENDING', 'RECEIVING']) {
      given(...high, overridden(), again(half)).when(approve, COORDINATOR).thenRejects('return-risk-high');
      given(...high, overridden(), approved, again(half)).when(check(), OPERATOR).then({ type: 'PreDepartureCheckFailed', data: { returnId, because: 'RISK' } });
    }
    given(...high, overridden(), risk('SENDING')).when(approve, COORDINATOR).then({ type: 'ReturnApproved', data: { returnId, overridden: true }, seals: ['contact'] });
    // Recorded before an override named what it was about: it is asked for again.
    given(...high, { type: 'ReturnRiskOverridden', data: { returnId, level: 'HIGH' } }).when(approve, COORDINATOR).thenRejects('return-risk-high');
    const renewed = { type: 'ReturnRiskOverridden', data: { ...data, sendingAssessmentId: 'SENDING-again' }, seals: ['assessment'] } as const;
    given(...high, overridden(), again('SENDING')).when({ type: 'OverrideReturnRisk', body: { returnId, reason: 'again' } }, OPERATOR).then(renewed);
  });
  it('and each step after it, not before the step that it follows', () => {
    const early = { occurredAt: '2026-03-10T07:59:59.000Z' };
    given(...assessedBothSides(), ...referred, ...accepted).when(approve, { ...COORDINATOR, ...early }).thenRejects('before-its-ground');
    given(...assessedBothSides(), approved, checked).when({ type: 'RecordDeparture', body: { returnId } }, { ...OPERATOR, ...early }).thenRejects('before-its-ground');
    given(...assessedBothSides(), approved, checked, departed).when({ type: 'RecordArrival', body: { returnId } }, { ...OPERATOR, ...early }).thenRejects('before-its-ground');
    // Senders round to the minute.
    const rounded = { ...OPERATOR, occurredAt: '2026-03-10T08:00:00.000Z' };
    const late: Given = { ...departed, metadata: { occurredAt: '2026-03-10T08:00:40.000Z' } };
    given(...assessedBothSides(), approved, checked, late).when({ type: 'RecordArrival', body: { returnId } }, rounded).then({ type: 'Arrived', data: { returnId } });
  });
  it('never when the age was disputed meanwhile, nor does the journey start then (INV-4, INV-9)', () => {
    const disputed: Given = { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } };
    given(...assessedBothSides(), ...referred, ...accepted, disputed).when(approve, COORDINATOR).thenRejects('not-yet-supported');
    const depart = { type: 'RecordDeparture', body: { returnId } };
    given(...assessedBothSides(), approved, checked, disputed).when(depart, OPERATOR).thenRejects('not-yet-supported');
  });
  it('never when a half expired meanwhile', () => {
    const later = { ...COORDINATOR, now: '2026-07-01T00:00:00.000Z' };
    given(...assessedBothSides(), ...referred, ...accepted).when(approve, later).thenRejects('risk-expired');
  });
});

describe('the journey', () => {
  const ready = () => [...assessedBothSides(), approved];
  it('starts after a last check that holds', () => {
    given(...ready()).when(check(), OPERATOR).then({ type: 'PreDepartureCheckDone', data: { returnId } });
    given(...ready()).when({ type: 'RecordDeparture', body: { returnId } }, OPERATOR).thenRejects('wrong-state');
    given(...ready(), checked).when({ type: 'RecordDeparture', body: { returnId } }, OPERATOR).then(departed);
  });
  it('starts within two days of the last check, or after another one', () => {
    const leave = { type: 'RecordDeparture', body: { returnId } };
    const late = { ...OPERATOR, now: '2026-03-12T09:00:00.000Z', occurredAt: '2026-03-12T09:00:00.000Z' };
    given(...ready(), checked).when(leave, late).thenRejects('pre-departure-check-old');
    given(...ready(), checked).when(check(), late).then({ type: 'PreDepartureCheckDone', data: { returnId } });
    given(...ready(), checked, { ...checked, metadata: { occurredAt: late.now } }).when(leave, late).then(departed);
  });
  it('ends before it starts when the risk rose, the person declined, or nobody waits (scenario 5)', () => {
    const failed = (because: string) => ({ type: 'PreDepartureCheckFailed', data: { returnId, because } });
    given(...ready(), risk('RECEIVING', 'HIGH')).when(check(), OPERATOR).then(failed('RISK'));
    given(...ready()).when(check({ consentReconfirmed: false }), OPERATOR).then(failed('PERSON_DECLINED'));
    given(...ready()).when(check({ receptionReconfirmed: false }), OPERATOR).then(failed('NO_RECEPTION'));
  });
  it('ends with a handover that the receiving body accepts, and makes it the case manager', () => {
    const handover = { type: 'AcceptHandover', body: { returnId, protocol: 'all papers' } };
    const there = [...ready(), checked, departed, arrived];
    given(...there).when(handover, RECEIVER).thenRejects('consent-missing');
    const consent = consented('SERVICE_DELIVERY', 'asociatia-punte', { consentId: 's' });
    given(...there, consent).when(handover).thenRejects('not-found');
    const handedOver = { type: 'HandoverAccepted', data: { returnId, receiver: 'asociatia-punte' } };
    given(...there, consent).when(handover, RECEIVER).then({ ...handedOver, seals: ['narrative'] });
    const managers = given(...there, consent, handedOver).state.facts.engagements.filter((e) => e.role === 'CM' && e.until === undefined);
    expect(managers.map(({ organisation }) => organisation)).toEqual(['asociatia-punte']);
  });
});

describe('who hears of a return', () => {
  it('the operator and the receiving body, and both are told to forget', () => {
    const facts = (...more: readonly Given[]) => given(...assessedBothSides(), ...more).state.facts;
    const hear = (one: Given) => translate({ ...one, id: 'e', stream: 's', revision: 0, metadata: {} as never }, facts(), facts(one));
    expect(hear(sendingAssessed)).toEqual([{ recipient: 'podul-intoarcerii', thing: returnId, recall: false }]);
    expect(hear(asked)).toEqual([{ recipient: 'asociatia-punte', thing: returnId, recall: false }]);
    expect(hear({ type: 'ReturnCancelled', data: { returnId, reason: 'ERROR' } })).toEqual([
      { recipient: 'podul-intoarcerii', thing: returnId, recall: true },
      { recipient: 'asociatia-punte', thing: returnId, recall: true },
    ]);
    expect(hear({ type: 'ReturnFailed', data: { returnId, reason: 'NO_SHOW' } })).toHaveLength(2);
    expect(hear({ type: 'ReturnFailed', data: { returnId, reason: 'MISSING' } }).slice(2)).toEqual([
      { recipient: 'casa-lumina', thing: returnId, recall: false }, { recipient: 'centrul-coordonare', thing: returnId, recall: false },
    ]);
    expect(hear(told)).toEqual([]);
  });
});

describe('while she has time to recover and reflect (INV-5)', () => {
  const reflecting: Given = {
    type: 'ReflectionPeriodStarted',
    data: { from: NOW, until: '2026-06-08T21:00:00.000Z', trigger: 'SERIOUS_REASONS', untilDecision: false, provisional: true },
  };
  const longer: Given = { type: 'ReflectionPeriodExtended', data: { until: '2026-07-08T21:00:00.000Z' } };
  const over: Given = { type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } };
  const depart = { type: 'RecordDeparture', body: { returnId } };
  const steps = [
    { step: { type: 'ConfirmSendingAssessment', body: { returnId, fitness: 'FIT' } }, before: upTo(risk('SENDING')), by: {} },
    { step: { type: 'SendReceivingRequest', body: { returnId, needs: ['HOUS'], earliest: NOW } }, before: upTo(risk('SENDING'), sendingAssessed), by: COORDINATOR },
    { step: approve, before: [...assessedBothSides(), ...referred, ...accepted], by: COORDINATOR },
    { step: check(), before: [...assessedBothSides(), approved], by: OPERATOR },
    { step: depart, before: [...assessedBothSides(), approved, checked], by: OPERATOR },
  ];
  /** The same return, asked for in her own words: a sealed wish lies in the vault. */
  const wished = (events: readonly Given[]) => events.map((one) =>
    one.type === 'ReturnRequested' ? { ...one, data: { ...one.data, personal: { narrative: { reference: 'r', commitment: 'c' } } } } : one);

  it.each(steps)('$step.type happens only in a return that she asked for', ({ step, before, by }) => {
    for (const running of [[reflecting], [reflecting, longer]]) {
      given(...before, ...running).when(step, by).thenRejects('reflection-running');
      expect(given(...wished(before), ...running).when(step, by).decided()).toHaveLength(1);
    }
    expect(given(...before, reflecting, over).when(step, by).decided()).toHaveLength(1);
  });

  it('no return is begun but at her wish', () => {
    given(...notified(), reflecting).when(request).thenRejects('reflection-running');
    given(...notified(), reflecting).when(request, OPERATOR).thenRejects('reflection-running');
    expect(given(...notified(), reflecting).when({ ...request, body: { ...request.body, wish: 'home' } }).decided()).toHaveLength(1);
    expect(given(...notified(), reflecting).when(request, { role: 'PERSON' }).decided()).toHaveLength(1);
  });

  it('she can stop any return all the same', () => {
    for (const { before } of steps) expect(given(...before, reflecting).when({ type: 'CancelReturn', body: { returnId, reason: 'PERSON_DECLINED' } }).decided()).toHaveLength(1);
  });
});
