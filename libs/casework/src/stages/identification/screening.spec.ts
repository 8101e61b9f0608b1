import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { aChild, given, informed, notified, presumed, screened } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const present = (...codes: readonly string[]) => codes.map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' }));
const screen = (more: object = {}) => ({
  type: 'CompleteScreening',
  body: { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, answers: present('EX-01', 'EX-09'), ...more },
});
const postponed = (from: string, until: string): Given => ({ type: 'ScreeningPostponed', data: { until }, metadata: { occurredAt: from } });
const duties = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE);
const due = (...events: readonly Given[]) => duties(...notified(), ...events).find(({ name }) => name === 'screening')?.dueAt;

describe('a screening', () => {
  it('of an adult is on no profile of a child', () => {
    given(...notified()).when(screen({ profile: 'CHILD_LABOUR' })).thenRejects('profile-does-not-fit-age');
    given(...aChild()).when(screen({ profile: 'ADULT_SEXUAL' })).thenRejects('profile-does-not-fit-age');
  });

  it('rests on provisional rules where the weights, or the rule itself, are confirmed by no source (R-10, O-5)', () => {
    const provisional = (verified: boolean, keys: readonly 'id.rule'[]) => {
      const reference = { ...REFERENCE, catalogue: { ...REFERENCE.catalogue, verified }, policy: { ...REFERENCE.policy, provisional: keys } };
      return (given(...notified()).when(screen(), { reference }).decided()[0]?.data as { provisional: boolean }).provisional;
    };
    expect([provisional(true, []), provisional(false, []), provisional(true, ['id.rule'])]).toEqual([false, true, true]);
  });
});

describe('"not now" (R-5)', () => {
  const later = (until: string) => ({ type: 'RecordNotNow', body: { until } });

  it('is said by the person herself too, and lasts to the very moment that the policy allows', () => {
    given(...notified()).when(later('2026-04-09T21:00:00.000Z'), { role: 'PERSON' }).then({ type: 'ScreeningPostponed', data: { until: '2026-04-09T21:00:00.000Z' } });
    given(...notified()).when(later('2026-04-09T21:00:00.001Z')).thenRejects('pause-too-long');
  });

  it('said when the time is just over undoes no breach, and within another pause adds nothing', () => {
    const end = '2026-03-13T08:00:00.000Z';
    expect(due()).toBe(end);
    expect(due(postponed(end, '2026-03-20T08:00:00.000Z'))).toBe(end);
    const long = postponed('2026-03-11T08:00:00.000Z', '2026-03-12T08:00:00.000Z');
    expect(due(long, postponed('2026-03-11T10:00:00.000Z', '2026-03-11T12:00:00.000Z'))).toBe(due(long));
    expect(due(long)).toBe('2026-03-14T08:00:00.000Z');
  });
});

describe('a screening that nobody did', () => {
  it('is owed no more once somebody presumed without one, and nothing of it once erasure was ordered', () => {
    expect(due(presumed)).toBeUndefined();
    const erasing: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
    expect(due(erasing)).toBeUndefined();
    const asked: Given = { type: 'FormalIdentificationRequested', data: { requestId: 'r1', authority: 'politia-exemplu', deciderRole: 'LE', consentId: 'c1' } };
    expect(duties(...notified(), presumed, asked, erasing).map(({ name }) => name)).toEqual(['erasure', 'formal-request-deletion']);
  });
});

describe('rights information', () => {
  it('counts from when the person was first told, whatever sheet came later', () => {
    const first: Given = { ...informed, metadata: { occurredAt: '2026-03-10T08:30:00.000Z' } };
    const second: Given = { ...informed, data: { ...informed.data, sheetVersion: '2026-2' }, metadata: { occurredAt: '2026-04-10T08:30:00.000Z' } };
    expect(given(...notified(), first, second).state.facts.rightsInformedAt).toBe('2026-03-10T08:30:00.000Z');
  });
});

describe('screening results', () => {
  it('are seen by who works on the case, with when she is asked again, and by nobody else', () => {
    const { state } = given(...notified(), postponed('2026-03-11T08:00:00.000Z', '2026-03-12T08:00:00.000Z'), screened('WEAK'));
    const seen = (scope: 'FULL' | 'OWN') => caseWorkflow.view(state, { organisation: 'casa-lumina', scope })['identification'];
    expect(seen('FULL')).toMatchObject({ screenings: [{ outcome: 'WEAK' }], askAgainAt: '2026-03-12T08:00:00.000Z' });
    expect(seen('OWN')).toEqual({});
  });
});

describe('somebody for whom indicators spoke', () => {
  it('is not screened out by one person alone, whatever a later look did not see (A11)', () => {
    const out = { type: 'ScreenOut', body: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
    const [event] = given(...notified(), informed, screened('STRONG'), screened('NONE', 'screening-2')).when(out).decided();
    expect(event?.type).toBe('ScreenOutProposed');
  });
});
