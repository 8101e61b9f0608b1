import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { romanianReference } from '#mechanism';
import { NOW, consented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, under } from '../../../../../test/support/reference.js';
import {
  COORDINATOR, OPERATOR, RECEIVER, accepted, approve, approved, arrived, asked, assessedBothSides, check, confirmed, depart, departed, ready, receivingAssessed, referred,
  request, requested, returnId, risk, sendingAssessed, toOperator, toReceiver, told, towards, upTo,
} from '../../../../../test/support/return-story.js';

const failed = (because: string) => ({ type: 'PreDepartureCheckFailed', data: { returnId, because } });
const confirm = (fitness = 'FIT') => ({ type: 'ConfirmSendingAssessment', body: { returnId, fitness } });
const send = { type: 'SendReceivingRequest', body: { returnId, needs: ['HOUS'], earliest: NOW } };
const answer = { type: 'AcknowledgeReceivingRequest', body: { returnId, contact: 'a', alternate: 'b' } };
const assessThere = { type: 'ConfirmReceivingAssessment', body: { returnId, feedback: 'quiet' } };

/** Another look at her than for a return. */
const look = (overall: string, purpose = 'INCIDENT'): Given => {
  const { data } = risk('SENDING', overall);
  const { half: _none, ...rest } = data as { half: string };
  return { type: 'RiskAssessed', data: { ...rest, assessmentId: `${purpose}-${overall}`, purpose } };
};

describe('danger stops a return at every step after the halves are in (4.3, INV-4, R-16)', () => {
  const waiting = [...assessedBothSides(), ...referred, ...accepted];

  it.each(['SENDING', 'RECEIVING'])('when the %s half became CRITICAL', (half) => {
    given(...waiting, risk(half, 'CRITICAL')).when(approve, COORDINATOR).thenRejects('return-risk-critical');
    given(...assessedBothSides(), approved, risk(half, 'CRITICAL')).when(check(), OPERATOR).then(failed('RISK'));
    given(...ready(), risk(half, 'CRITICAL')).when(depart, OPERATOR).thenRejects('return-risk-critical');
  });
  it('when her newest assessment for any other purpose is CRITICAL, and goes on after a calmer look', () => {
    given(...waiting, look('CRITICAL')).when(approve, COORDINATOR).thenRejects('return-risk-critical');
    given(...assessedBothSides(), approved, look('CRITICAL')).when(check(), OPERATOR).then(failed('RISK'));
    given(...ready(), look('CRITICAL')).when(depart, OPERATOR).thenRejects('return-risk-critical');
    given(...ready(), look('CRITICAL'), look('MEDIUM', 'REVIEW')).when(depart, OPERATOR).then(departed);
    given(...ready(), look('CRITICAL'), risk('SENDING')).when(depart, OPERATOR).then(departed);
  });
  it('when it rose to HIGH and nobody overrode that very assessment', () => {
    for (const rose of [risk('SENDING', 'HIGH'), risk('RECEIVING', 'HIGH'), look('HIGH')]) {
      given(...waiting, rose).when(approve, COORDINATOR).thenRejects('return-risk-high');
      given(...ready(), rose).when(depart, OPERATOR).thenRejects('return-risk-high');
    }
    const override = { type: 'OverrideReturnRisk', body: { returnId, reason: 'the police waits' } };
    const data = { returnId, level: 'HIGH', sendingAssessmentId: 'INCIDENT-HIGH' };
    given(...waiting, look('HIGH')).when(override, OPERATOR).then({ type: 'ReturnRiskOverridden', data, seals: ['assessment'] });
    const overridden: Given = { type: 'ReturnRiskOverridden', data, metadata: { actor: 'operator-1' } };
    expect(given(...waiting, look('HIGH'), overridden).when(approve, COORDINATOR).decided()).toHaveLength(1);
    // Who overrode it may be who says that she left: the approval and the last check were another person's.
    const gone = [...waiting, look('HIGH'), overridden, { ...approved, data: { returnId, overridden: true } }, { type: 'PreDepartureCheckDone', data: { returnId } }];
    given(...gone).when(depart, { ...OPERATOR, actor: 'operator-1' }).then(departed);
  });
  it('but not a calmer look elsewhere, which lowers no half that is HIGH', () => {
    given(...waiting, risk('SENDING', 'HIGH'), look('LOW', 'REVIEW')).when(approve, COORDINATOR).thenRejects('return-risk-high');
  });
  it('and an assessment that ran out is made again: the return is not lost by it', () => {
    const late = { ...OPERATOR, now: '2026-07-01T00:00:00.000Z' };
    given(...assessedBothSides(), approved).when(check(), late).thenRejects('risk-expired');
    given(...ready()).when(depart, late).thenRejects('risk-expired');
  });
});

describe('she agreed to who takes part, at every step that she takes with them (6.3 T3, 8.2)', () => {
  const steps = [
    { step: confirm(), before: upTo(risk('SENDING')), by: {}, parties: ['operator'] },
    { step: send, before: upTo(risk('SENDING'), sendingAssessed), by: COORDINATOR, parties: ['operator', 'receiver'] },
    { step: answer, before: upTo(risk('SENDING'), sendingAssessed, asked), by: RECEIVER, parties: ['receiver'] },
    { step: assessThere, before: upTo(risk('SENDING'), sendingAssessed, asked, confirmed, risk('RECEIVING')), by: RECEIVER, parties: ['receiver'] },
    { step: approve, before: [...assessedBothSides(), ...referred, ...accepted], by: COORDINATOR, parties: ['operator', 'receiver'] },
    { step: check(), before: [...assessedBothSides(), approved], by: OPERATOR, parties: ['operator', 'receiver'] },
    { step: depart, before: ready(), by: OPERATOR, parties: ['operator', 'receiver'] },
  ];
  const short = (one: Given): Given => ({ ...one, data: { ...one.data, expiresAt: '2026-03-10T08:30:00.000Z' } });
  const stop = (consentId: string): Given => ({ type: 'ConsentWithdrawn', data: { consentId, by: 'PERSON' }, metadata: { occurredAt: NOW } });
  /** At home, or where operator and receiving body are of another country and she agreed to tell them there. */
  const abroad = (events: readonly Given[], ...more: readonly Given[]): readonly Given[] =>
    JSON.parse(JSON.stringify([...events, ...more]).replaceAll('asociatia-punte', 'rifugio-ponte').replaceAll('clinica-aurora', 'clinica-mare')) as Given[];
  const clinic = { ...ORGANISATIONS.find(({ id }) => id === 'clinica-aurora')!, id: 'clinica-mare', country: 'IT' };
  const reference = romanianReference([...ORGANISATIONS, clinic]);
  const border = (countries: readonly string[], more: object = {}) => consented('CROSS_BORDER', 'rifugio-ponte', { consentId: 'x', countries, ...more });

  it.each(steps)('$step.type', ({ step, before, by, parties }) => {
    expect(given(...before).when(step, by).decided()).not.toEqual([]);
    for (const [party, consent, consentId] of [['operator', toOperator, 'c-operator'], ['receiver', toReceiver, 'c-receiver']] as const) {
      const ranOut = given(...before.map((one) => (one === consent ? short(one) : one)));
      const takenBack = given(...before, stop(consentId));
      if (parties.includes(party)) for (const one of [ranOut, takenBack]) one.when(step, by).thenRejects('consent-missing');
    }
  });
  it.each(steps.filter(({ parties }) => parties.includes('receiver')))('$step.type, across a border to its country', ({ step, before, by }) => {
    const there = 'organisation' in by && by.organisation === 'asociatia-punte' ? { ...by, organisation: 'rifugio-ponte', reference } : { ...by, reference };
    expect(given(...abroad(before, border(['IT', 'FR']))).when(step, there).decided()).not.toEqual([]);
    for (const missing of [[], [border(['FR'])], [border(['IT'], { expiresAt: '2026-03-10T08:30:00.000Z' })], [border(['IT']), stop('x')]]) {
      expect(given(...abroad(before, ...missing)).when(step, there).thenRejects('consent-missing').details).toMatchObject({ purpose: 'CROSS_BORDER', recipientField: 'receiver' });
    }
  });
  it('before an operator of another country sees anything of the case', () => {
    const foreign: Given = { ...requested, data: { ...requested.data, operator: 'rifugio-ponte' } };
    const begun = [...notified(), informed, consented('RETURN', 'rifugio-ponte', { consentId: 'r' }), foreign, told, risk('SENDING')];
    expect(given(...begun).when(confirm()).thenRejects('consent-missing').details).toMatchObject({ purpose: 'CROSS_BORDER', recipientField: 'operator' });
    expect(given(...begun, border(['IT'])).when(confirm()).decided()).toHaveLength(1);
  });
  it('and what she says at the last check is recorded, whatever else is missing', () => {
    given(...assessedBothSides(), approved, stop('c-receiver')).when(check({ consentReconfirmed: false }), OPERATOR).then(failed('PERSON_DECLINED'));
  });
});

describe('a return goes on only towards a house that is there', () => {
  const reference = romanianReference(ORGANISATIONS.map((one) => (one.id === 'asociatia-punte' ? { ...one, status: 'SUSPENDED' as const } : one)));
  it('and none that was suspended meanwhile', () => {
    given(...upTo(risk('SENDING'), sendingAssessed)).when(send, { ...COORDINATOR, reference }).thenRejects('recipient-unknown');
    given(...assessedBothSides(), ...referred, ...accepted).when(approve, { ...COORDINATOR, reference }).thenRejects('recipient-unknown');
    given(...assessedBothSides(), approved).when(check(), { ...OPERATOR, reference }).then(failed('NO_RECEPTION'));
    given(...ready()).when(depart, { ...OPERATOR, reference }).thenRejects('recipient-unknown');
  });
  it('where services wait for her there, not where she leaves (T10)', () => {
    const border = consented('CROSS_BORDER', 'rifugio-ponte', { consentId: 'x', countries: ['IT'] });
    const abroad = [...towards('rifugio-ponte', assessedBothSides()), border];
    given(...abroad, ...referred, ...accepted).when(approve, COORDINATOR).thenRejects('reception-not-ready');
    const there = (events: readonly Given[]) => JSON.parse(JSON.stringify(events).replaceAll('clinica-aurora', 'rifugio-ponte')) as Given[];
    expect(given(...abroad, ...there(referred), ...there(accepted)).when(approve, COORDINATOR).decided()).toHaveLength(1);
  });
  it('in the same part of the country, where houses have one', () => {
    const regions = (id: string) => (id === 'clinica-aurora' ? ['RO32' as const] : id === 'asociatia-punte' ? ['RO11' as const] : []);
    const at = romanianReference(ORGANISATIONS.map((one) => ({ ...one, regions: regions(one.id) })));
    given(...assessedBothSides(), ...referred, ...accepted).when(approve, { ...COORDINATOR, reference: at }).thenRejects('reception-not-ready');
    const none = { ...COORDINATOR, reference: under({ 'return.accepted_services': 0 }) };
    expect(given(...assessedBothSides()).when(approve, none).decided()).toHaveLength(1);
  });
});

describe('who is not fit to travel', () => {
  it('waits, and goes once she is, with an escort if need be (T4)', () => {
    given(...upTo(risk('SENDING'))).when(confirm('NOT_FIT')).thenRejects('not-fit-to-travel');
    expect(given(...upTo(risk('SENDING'))).when(confirm('FIT_WITH_ESCORT')).decided()).toHaveLength(1);
  });
});

describe('one person', () => {
  it('makes one journey: another return begins when this one is over, was cancelled, or came to its place', () => {
    for (const running of [[...notified(), requested], ready(), [...ready(), departed]]) given(...running).when(request).thenRejects('return-under-way');
    for (const end of [[{ type: 'ReturnCancelled', data: { returnId, reason: 'ERROR' } }], [departed, arrived], [{ type: 'ReturnFailed', data: { returnId, reason: 'NO_SHOW' } }]]) {
      expect(given(...ready(), ...end).when(request).decided()).toHaveLength(1);
    }
  });
  it('is assessed anew for each place: what another receiving body wrote says nothing of this one', () => {
    const over: Given = { type: 'ReturnCancelled', data: { returnId, reason: 'ERROR' } };
    const next = JSON.parse(JSON.stringify([requested, told, sendingAssessed, asked, confirmed]).replaceAll(returnId, 'return-2')) as Given[];
    given(...upTo(risk('SENDING'), sendingAssessed, asked, confirmed, risk('RECEIVING'), receivingAssessed), over, ...next)
      .when({ type: 'ConfirmReceivingAssessment', body: { returnId: 'return-2', feedback: 'quiet' } }, RECEIVER).thenRejects('risk-missing');
  });
});
