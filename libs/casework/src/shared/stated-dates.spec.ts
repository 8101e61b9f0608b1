import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { consented, given, informed, NOW, notified, presumed, screened } from '../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../test/support/reference.js';

const CLINIC = 'clinica-aurora';
const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;
const before = { occurredAt: '2025-01-01T00:00:00.000Z' };
const stated = (event: Given, occurredAt: string): Given => ({ ...event, metadata: { ...event.metadata, occurredAt, recordedAt: NOW } });

describe('a day that whoever records states', () => {
  const risk: Given = { type: 'RiskAssessed', data: { assessmentId: 'a', purpose: 'CLOSURE', form: 'FULL', overall: 'LOW', redFlag: false, coreComplete: true, validUntil: '2026-06-01T00:00:00.000Z', provisional: true } };
  const proposed: Given = { type: 'ClosureProposed', data: { proposalId: 'p', reason: 'GOALS_MET', unmetNeeds: [] }, metadata: { actor: 'worker-1' } };

  it('closes no case, screens nobody out and presumes nobody before the case was notified', () => {
    given(...notified(), risk, proposed).when({ type: 'ApproveClosure', body: { proposalId: 'p' } }, { role: 'SUP', actor: 'boss', ...before }).thenRejects('before-its-ground');
    const out = { type: 'ScreenOut', body: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
    given(...notified(), informed, screened('NONE')).when(out, before).thenRejects('before-its-ground');
    given(...notified(), informed).when({ type: 'Presume', body: { grounds: 'what she said' } }, before).thenRejects('before-its-ground');
  });

  it('brings no erasure nearer: how long data is kept counts from when it was recorded (8.5)', () => {
    const until = (event: Given) => caseWorkflow.duties(given(...notified(), event).state, REFERENCE).find(({ name }) => name === 'retention')?.dueAt;
    const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'GOALS_MET', unmetNeeds: [] } };
    const out: Given = { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
    for (const event of [closed, out]) expect([event.type, until(stated(event, '2023-01-01T00:00:00.000Z'))]).toEqual([event.type, until(event)]);
  });
});

describe('a refusal of an authority', () => {
  const asked: Given = { type: 'FormalIdentificationRequested', data: { requestId: 'q', authority: 'politia-exemplu', deciderRole: 'LE' } };
  const refuse = (more: object = {}) => ({ type: 'RecordFormalDecision', body: { authority: 'politia-exemplu', decision: 'REFUSED', decisionNumber: '1/2026', reason: 'CRITERIA_NOT_MET', ...more } });
  const story = given(...notified(), informed, presumed, asked);
  const told = (body: ReturnType<typeof refuse>, by: object = {}) => story.when(body, { ...POLICE, ...by }).decided()[0]?.data as { contestUntil: string; moveOnUntil: string };

  it('leaves the whole time to contest it and to plan her way on, whatever day stands on it (2.2 A8)', () => {
    expect(told(refuse(), { occurredAt: '2025-12-01T09:00:00.000Z' })).toEqual(told(refuse()));
    expect(told(refuse()).contestUntil > NOW).toBe(true);
  });

  it('states no end that is over when it is recorded; a later one counts', () => {
    story.when(refuse({ contestUntil: '2026-03-01T09:00:00.000Z' }), POLICE).thenRejects('contest-over');
    expect(told(refuse({ contestUntil: '2026-05-01T09:00:00.000Z' })).contestUntil).toBe('2026-05-01T09:00:00.000Z');
  });
});

describe('a stop that she said', () => {
  const stop = (at: string): Given => stated({ type: 'WithdrawalStated', data: { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' } }, at);
  const within = (event: Given): Given => ({ ...event, metadata: { occurredAt: '2026-03-10T08:15:40.000Z', recordedAt: '2026-03-10T08:15:40.000Z' } });
  const agreed = within(consented('REFERRAL', CLINIC));
  const danger = within({ type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o', ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['IDENTITY'] } });
  const left = (...story: readonly Given[]) => {
    const { consents, overrides } = given(...notified(), informed, ...story).state.facts;
    return [...consents.map(({ withdrawnAt }) => withdrawnAt), ...overrides.map(({ takenBackAt }) => takenBackAt)];
  };

  it('is the last word within the minute in which she had agreed, or a danger had been told: senders round (INV-12)', () => {
    expect(left(agreed, danger, stop('2026-03-10T08:15:00.000Z'))).toEqual(['2026-03-10T08:15:40.000Z', '2026-03-10T08:15:40.000Z']);
    expect(left(agreed, danger, stop('2026-03-10T08:15:50.000Z'))).toEqual(['2026-03-10T08:15:50.000Z', '2026-03-10T08:15:50.000Z']);
  });

  it('takes nothing back that she agreed to in a later minute', () => {
    expect(left(agreed, danger, stop('2026-03-10T08:14:59.000Z'))).toEqual([undefined, undefined]);
  });
});
