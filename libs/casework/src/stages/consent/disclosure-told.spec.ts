/** Who was spoken of without her consent hears of it when that is safe, and somebody owes it until then. */
import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { caseWorkflow } from '#casework';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const MADE: Given = { type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o1', ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: [] } };
const LATER = '2026-03-11T09:00:00.000Z';
const AGAIN = REFERENCE.calendar.due(LATER, REFERENCE.policy.values['risk.validity'].HIGH);
const told: Given = { type: 'PersonToldOfDisclosure', data: { overrideId: 'o1' } };
const unsafe: Given = { type: 'TellingFoundUnsafe', data: { overrideId: 'o1', askAgainAt: AGAIN } };
const tell = (outcome: string, overrideId = 'o1') => ({ type: 'TellOfDisclosure', body: { overrideId, outcome } });
const owed = (...story: readonly Given[]) => caseWorkflow.duties(given(...story).state, REFERENCE).filter(({ name }) => name === 'disclosure-told');

describe('telling her of a disclosure', () => {
  it('is owed by whoever leads the case when a second person must have looked, until she knows', () => {
    expect(owed(...notified())).toEqual([]);
    expect(owed(...notified(), MADE)).toEqual([{ name: 'disclosure-told', key: 'o1', dueAt: '2026-03-11T08:00:00.000Z', owedBy: { organisation: 'casa-lumina' } }]);
    expect(owed(...notified(), MADE, told)).toEqual([]);
    // Nobody leads yet: not who found her, who may not know of it.
    expect(owed(...notified({}, { organisation: 'politia-exemplu', role: 'LE' }), MADE)).toMatchObject([{ owedBy: { role: 'NRM_COORD' } }]);
  });

  it('that is not safe yet is owed again as a great danger is looked at again', () => {
    given(...notified(), MADE).when(tell('NOT_SAFE_YET'), { now: LATER, occurredAt: LATER }).then({ type: 'TellingFoundUnsafe', data: { overrideId: 'o1', askAgainAt: AGAIN } });
    expect(owed(...notified(), MADE, unsafe).map(({ dueAt }) => dueAt)).toEqual([AGAIN]);
    expect(AGAIN > LATER).toBe(true);
    given(...notified(), MADE, unsafe).when(tell('TOLD'), { now: LATER }).then(told);
  });

  it('happens once, of a disclosure that there is, by a person of the house that leads', () => {
    given(...notified(), MADE, told).when(tell('NOT_SAFE_YET')).thenNothing();
    given(...notified(), MADE).when(tell('TOLD', 'o2')).thenRejects('not-found');
    given(...notified(), MADE).when(tell('TOLD'), { human: false }).thenRejects('human-required');
    given(...notified(), MADE).when(tell('TOLD'), { role: 'AUDIT' }).thenRejects('role-not-allowed');
  });
});
