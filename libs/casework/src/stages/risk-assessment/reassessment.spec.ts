import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { aChild, consented, given, informed, NEW_ID, notified, NOW } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { caseWorkflow } from '../../workflow.js';
import { SEEN_CAUSES, TOLD_CAUSES } from './reassessment.js';

const BEFORE = '2026-03-09T09:00:00.000Z';
const DUE = '2026-03-11T09:00:00.000Z';
const assessed = (more: object = {}, occurredAt = BEFORE): Given => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: 'risk-1', purpose: 'INITIAL', form: 'FULL', overall: 'MEDIUM', redFlag: false, coreComplete: true,
    validUntil: '2026-04-08T21:00:00.000Z', provisional: true, ...more,
  },
  metadata: { occurredAt },
});
const CLOCK = { role: 'CLOCK', organisation: 'tandem', human: false } as const;
const happened = (cause: string, at = NOW): Given => ({ type: 'ReassessmentTriggered', data: { cause, dueAt: DUE }, metadata: { occurredAt: at } });
const trigger = (cause: string) => ({ type: 'TriggerReassessment', body: { cause } });
const duties = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE);
const owed = (name: string, ...events: readonly Given[]) => duties(...events).filter((duty) => duty.name === name);
const causesSeen = (...events: readonly Given[]) => owed('risk-trigger', ...events).map(({ command }) => (command?.body as { cause: string }).cause);

describe('what calls for a new look (4.3)', () => {
  it.each(TOLD_CAUSES)('%s is told by who learns of it, and leaves a day', (cause) => {
    given(...notified(), assessed()).when(trigger(cause)).then({ type: 'ReassessmentTriggered', data: { cause, dueAt: DUE } });
  });

  it('is recorded once until somebody looked, and not before anybody ever did', () => {
    given(...notified(), assessed(), happened('NEW_THREAT')).when(trigger('NEW_THREAT')).thenNothing();
    given(...notified(), assessed(), happened('NEW_THREAT')).when(trigger('MISSING_EPISODE')).decided();
    given(...notified()).when(trigger('NEW_THREAT')).thenNothing();
    const looked = assessed({ assessmentId: 'risk-2' }, '2026-03-10T09:30:00.000Z');
    given(...notified(), assessed(), happened('NEW_THREAT'), looked).when(trigger('NEW_THREAT')).decided();
  });

  it('is told anew where what was told lies before the assessment: an old threat makes nobody deaf for a new one', () => {
    const old = happened('NEW_THREAT', '2026-01-01T09:00:00.000Z');
    expect(given(...notified(), assessed(), old).when(trigger('NEW_THREAT')).decided()).toHaveLength(1);
  });

  it('shortens every assessment made before, and none made after', () => {
    const { facts } = given(...notified(), assessed(), happened('NEW_THREAT')).state;
    expect(facts.risks).toMatchObject([{ assessmentId: 'risk-1', validUntil: DUE }]);
    expect(owed('risk-reassessment', ...notified(), assessed(), happened('NEW_THREAT'))).toMatchObject([{ dueAt: DUE, owedBy: { role: 'CM' } }]);
    const later = given(...notified(), assessed(), happened('NEW_THREAT', BEFORE), assessed({ assessmentId: 'risk-2' }, NOW)).state;
    expect(later.facts.risks).toMatchObject([{ assessmentId: 'risk-2', validUntil: '2026-04-08T21:00:00.000Z' }]);
  });

  it('recorded late leaves an assessment alone that was made since it happened', () => {
    const { facts } = given(...notified(), assessed({}, NOW), happened('NEW_THREAT', BEFORE)).state;
    expect(facts.risks).toMatchObject([{ validUntil: '2026-04-08T21:00:00.000Z' }]);
  });

  it('is no arrival that the assessment knew of', () => {
    const arrived: Given = { type: 'Arrived', data: { returnId: 'r' } };
    expect(causesSeen(...notified(), assessed(), arrived)).toEqual(['ARRIVED']);
    expect(causesSeen(...notified(), arrived, assessed())).toEqual([]);
  });

  it('blocks what needs a valid assessment once the time for the new look is over', () => {
    const body = { reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'all done' };
    const close = { type: 'ProposeClosure', body };
    const low = assessed({ overall: 'LOW' });
    given(...notified(), low, happened('NEW_THREAT')).when(close, { now: '2026-03-11T08:59:00.000Z' }).decided();
    given(...notified(), low, happened('NEW_THREAT')).when(close, { now: DUE }).thenRejects('risk-expired');
    given(...notified(), low).when(close, { now: DUE }).decided();
  });

  it('never makes one hold for longer', () => {
    const short = assessed({ validUntil: '2026-03-10T10:00:00.000Z' });
    expect(given(...notified(), short, happened('NEW_THREAT')).state.facts.risks).toMatchObject([{ validUntil: '2026-03-10T10:00:00.000Z' }]);
  });

  it('is not answered by the two questions, nor by a look at another place', () => {
    for (const more of [{ form: 'FIRST' }, { purpose: 'RETURN', half: 'RECEIVING' }]) {
      given(...notified(), assessed(), happened('NEW_THREAT'), assessed({ assessmentId: 'risk-2', ...more }, '2026-03-10T09:30:00.000Z'))
        .when(trigger('NEW_THREAT'))
        .thenNothing();
    }
  });
});

describe('what the case itself shows', () => {
  const consent = consented('REFERRAL', 'clinica-aurora');
  const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'consent-REFERRAL', by: 'PERSON' }, metadata: { occurredAt: NOW } };
  const refused: Given = {
    type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' },
  };
  const adult: readonly Given[] = [
    { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DOCUMENTED' } },
    { type: 'MajorityReached', data: {} },
  ];

  it('is said by the clock: consent withdrawn, majority, a refusal', () => {
    expect(causesSeen(...notified(), informed, consent, assessed())).toEqual([]);
    expect(causesSeen(...notified(), informed, consent, assessed(), withdrawn)).toEqual(['CONSENT_WITHDRAWN']);
    expect(causesSeen(...notified(), assessed(), refused)).toEqual(['IDENTIFICATION_REFUSED']);
    expect(causesSeen(...notified(), refused, assessed())).toEqual([]);
    expect(causesSeen(...aChild(), assessed(), ...adult)).toEqual(['MAJORITY_REACHED']);
    expect(SEEN_CAUSES).toContain('ARRIVED');
  });

  it('is said once, and not again after a new look', () => {
    const all = [...notified(), informed, consent, assessed(), withdrawn] as const;
    given(...all).when(trigger('CONSENT_WITHDRAWN'), CLOCK).decided();
    expect(causesSeen(...all, happened('CONSENT_WITHDRAWN'))).toEqual([]);
    expect(causesSeen(...all, happened('CONSENT_WITHDRAWN'), assessed({ assessmentId: 'risk-2' }, '2026-03-10T09:30:00.000Z'))).toEqual([]);
  });
});

describe('an assessment that runs out', () => {
  const out = assessed({ validUntil: '2026-03-10T08:00:00.000Z' });
  const expire = { type: 'ExpireRiskAssessment', body: { assessmentId: 'risk-1' } };
  const expired: Given = { type: 'RiskAssessmentExpired', data: { assessmentId: 'risk-1' } };

  it('is said to by the clock, once, and not before', () => {
    expect(owed('risk-expiry', ...notified(), out)).toMatchObject([{ key: 'risk-1', dueAt: '2026-03-10T08:00:00.000Z', owedBy: { role: 'CLOCK' } }]);
    given(...notified(), out).when(expire, CLOCK).then(expired);
    given(...notified(), assessed()).when(expire, CLOCK).thenRejects('not-due');
    given(...notified(), out, expired).when(expire, CLOCK).thenNothing();
    expect(owed('risk-expiry', ...notified(), out, expired)).toEqual([]);
    given(...notified(), out).when(expire).thenRejects('role-not-allowed');
  });

  it('says nothing of one that a newer one replaced', () => {
    given(...notified(), out, assessed({ assessmentId: 'risk-2' }, NOW)).when(expire, CLOCK).thenNothing();
  });

  it('stays owed by who leads the case', () => {
    expect(owed('risk-reassessment', ...notified(), out, expired)).toHaveLength(1);
  });
});

describe('a safety plan', () => {
  const agree = { type: 'AgreeSafetyPlan', body: { agreement: 'SIGNED', plan: 'who to call' } };
  const agreed: Given = { type: 'SafetyPlanAgreed', data: { agreement: 'SIGNED', planId: 'plan-1', assessmentId: 'risk-1' } };

  it('answers the newest assessment; what it says is sealed', () => {
    given(...notified(), assessed())
      .when(agree)
      .then({ type: 'SafetyPlanAgreed', data: { agreement: 'SIGNED', planId: NEW_ID, assessmentId: 'risk-1' }, seals: ['narrative'] });
    given(...notified()).when(agree).thenRejects('risk-missing');
    given(...notified(), assessed()).when(agree, { human: false }).thenRejects('human-required');
  });

  it.each([
    ['CRITICAL', '2026-03-09T10:00:00.000Z'],
    ['HIGH', '2026-03-10T09:00:00.000Z'],
    ['MEDIUM', '2026-03-12T22:00:00.000Z'],
  ])('is owed for %s in the time that the policy gives it', (overall, dueAt) => {
    expect(owed('safety-plan', ...notified(), assessed({ overall }))).toMatchObject([{ dueAt, owedBy: { role: 'CM' } }]);
  });

  it('is not owed for LOW, nor again for the same assessment, but for the next one', () => {
    expect(owed('safety-plan', ...notified(), assessed({ overall: 'LOW' }))).toEqual([]);
    expect(owed('safety-plan', ...notified(), assessed(), agreed)).toEqual([]);
    expect(owed('safety-plan', ...notified(), assessed(), agreed, assessed({ assessmentId: 'risk-2' }, NOW))).toHaveLength(1);
  });

  it('and what waits for a new look are shown to who works on the case', () => {
    const stage = caseWorkflow.stages.find(({ name }) => name === 'risk-assessment');
    const { state } = given(...notified(), assessed(), happened('NEW_THREAT'), agreed);
    const seen = (scope: 'FULL' | 'OFFER') => stage?.view?.(state.slices['risk-assessment'], state.facts, { organisation: 'casa-lumina', scope });
    expect(seen('FULL')).toMatchObject({ reassessmentCauses: [{ cause: 'NEW_THREAT', dueAt: DUE }], safetyPlan: { planId: 'plan-1' } });
    expect(seen('OFFER')).toEqual({});
  });
});
