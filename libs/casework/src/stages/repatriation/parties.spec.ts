/** Who takes part in a return: the sending house and the coordination, the operator, the receiving body, and nobody else. */
import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NOW, given } from '../../../../../test/support/case-specification.js';
import {
  COORDINATOR, OPERATOR, RECEIVER, accepted, approved, assessedBothSides, check, depart, departed, ready, referred, returnId, risk, upTo,
} from '../../../../../test/support/return-story.js';
import { caseView } from '../../edge/case-view.js';
import { returnRisk } from '../../../../../test/support/story.js';

const [offered, taken] = [referred[0]!, accepted[0]!];
const clinic = (role: 'SP' | 'SUP') => ({ organisation: 'clinica-aurora', role, actor: 'doctor-1' });

describe('a provider with another part in the case', () => {
  const withClinic = (events: readonly Given[]) => given(...events, offered, taken);
  const step = (type: string, more: object = {}) => ({ type, body: { returnId, ...more } });

  it.each([
    ['RecordDeparture', depart, ready()], ['RecordTransit', step('RecordTransit'), [...ready(), departed]], ['RecordArrival', step('RecordArrival'), [...ready(), departed]],
    ['RecordJourneyFailure', step('RecordJourneyFailure', { reason: 'NO_SHOW' }), ready()],
  ] as const)('does not move a journey: %s', (_name, command, before) => {
    withClinic(before).when(command, clinic('SP')).thenRejects('not-found');
    expect(withClinic(before).when(command, OPERATOR).decided()).toHaveLength(1);
    expect(withClinic(before).when(command, { ...RECEIVER, role: 'SP' }).decided()).toHaveLength(1);
  });
  it('does not end or carry a return of others, as an organiser of journeys neither', () => {
    const other = (events: readonly Given[]) => given(...(JSON.parse(JSON.stringify([...events, offered, taken]).replaceAll('clinica-aurora', 'rifugio-ponte')) as Given[]));
    const RETURNS = { organisation: 'rifugio-ponte', role: 'RET_ORG' } as const;
    other(ready()).when(step('CancelReturn', { reason: 'ERROR' }), RETURNS).thenRejects('not-found');
    other(ready()).when(step('FindReturnNotSafe', { reason: 'NO_RECEPTION' }), RETURNS).thenRejects('not-found');
    other(assessedBothSides('HIGH')).when(step('OverrideReturnRisk', { reason: 'r' }), RETURNS).thenRejects('not-found');
    other([...assessedBothSides(), approved]).when(check({ consentReconfirmed: false }), RETURNS).thenRejects('not-found');
  });
  it('ends no return by its supervisor; nor does the supervisor of a partner that takes part', () => {
    const unsafe = step('FindReturnNotSafe', { reason: 'NO_RECEPTION' });
    withClinic(assessedBothSides()).when(unsafe, clinic('SUP')).thenRejects('not-found');
    withClinic(assessedBothSides()).when(unsafe, { ...RECEIVER, role: 'SUP' }).thenRejects('role-not-allowed');
    for (const by of [OPERATOR, COORDINATOR, {}, { role: 'SUP' }] as const) expect(withClinic(assessedBothSides()).when(unsafe, by).decided()).toHaveLength(1);
  });
  it('records what she takes back all the same', () => {
    const stop = { type: 'StateWithdrawal', body: { purpose: 'RETURN', by: 'PERSON', medium: 'IN_PERSON' } };
    expect(withClinic(ready()).when(stop, clinic('SP')).decided()).toHaveLength(1);
  });
  it('is not shown that she returns, nor with whom; who takes part is', () => {
    const { state } = withClinic(ready());
    const seen = (organisation: string) => JSON.stringify(caseView('case', state, { organisation, scope: 'FULL' }, NOW));
    for (const partner of ['asociatia-punte', 'podul-intoarcerii', returnId]) expect(seen('clinica-aurora')).not.toContain(partner);
    for (const organisation of ['asociatia-punte', 'podul-intoarcerii', 'casa-lumina']) expect(seen(organisation)).toContain(returnId);
  });
});

describe('each half of the risk is written by the house whose place it is about (INV-4, T8)', () => {
  const assess = (half: string) => ({ type: 'AssessRisk', body: returnRisk(half, 1) });
  const askedThere = [...assessedBothSides().slice(0, -1)];

  it('the receiving one by who receives her, once it took that on', () => {
    expect(given(...askedThere).when(assess('RECEIVING'), RECEIVER).decided()).toHaveLength(1);
    for (const by of [OPERATOR, COORDINATOR, {}] as const) given(...askedThere, risk('RECEIVING', 'HIGH')).when(assess('RECEIVING'), by).thenRejects('role-not-allowed');
    given(...upTo(risk('SENDING'))).when(assess('RECEIVING'), RECEIVER).thenRejects('role-not-allowed');
    const over: Given = { type: 'ReturnCancelled', data: { returnId, reason: 'ERROR' } };
    given(...askedThere, over).when(assess('RECEIVING'), RECEIVER).thenRejects('role-not-allowed');
  });
  it('the sending one by no partner', () => {
    for (const by of [OPERATOR, RECEIVER]) given(...askedThere, risk('SENDING', 'HIGH')).when(assess('SENDING'), by).thenRejects('role-not-allowed');
    expect(given(...askedThere).when(assess('SENDING')).decided()).toHaveLength(1);
  });
});
