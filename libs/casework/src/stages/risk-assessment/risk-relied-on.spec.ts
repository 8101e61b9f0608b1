/** What others rely on of an assessment: which counts, how it is lowered, who is told at once. Source: domain.md 4.3. */
import { describe, expect, it } from '@jest/globals';
import { given, notified, NOW } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { caseWorkflow } from '../../workflow.js';
import { translate } from './risk-assessment.notify.js';
import { assessed, SUP } from '../../../../../test/support/risk-facts.js';

describe('the risk that others read', () => {
  const risks = (...events: object[]) =>
    given(...notified(), ...(events as ReturnType<typeof assessed>[])).state.facts.risks;

  it('is the newest of each purpose and form', () => {
    const later = assessed({ assessmentId: 'risk-2', overall: 'HIGH' }, '2026-03-10T08:45:00.000Z');
    expect(risks(assessed(), later).map(({ assessmentId }) => assessmentId)).toEqual(['risk-2']);
    expect(risks(later, assessed()).map(({ assessmentId }) => assessmentId)).toEqual(['risk-2']);
    expect(risks(assessed(), assessed({ assessmentId: 'risk-3', form: 'FIRST' }))).toHaveLength(2);
    const halves = (['SENDING', 'RECEIVING'] as const).map((half) =>
      assessed({ assessmentId: half, purpose: 'RETURN', half }),
    );
    expect(risks(...halves).map(({ half }) => half)).toEqual(['SENDING', 'RECEIVING']);
  });

  it('is owed anew by whoever leads the case when it runs out', () => {
    const { state } = given(...notified(), assessed());
    expect(caseWorkflow.duties(state, REFERENCE)).toContainEqual({
      name: 'risk-reassessment',
      key: 'risk-1',
      dueAt: '2026-04-09T21:00:00.000Z',
      owedBy: { role: 'CM' },
    });
  });
});

describe('protective factors', () => {
  const lower = (reason = 'lives with a trusted aunt') => ({
    type: 'LowerRiskByProtectiveFactors',
    body: { assessmentId: 'risk-1', reason },
  });
  const lowered = (overall: string) => ({
    type: 'RiskLoweredByProtectiveFactors',
    data: { assessmentId: 'risk-1', overall },
  });

  it('lower one band, once, when a second person says so', () => {
    const given1 = given(...notified(), assessed({ overall: 'HIGH' }));
    given1.when(lower(), SUP).then({ ...lowered('MEDIUM'), seals: ['narrative'] });
    given1.when(lower(), { ...SUP, actor: 'assessor-1' }).thenRejects('second-person-required');
    given1.when(lower(), { ...SUP, human: false }).thenRejects('human-required');
    given1.when(lower()).thenRejects('role-not-allowed');
    given(...notified(), assessed({ overall: 'HIGH' }), lowered('MEDIUM'))
      .when(lower(), SUP)
      .thenNothing();
  });

  it('change the level and not how long it is valid', () => {
    const { facts } = given(...notified(), assessed(), lowered('LOW')).state;
    expect(facts.risks).toMatchObject([{ overall: 'LOW', validUntil: '2026-04-09T21:00:00.000Z' }]);
  });

  it('never touch a red flag, a CRITICAL level, the unknown core, what is expired or not there', () => {
    given(...notified(), assessed({ overall: 'CRITICAL', redFlag: true }))
      .when(lower(), SUP)
      .thenRejects('critical-risk-stays');
    given(...notified(), assessed({ overall: 'CRITICAL' }))
      .when(lower(), SUP)
      .thenRejects('critical-risk-stays');
    given(...notified(), assessed({ coreComplete: false }))
      .when(lower(), SUP)
      .thenRejects('core-items-missing');
    given(...notified(), assessed({ overall: 'LOW' }))
      .when(lower(), SUP)
      .thenRejects('lowest-risk-already');
    given(...notified(), assessed({ validUntil: NOW }))
      .when(lower(), SUP)
      .thenRejects('risk-expired');
    given(...notified())
      .when(lower(), SUP)
      .thenRejects('not-found');
  });
});

describe('a risk to life', () => {
  const led = [...notified(), { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } }];
  const heardBy = (overall: string, organisation: string) => {
    const { facts } = given(...led, assessed({ overall })).state;
    const event = { type: 'RiskAssessed', stream: 'case-1', data: { overall }, metadata: { organisation } };
    return translate(event as never, facts, facts);
  };

  it('is told at once to who leads the case and who coordinates it, and to nobody who found it', () => {
    const told = (recipient: string) => ({ recipient, thing: '1', recall: false });
    expect(heardBy('CRITICAL', 'clinica-aurora')).toEqual([told('casa-lumina'), told('centrul-coordonare')]);
    expect(heardBy('CRITICAL', 'casa-lumina')).toEqual([told('centrul-coordonare')]);
    expect(heardBy('HIGH', 'clinica-aurora')).toEqual([]);
  });
});
