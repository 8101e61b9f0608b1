import { describe, expect, it } from '@jest/globals';
import { type AnsweredRiskItem, firstForm, RA_1 } from './index.js';
import { RA_1_ITEMS } from './instruments/ra-1.js';

const scored = (item: string, likelihood: number, impact: number): AnsweredRiskItem => ({
  item,
  answer: 'SCORED',
  likelihood,
  impact,
});
/** All core items of an adult answered as no danger; the given answers replace theirs. */
const core = (...answers: AnsweredRiskItem[]): AnsweredRiskItem[] => [
  ...RA_1_ITEMS.map(([item]) => item)
    .filter((item) => /^R[145]\./.test(item) && !answers.some((answer) => answer.item === item))
    .map((item) => scored(item, 0, 1)),
  ...answers,
];
const overall = (...answers: AnsweredRiskItem[]): string => RA_1.rate('INITIAL', false, answers).overall;

describe('bands', () => {
  it.each([
    ['LOW', 0, 1],
    ['LOW', 3, 1],
    ['MEDIUM', 2, 2],
    ['MEDIUM', 2, 3],
    ['HIGH', 2, 4],
    ['HIGH', 3, 3],
    ['CRITICAL', 3, 4],
    ['CRITICAL', 4, 4],
  ])('%s of likelihood %i and impact %i', (level, likelihood, impact) => {
    expect(overall(...core(scored('R2.1', likelihood, impact)))).toBe(level);
  });

  it('take the worst item of a dimension, not the mean', () => {
    expect(overall(...core(scored('R2.1', 3, 3), scored('R2.2', 0, 1), scored('R2.3', 0, 1)))).toBe('HIGH');
  });
});

describe('several dimensions', () => {
  it('are no higher together when two are MEDIUM', () => {
    expect(overall(...core(scored('R2.1', 2, 2), scored('R3.1', 2, 2)))).toBe('MEDIUM');
  });

  it('are one band higher when three are MEDIUM or above', () => {
    expect(overall(...core(scored('R2.1', 2, 2), scored('R3.1', 2, 2), scored('R7.1', 2, 2)))).toBe('HIGH');
    expect(overall(...core(scored('R2.1', 3, 3), scored('R3.1', 2, 2), scored('R7.1', 2, 2)))).toBe('CRITICAL');
    expect(overall(...core(scored('R2.1', 4, 4), scored('R3.1', 2, 2), scored('R7.1', 2, 2)))).toBe('CRITICAL');
  });

  it('are counted by dimension, not by item', () => {
    expect(overall(...core(scored('R2.1', 2, 2), scored('R2.2', 2, 2), scored('R2.3', 2, 2)))).toBe('MEDIUM');
  });
});

describe('red flags', () => {
  it.each([
    ['R1.4', 4, 1],
    ['R4.1', 4, 1],
    ['R9.1', 4, 1],
    ['R5.1', 1, 4],
  ])('%s at likelihood %i and impact %i forces CRITICAL', (item, likelihood, impact) => {
    expect(RA_1.rate('INITIAL', false, core(scored(item, likelihood, impact)))).toMatchObject({
      overall: 'CRITICAL',
      redFlag: true,
    });
  });

  it.each([
    ['R1.4', 3, 1],
    ['R5.1', 0, 4],
    ['R5.1', 2, 3],
    ['R1.1', 4, 1],
  ])('%s at likelihood %i and impact %i is none', (item, likelihood, impact) => {
    expect(RA_1.rate('INITIAL', false, core(scored(item, likelihood, impact))).redFlag).toBe(false);
  });
});

describe('what is not known (R-2)', () => {
  it('leaves nothing at LOW without the core items', () => {
    expect(RA_1.rate('INITIAL', false, [])).toEqual({ overall: 'MEDIUM', redFlag: false, coreComplete: false });
    const refused = core({ item: 'R4.2', answer: 'REFUSED' });
    expect(RA_1.rate('INITIAL', false, refused)).toEqual({ overall: 'MEDIUM', redFlag: false, coreComplete: false });
    expect(RA_1.rate('INITIAL', false, core())).toEqual({ overall: 'LOW', redFlag: false, coreComplete: true });
  });

  it('never lowers what is known', () => {
    const known = [scored('R2.1', 3, 3)];
    const more = RA_1_ITEMS.map(([item]): AnsweredRiskItem => ({ item, answer: 'NOT_ASKED' }));
    expect(overall(...known, ...more)).toBe('HIGH');
  });

  it('asks R9 of a minor and R10 before a return', () => {
    expect(RA_1.rate('INITIAL', true, core()).coreComplete).toBe(false);
    expect(RA_1.rate('RETURN', false, core()).coreComplete).toBe(false);
    const child = RA_1_ITEMS.filter(([item]) => item.startsWith('R9.')).map(([item]) => scored(item, 0, 1));
    const back = RA_1_ITEMS.filter(([item]) => item.startsWith('R10.')).map(([item]) => scored(item, 0, 1));
    expect(RA_1.rate('INITIAL', true, core(...child)).coreComplete).toBe(true);
    expect(RA_1.rate('RETURN', true, core(...child, ...back)).coreComplete).toBe(true);
  });
});

describe('the two-question first form', () => {
  it('makes a yes HIGH and never anything LOW', () => {
    expect(overall(...firstForm({ urgentMedicalNeed: 'YES', threat: 'NO' }))).toBe('HIGH');
    expect(overall(...firstForm({ urgentMedicalNeed: 'NO', threat: 'NO' }))).toBe('MEDIUM');
    expect(overall(...firstForm({ urgentMedicalNeed: 'REFUSED', threat: 'REFUSED' }))).toBe('MEDIUM');
  });
});
