import { describe, expect, it } from '@jest/globals';
import { type AnsweredRiskItem, firstForm, romanianReference } from '#mechanism';
import { aChild, given, NEW_ID, notified, NOW } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { caseWorkflow } from '../../workflow.js';
import { translate } from './risk-assessment.notify.js';

const scored = (item: string, likelihood = 0, impact = 1): AnsweredRiskItem => ({
  item,
  answer: 'SCORED',
  likelihood,
  impact,
});
const CORE = ['R1', 'R4', 'R5'].flatMap((dimension) => [1, 2, 3, 4].map((n) => scored(`${dimension}.${n}`)));
const CHILD = [1, 2, 3, 4, 5].map((n) => scored(`R9.${n}`));
const RETURN = [1, 2, 3, 4, 5, 6].map((n) => scored(`R10.${n}`));
const assess = (more: object = {}) => ({
  type: 'AssessRisk',
  body: { purpose: 'INITIAL', form: 'FULL', answers: CORE, ...more },
});
const assessed = (more: object = {}, assessedAt = '2026-03-10T08:30:00.000Z') => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: 'risk-1',
    purpose: 'INITIAL',
    form: 'FULL',
    overall: 'MEDIUM',
    redFlag: false,
    coreComplete: true,
    validUntil: '2026-04-09T21:00:00.000Z',
    provisional: true,
    ...more,
  },
  metadata: { occurredAt: assessedAt, actor: 'assessor-1' },
});
const SUP = { role: 'SUP', actor: 'supervisor-1' } as const;

describe('an assessment', () => {
  it('is rated while it is decided: the result in clear, the answers sealed (R-15)', () => {
    const data = {
      purpose: 'INITIAL',
      form: 'FULL',
      overall: 'LOW',
      redFlag: false,
      coreComplete: true,
      assessmentId: NEW_ID,
      validUntil: '2026-06-08T21:00:00.000Z',
      provisional: true,
    };
    given(...notified())
      .when(assess())
      .then({ type: 'RiskAssessed', data, seals: ['assessment'] });
  });

  it('seals what the person fears beside the answers', () => {
    const [event] = given(...notified())
      .when(assess({ concerns: 'a car outside' }))
      .decided();
    expect(event?.seals).toEqual(['assessment', 'narrative']);
    expect(JSON.stringify(event?.data)).not.toContain('car');
  });

  it.each([
    ['CRITICAL', scored('R1.1', 3, 4), '2026-03-11T09:00:00.000Z'],
    ['HIGH', scored('R1.1', 3, 3), '2026-03-17T22:00:00.000Z'],
    ['MEDIUM', scored('R1.1', 2, 2), '2026-04-09T21:00:00.000Z'],
  ])('%s is valid as long as the policy says', (overall, answer, validUntil) => {
    const answers = [...CORE.filter(({ item }) => item !== 'R1.1'), answer];
    const [event] = given(...notified())
      .when(assess({ answers }))
      .decided();
    expect(event?.data).toMatchObject({ overall, validUntil });
  });

  it('counts its validity from when it was made, not from when it was recorded (INV-17)', () => {
    const [event] = given(...notified())
      .when(assess(), { occurredAt: '2026-03-09T09:00:00.000Z' })
      .decided();
    expect(event?.data).toMatchObject({ validUntil: '2026-06-07T21:00:00.000Z' });
  });

  it('is never LOW without the core items, and a child has more of them (R-2)', () => {
    const refused = assess({ answers: [...CORE.slice(1), { item: 'R1.1', answer: 'REFUSED' }] });
    expect(
      given(...notified())
        .when(refused)
        .decided()[0]?.data,
    ).toMatchObject({ overall: 'MEDIUM', coreComplete: false });
    expect(
      given(...aChild())
        .when(assess())
        .decided()[0]?.data,
    ).toMatchObject({ overall: 'MEDIUM', coreComplete: false });
    expect(
      given(...aChild())
        .when(assess({ answers: [...CORE, ...CHILD] }))
        .decided()[0]?.data,
    ).toMatchObject({ overall: 'LOW' });
  });

  it('of a child whose guardian is suspected and has the child is CRITICAL', () => {
    const answers = [...CORE, scored('R9.1', 4, 1)];
    expect(
      given(...aChild())
        .when(assess({ answers }))
        .decided()[0]?.data,
    ).toMatchObject({ overall: 'CRITICAL', redFlag: true });
  });

  it('for a closure or a return needs every core item (R-2)', () => {
    const given1 = given(...notified());
    given1.when(assess({ purpose: 'CLOSURE', answers: CORE.slice(1) })).thenRejects('core-items-missing');
    given1.when(assess({ purpose: 'RETURN', half: 'SENDING' })).thenRejects('core-items-missing');
    given1.when(assess({ purpose: 'RETURN', half: 'SENDING', answers: [...CORE, ...RETURN] })).decided();
    given1.when(assess({ purpose: 'CLOSURE' })).decided();
  });

  it('from the desk closes a case of a person who can not be asked, and nothing else', () => {
    const desk = { form: 'DESK', answers: [] };
    given(...notified())
      .when(assess({ ...desk, purpose: 'CLOSURE' }))
      .decided();
    given(...notified())
      .when(assess({ ...desk, purpose: 'PLACEMENT' }))
      .thenRejects('form-does-not-fit');
  });

  it('for a return is of one half, and only it', () => {
    given(...notified())
      .when(assess({ purpose: 'RETURN' }))
      .thenRejects('return-half-missing');
    given(...notified())
      .when(assess({ half: 'SENDING' }))
      .thenRejects('return-half-missing');
  });

  it('refuses items that the instrument does not have, repeated or half scored ones', () => {
    given(...notified())
      .when(assess({ answers: [scored('R1.9')] }))
      .thenRejects('risk-item-unknown');
    given(...notified())
      .when(assess({ answers: [scored('R1.1'), scored('R1.1', 4)] }))
      .thenRejects('risk-item-repeated');
    const half = [{ item: 'R1.1', answer: 'SCORED', likelihood: 4 }];
    given(...notified())
      .when(assess({ answers: half }))
      .thenRejects('risk-item-incomplete');
  });

  it('is not made on a closed case or by who only counts', () => {
    given(...notified())
      .when(assess(), { role: 'RAPP' })
      .thenRejects('role-not-allowed');
    given().when(assess()).thenRejects('not-found');
  });
});

describe('the two-question first form', () => {
  const first = (answers: readonly AnsweredRiskItem[], purpose = 'INITIAL') =>
    assess({ form: 'FIRST', purpose, answers });

  it('says HIGH to a yes, also where the other answer is refused', () => {
    const answers = firstForm({ urgentMedicalNeed: 'YES', threat: 'REFUSED' });
    expect(
      given(...notified())
        .when(first(answers))
        .decided()[0]?.data,
    ).toMatchObject({ form: 'FIRST', overall: 'HIGH' });
  });

  it('has both questions put, at the first contact', () => {
    const answers = firstForm({ urgentMedicalNeed: 'NO', threat: 'NO' });
    given(...notified())
      .when(first(answers.slice(1)))
      .thenRejects('first-form-incomplete');
    given(...notified())
      .when(first([answers[0]!, { item: 'R1.2', answer: 'NOT_ASKED' }]))
      .thenRejects('first-form-incomplete');
    given(...notified())
      .when(first(answers, 'REVIEW'))
      .thenRejects('form-does-not-fit');
  });
});

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

it('rests on a reference that a case without organisations has too', () => {
  given(...notified())
    .when(assess(), { reference: romanianReference([]) })
    .decided();
});
