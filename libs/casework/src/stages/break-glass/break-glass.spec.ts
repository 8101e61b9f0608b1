import { describe, expect, it } from '@jest/globals';
import { NO_FACTS, caseWorkflow, isGlassBroken } from '#casework';
import type { Given } from '#kernel';
import { NEW_ID, NOW, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { translate } from './break-glass.notify.js';

const CLINIC = { organisation: 'clinica-aurora', role: 'SP', actor: 'doctor-1' } as const;
const OFFICER = { organisation: 'casa-lumina', role: 'DPO', actor: 'officer-1' } as const;
const OPENING = 'o-1';
const breaks = { type: 'BreakGlass', body: { reason: 'MEDICAL_EMERGENCY', account: 'Unconscious at the door.' } };
const review = (result: string) => ({ type: 'ReviewBreakGlass', body: { openingId: OPENING, result } });
const broken = (recordedAt = NOW): Given => ({
  type: 'GlassBroken', data: { openingId: OPENING, reason: 'MEDICAL_EMERGENCY' }, metadata: { organisation: 'clinica-aurora', actor: 'doctor-1', recordedAt },
});
const reviewed = (result: string): Given => ({ type: 'GlassReviewed', data: { openingId: OPENING, result } });
const later = (hours: number): string => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();

describe('a person without any ground', () => {
  it('opens the case for a reason, and tells what happened', () => {
    given(...notified()).when(breaks, CLINIC).then({ type: 'GlassBroken', data: { reason: 'MEDICAL_EMERGENCY', openingId: NEW_ID, openUntil: later(4) }, seals: ['narrative'] });
    given(...notified(), broken()).when(breaks, CLINIC).thenNothing();
    expect(given(...notified(), broken()).when(breaks, { ...CLINIC, actor: 'doctor-2' }).decided()).toHaveLength(1);
    expect(given(...notified(), broken()).when(breaks, { ...CLINIC, now: later(4) }).decided()).toHaveLength(1);
  });

  it('is a person, in a role that helps or protects; who investigates her case is told by those who hold her data (R-3)', () => {
    given(...notified()).when(breaks, { ...CLINIC, human: false }).thenRejects('human-required');
    for (const role of ['LE', 'ID_AUTH', 'PROS', 'RAPP', 'AUDIT', 'SUP', 'DPO', 'LEGAL', 'PROG', 'PERSON'] as const) given(...notified()).when(breaks, { ...CLINIC, role }).thenRejects('role-not-allowed');
  });

  it('is answered of a case that can not be opened as of one that is not there', () => {
    const counted: Given = { type: 'CaseNotified', data: { statisticsOnly: true, month: '2026-01', region: 'RO32', ageBand: '26-40', form: 'LABOUR', country: 'RO' } };
    const forgotten: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
    const answers = [given(), given(counted), given(...notified(), forgotten)].map((one) => one.when(breaks, CLINIC).thenRejects('not-found'));
    expect(new Set(answers.map(({ kind, code, message }) => `${kind} ${code} ${message}`)).size).toBe(1);
    // What is wrong with who asks is told before anything of the case.
    given().when(breaks, { ...CLINIC, human: false }).thenRejects('human-required');
  });
});

describe('broken glass', () => {
  const open = (now: string, actor = 'doctor-1', ...more: readonly Given[]) =>
    isGlassBroken(given(...notified(), broken(), ...more).state.facts, { organisation: 'clinica-aurora', actor }, now);

  it('is open for as long as it was opened, and for four hours where nothing was said, to that very person', () => {
    expect([open(NOW), open(later(3.99)), open(later(4)), open(later(-1))]).toEqual([true, true, false, false]);
    expect(open(NOW, 'doctor-2')).toBe(false);
    const short: Given = { ...broken(), data: { ...broken().data, openUntil: later(1) } };
    const { facts } = given(...notified(), short).state;
    expect([later(0.99), later(1)].map((now) => isGlassBroken(facts, { organisation: 'clinica-aurora', actor: 'doctor-1' }, now))).toEqual([true, false]);
    expect(isGlassBroken(NO_FACTS, { organisation: 'clinica-aurora', actor: 'doctor-1' }, NOW)).toBe(false);
  });

  it('is reviewed by another person, once; what is not upheld ends at once', () => {
    given(...notified(), broken()).when(review('NOT_UPHELD'), OFFICER).then({ type: 'GlassReviewed', data: { openingId: OPENING, result: 'NOT_UPHELD' } });
    given(...notified(), broken()).when(review('UPHELD'), { ...OFFICER, actor: 'doctor-1' }).thenRejects('second-person-required');
    given(...notified(), broken()).when(review('UPHELD'), { ...OFFICER, human: false }).thenRejects('human-required');
    given(...notified(), broken(), reviewed('UPHELD')).when(review('NOT_UPHELD'), OFFICER).thenNothing();
    given(...notified()).when(review('UPHELD'), OFFICER).thenRejects('not-found');
    expect([open(NOW, 'doctor-1', reviewed('NOT_UPHELD')), open(NOW, 'doctor-1', reviewed('UPHELD'))]).toEqual([false, true]);
  });

  it('that was not upheld is not mended by the same person; a colleague may look, and is reviewed too', () => {
    const again = (result: string, actor: string) => given(...notified(), broken(), reviewed(result)).when(breaks, { ...CLINIC, actor, now: later(5) });
    again('NOT_UPHELD', 'doctor-1').thenRejects('second-person-required');
    expect([again('NOT_UPHELD', 'doctor-2').decided(), again('UPHELD', 'doctor-1').decided()].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('is owed a look within the time for overrides, by the officer of a house that leads, or by who coordinates', () => {
    const owed = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'break-glass-review');
    const hasOfficer = REFERENCE.organisations.get('casa-lumina')?.roles.includes('DPO') === true;
    expect(owed(...notified(), broken())).toEqual([{ name: 'break-glass-review', key: OPENING, dueAt: later(24), owedBy: { role: hasOfficer ? 'DPO' : 'NRM_COORD' } }]);
    const unled = notified({}, { organisation: 'politia-exemplu', role: 'LE' });
    expect(owed(...unled, broken()).map(({ owedBy }) => owedBy)).toEqual([{ role: 'NRM_COORD' }]);
    expect(owed(...notified(), broken(), reviewed('UPHELD'))).toEqual([]);
  });

  it('is told to who leads and who coordinates, and seen by who works on the case, without the name of who broke it', () => {
    const { state } = given(...notified(), broken());
    const notices = translate({ ...broken(), stream: 'case-1' } as never, NO_FACTS, state.facts);
    expect(notices).toEqual(['casa-lumina', 'centrul-coordonare'].map((recipient) => ({ recipient, thing: OPENING, recall: false })));
    const shown = caseWorkflow.view(state, { organisation: 'casa-lumina', scope: 'FULL' })['break-glass'];
    expect(shown).toEqual({ openings: [{ openingId: OPENING, organisation: 'clinica-aurora', reason: 'MEDICAL_EMERGENCY', openedAt: NOW, review: 'DUE' }] });
    expect(caseWorkflow.view(state, { organisation: 'clinica-aurora', scope: 'OFFER' })['break-glass']).toEqual({});
  });
});
