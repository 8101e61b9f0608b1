import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { resolveReference } from '#mechanism';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE } from '../../../../../test/support/reference.js';
import { caseWorkflow } from '../../workflow.js';

const under = (policy: string) => resolveReference({ ...REFERENCE.versions, policy }, ORGANISATIONS);
const ROMANIA = under('RO/2026-2');
const LATVIA = under('LV/2026-1');
const UNITED_KINGDOM = under('UK/2026-1');
const told = (name: string, reference: typeof ROMANIA, events: readonly Given[]) =>
  caseWorkflow.duties(given(...events).state, reference).find((duty) => duty.name === name)?.dueAt;
const owed = (name: string, reference: typeof ROMANIA, ...events: readonly Given[]) => told(name, reference, [...notified(), ...events]);
const at = (occurredAt: string) => ({ occurredAt, recordedAt: occurredAt });
const screened = { type: 'ScreeningCompleted', data: { screeningId: 's1', outcome: 'REASONABLE', provisional: true } };
const presumed = { type: 'VictimPresumed', data: {} };
const refused = { type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', reason: 'CRITERIA_NOT_MET' } };

describe('the decision after a screening (A5)', () => {
  it('is owed in the working days of the country, from the notification on a Tuesday', () => {
    expect(owed('presumption', ROMANIA)).toBeUndefined();
    expect(owed('presumption', ROMANIA, screened)).toBe('2026-03-17T22:00:00.000Z');
    expect(owed('presumption', LATVIA, screened)).toBe('2026-03-13T22:00:00.000Z');
    expect(owed('presumption', ROMANIA, screened, presumed)).toBeUndefined();
  });

  it('is moved by "not now" as the screening is, without a breach (R-5)', () => {
    const paused = { type: 'ScreeningPostponed', data: { until: '2026-03-12T08:00:00.000Z' } };
    expect(owed('presumption', ROMANIA, paused, screened)).toBe('2026-03-19T22:00:00.000Z');
  });

  it('has its own time for a child where the country gives it', () => {
    const child = { type: 'AgeRecorded', data: { ageBand: '14-17', ageStatus: 'DOCUMENTED' } };
    expect(Date.parse(owed('presumption', UNITED_KINGDOM, screened, child) ?? '')).toBeGreaterThan(Date.parse(owed('presumption', UNITED_KINGDOM, screened) ?? ''));
  });
});

describe('the second reading (A11)', () => {
  it('is owed from the first one', () => {
    const first = { type: 'ScreenOutProposed', data: { reason: 'NO_INDICATION', ledToOtherProtection: true }, metadata: at('2026-03-16T09:00:00.000Z') };
    expect(owed('second-reading', ROMANIA, screened, first)).toBe('2026-03-23T22:00:00.000Z');
    expect(owed('presumption', ROMANIA, screened, first)).toBeUndefined();
    expect(owed('second-reading', ROMANIA, screened, first, { type: 'ScreenedOut', data: {} })).toBeUndefined();
  });
});

describe('the file to the authority (A7)', () => {
  it('is owed where the country says so, until it was asked or the person declined', () => {
    expect(owed('formal-request', ROMANIA, presumed)).toBeUndefined();
    expect(owed('formal-request', LATVIA, presumed)).toBe('2026-03-13T22:00:00.000Z');
    expect(owed('formal-request', LATVIA, presumed, { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } })).toBeUndefined();
    const asked = { type: 'FormalIdentificationRequested', data: { requestId: 'q1', authority: 'politia-exemplu', deciderRole: 'LE' } };
    expect(owed('formal-request', LATVIA, presumed, asked)).toBeUndefined();
  });
});

describe('the time to contest a refusal (A10)', () => {
  it('is what the decision says, else what the country says, and is over once it was used', () => {
    expect(owed('contest', ROMANIA, presumed, refused)).toBe('2026-04-09T21:00:00.000Z');
    const stated = { ...refused, data: { ...refused.data, contestUntil: '2026-05-01T21:00:00.000Z' } };
    expect(owed('contest', ROMANIA, presumed, stated)).toBe('2026-05-01T21:00:00.000Z');
    const again = { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } };
    expect(owed('contest', ROMANIA, presumed, refused, again, refused)).toBeUndefined();
  });
});

describe('the first day of a case (A3, C2)', () => {
  it('owes basic needs within 24 hours, and somebody who leads it within a working day', () => {
    const byPolice = notified({}, { role: 'LE', organisation: 'politia-exemplu' });
    const needs = { type: 'BasicNeedsMet', data: { met: [], refused: ['FOOD'] } };
    const led = { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } };
    expect(told('basic-needs', ROMANIA, byPolice)).toBe('2026-03-11T08:00:00.000Z');
    expect(told('case-manager', ROMANIA, byPolice)).toBe('2026-03-11T22:00:00.000Z');
    expect(told('basic-needs', ROMANIA, [...byPolice, needs])).toBeUndefined();
    expect(told('case-manager', ROMANIA, [...byPolice, led])).toBeUndefined();
  });
});
