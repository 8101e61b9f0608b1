/** How an assessment is made: by RA-1 or by the two questions, rated while it is decided. Source: domain.md 4.2, 12.1. */
import { describe, expect, it } from '@jest/globals';
import { type AnsweredRiskItem, firstForm, romanianReference } from '#mechanism';
import { aChild, given, NEW_ID, notified } from '../../../../../test/support/case-specification.js';
import { assess, CHILD, CORE, RETURN, scored } from '../../../../../test/support/risk-facts.js';

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

it('rests on a reference that a case without organisations has too', () => {
  given(...notified())
    .when(assess(), { reference: romanianReference([]) })
    .decided();
});
