import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { aChild, consented, given, informed, notified, presumed, screened } from '../../../../../test/support/case-specification.js';
import { REFERENCE, under } from '../../../../../test/support/reference.js';

const POLICE = 'politia-exemplu';
const ask = { type: 'RequestFormalIdentification', body: { authority: POLICE } };
const consent = [informed, consented('FORMAL_IDENTIFICATION_REQUEST', POLICE)];
const asked: Given = { type: 'FormalIdentificationRequested', data: { requestId: 'r1', authority: POLICE, deciderRole: 'LE', consentId: 'consent-FORMAL_IDENTIFICATION_REQUEST' } };
const refused: Given = { type: 'FormalIdentificationRefused', data: { authority: POLICE, deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' } };
const disclosed = (ground: string): Given => ({ type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o1', ground, recipient: POLICE, contents: [] } });
const decide = (more: object = {}) => ({ type: 'RecordFormalDecision', body: { authority: POLICE, decision: 'IDENTIFIED', decisionNumber: '1/2026', ...more } });
const again = { type: 'RequestReconsideration', body: { requestedBy: 'PERSON', newInformation: 'words' } };

describe('an authority', () => {
  it('that is asked already is not asked twice, and decides nothing by being asked', () => {
    given(...notified(), ...consent, presumed, asked).when(ask).thenNothing();
    expect(given(...notified(), ...consent, presumed, asked).state.facts).not.toHaveProperty('decidedAt');
  });

  it('is asked without consent where the law or the protection of a child says so, never because of a danger', () => {
    given(...notified(), presumed, disclosed('LEGAL_DUTY')).when(ask).decided();
    given(...aChild(), presumed, disclosed('CHILD_PROTECTION_DUTY')).when(ask).decided();
    given(...notified(), presumed, disclosed('RISK_TO_LIFE')).when(ask).thenRejects('consent-missing');
  });

  it('that works no more decides nothing (INV-8)', () => {
    const organisations = new Map([...REFERENCE.organisations].map(([id, one]) => [id, id === POLICE ? { ...one, status: 'SUSPENDED' as const } : one]));
    given(...notified(), presumed).when(decide(), { reference: { ...REFERENCE, organisations } }).thenRejects('decider-not-authorised');
  });

  it('sees a request that is its own, and decides in no other name (8.3)', () => {
    const { state } = given(...notified(), ...consent, presumed, asked);
    const seen = (organisation: string) => caseWorkflow.view(state, { organisation, scope: 'OFFER' })['identification'];
    expect([seen(POLICE), seen('parchetul-exemplu')]).toEqual([{ requestId: 'r1' }, {}]);
    given(...notified(), presumed).when(decide(), { organisation: 'parchetul-exemplu', role: 'PROS' }).thenRejects('decider-not-authorised');
  });

  it.each([{ attempt: true }, { transnational: false }, { forms: ['LABOUR_AGRICULTURE'] }])('says %j for statistics only: it is sealed', (more) => {
    expect(given(...notified(), presumed).when(decide(more)).decided()[0]?.seals).toEqual(['proceedings', 'statistics']);
  });
});

describe('a request', () => {
  const answers: readonly Given[] = [
    { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } }, refused, { type: 'VictimFormallyIdentified', data: { authority: POLICE, deciderRole: 'LE', provisional: true } },
  ];
  const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'consent-FORMAL_IDENTIFICATION_REQUEST', by: 'PERSON' } };
  const shown = (...events: readonly Given[]) => {
    const { state } = given(...notified(), ...consent, presumed, asked, ...events);
    const { request } = caseWorkflow.view(state, { organisation: 'casa-lumina', scope: 'FULL' })['identification'] as { request?: object };
    return { request, owed: caseWorkflow.duties(state, REFERENCE).some(({ name }) => name === 'formal-request-withdrawal') };
  };

  it.each(answers)('is over once it was answered by $type: nothing is taken back of it, and the authority can be asked anew', (answer) => {
    expect(shown()).toEqual({ request: { requestId: 'r1', authority: POLICE }, owed: false });
    expect(shown(withdrawn).owed).toBe(true);
    expect(shown(answer, withdrawn)).toEqual({ request: undefined, owed: false });
    const back: readonly Given[] = answer === answers[0] ? [answer] : [answer, { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } }, presumed];
    given(...notified(), ...consent, presumed, asked, ...back).when(ask).decided();
  });
});

describe('a refusal', () => {
  const no = (more: object = {}) => ({ type: 'RecordFormalDecision', body: { authority: POLICE, decision: 'REFUSED', decisionNumber: '1/2026', reason: 'CRITERIA_NOT_MET', ...more } });

  it('says until when it can be contested in universal time, as the decision does', () => {
    expect(given(...notified(), presumed).when(no({ contestUntil: '2026-04-20T10:00:00+03:00' })).decided()[0]?.data).toMatchObject({ contestUntil: '2026-04-20T07:00:00.000Z' });
  });

  it('is looked at as often as the country lets it be', () => {
    const second: Given = { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } };
    given(...notified(), presumed, refused, second, refused).when(again, { reference: under({ 'reconsider.once': false }) }).decided();
  });

  it('can be contested to the very moment in which that time is over', () => {
    const until = '2026-04-09T21:00:00.000Z';
    const stated: Given = { ...refused, data: { ...refused.data, contestUntil: until } };
    given(...notified(), presumed, stated).when(again, { now: until, occurredAt: until }).decided();
    given(...notified(), presumed, stated).when(again, { now: '2026-04-09T21:00:00.001Z', occurredAt: '2026-04-09T21:00:00.001Z' }).thenRejects('out-of-time');
  });
});

describe('the person herself', () => {
  it('declines, and asks to look again, without anybody’s leave', () => {
    given(...notified(), presumed).when({ type: 'DeclineFormalIdentification', body: { reason: 'NOT_NOW' } }, { role: 'PERSON' }).then({ type: 'FormalIdentificationDeclined', data: { reason: 'NOT_NOW' } });
    given(...notified(), presumed, refused).when(again, { role: 'PERSON' }).decided();
  });
});

describe('looking again', () => {
  it('at a screening does not use up the one time that a refusal is looked at again', () => {
    const first: readonly Given[] = [
      screened('WEAK'), { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } }, { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_PRESUMED' } },
    ];
    given(...notified(), ...first, presumed, refused).when(again).decided();
    const second: Given = { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } };
    given(...notified(), ...first, presumed, refused, second, refused).when(again).thenRejects('decision-final');
  });
});
