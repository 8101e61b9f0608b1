import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { caseWorkflow } from '#casework';
import { NEW_ID, NOW, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const owed = (...events: readonly Given[]) =>
  caseWorkflow.duties(given(...notified(), ...events).state, REFERENCE).filter(({ name }) => ['needs-assessment', 'support-plan', 'move-on-plan', 'other-case-manager'].includes(name));
const needs: Given = { type: 'NeedsAssessed', data: { needs: ['MED.GEN'], partial: true } };
const drafted: Given = { type: 'SupportAndSafetyPlanDrafted', data: { planId: 'p1', version: 1 } };
const agreed: Given = { type: 'SupportAndSafetyPlanAgreed', data: { planId: 'p2', version: 2, agreement: 'SIGNED' } };
const inTime = (name: string, dueAt: string) => ({ name, key: 'case', dueAt, owedBy: { organisation: 'casa-lumina' } });

describe('needs', () => {
  it('stand by service; what is special about them is sealed, and part of them will do', () => {
    const body = { needs: ['MED.GEN'], partial: true };
    given(...notified()).when({ type: 'AssessNeeds', body }).then(needs);
    given(...notified()).when({ type: 'AssessNeeds', body: { ...body, specialNeeds: ['PREGNANCY'] } }).then({ ...needs, seals: ['health'] });
  });

  it('are owed within five working days of taking the lead, the plan within ten', () => {
    expect(owed()).toEqual([inTime('needs-assessment', '2026-03-17T22:00:00.000Z'), inTime('support-plan', '2026-03-24T22:00:00.000Z')]);
    expect(owed(needs)).toEqual([inTime('support-plan', '2026-03-24T22:00:00.000Z')]);
  });
});

describe('nothing of it is owed', () => {
  it.each([
    ['of a closed case', { type: 'CaseClosed', data: { proposalId: 'p', reason: 'GOALS_MET', unmetNeeds: [] } }],
    ['of a person who is erased', { type: 'ErasureOrdered', data: { orderId: 'o', reason: 'PERSON_REQUEST' } }],
  ])('%s', (_of, event) => {
    expect(owed()).toHaveLength(2);
    expect(owed(event)).toEqual([]);
  });
});

describe('a plan for support and safety', () => {
  const plan = (more: object = {}) => ({ type: 'AgreeSupportPlan', body: { plan: 'words', ...more } });

  it('is a draft until the person signs, each version a new one; its words are sealed', () => {
    given(...notified()).when(plan()).then({ ...drafted, data: { planId: NEW_ID, version: 1 }, seals: ['narrative'] });
    given(...notified(), drafted).when(plan({ agreement: 'SIGNED' })).then({ ...agreed, data: { planId: NEW_ID, version: 2, agreement: 'SIGNED' }, seals: ['narrative'] });
    expect(owed(needs, drafted)).toHaveLength(1);
    expect(owed(needs, agreed)).toEqual([]);
  });

  it('is seen by who works on the case, and by nobody who only found the person', () => {
    const { state } = given(...notified(), agreed);
    const seen = (scope: 'FULL' | 'OWN') => caseWorkflow.view(state, { organisation: 'casa-lumina', scope })['case-management'];
    expect([seen('FULL'), seen('OWN')]).toEqual([{ plan: { planId: 'p2', version: 2, status: 'AGREED', madeAt: '2026-03-10T08:00:00.000Z' } }, {}]);
  });
});

describe('a plan to move on', () => {
  const refusal: Given = {
    type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' }, metadata: { occurredAt: NOW },
  };
  const after = (event: Given): Given => ({ ...event, metadata: { occurredAt: '2026-03-12T09:00:00.000Z' } });

  it('is owed once an authority refused, until what runs may end for it, whatever was planned before (A8)', () => {
    expect(owed(needs, agreed, refusal)).toEqual([inTime('move-on-plan', '2026-03-24T22:00:00.000Z')]);
    expect(owed(needs, agreed)).toEqual([]);
  });

  it('is there with a plan made since, signed or not, and not owed where the refusal is looked at again', () => {
    expect(owed(needs, agreed, refusal, after(agreed))).toEqual([]);
    expect(owed(needs, refusal, { ...agreed, metadata: { occurredAt: NOW } })).toEqual([]);
    expect(owed(needs, refusal, after(drafted)).map(({ name }) => name)).toEqual(['support-plan']);
    expect(owed(needs, agreed, refusal, { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } })).toEqual([]);
  });
});

describe('another case manager', () => {
  const asked: Given = { type: 'OtherManagerAsked', data: {}, metadata: { occurredAt: NOW } };

  it('is asked for by the person, without a reason, and found by the coordination', () => {
    given(...notified()).when({ type: 'AskForOtherManager', body: {} }, { role: 'PERSON' }).then({ type: 'OtherManagerAsked', data: {} });
    given(...notified()).when({ type: 'AskForOtherManager', body: { wish: 'words' } }).then({ type: 'OtherManagerAsked', data: {}, seals: ['narrative'] });
    expect(owed(needs, agreed, asked)).toMatchObject([{ name: 'other-case-manager', owedBy: { role: 'NRM_COORD' } }]);
    const atOnce: Given = { type: 'CaseManagerAssigned', data: { manager: 'asociatia-punte' }, metadata: { occurredAt: NOW } };
    expect(owed(needs, agreed, asked, atOnce).map(({ name }) => name)).toEqual(['other-case-manager']);
    const other: Given = { type: 'CaseManagerAssigned', data: { manager: 'asociatia-punte' }, metadata: { occurredAt: '2026-03-11T09:00:00.000Z' } };
    expect(owed(needs, agreed, asked, other)).toEqual([]);
  });
});
