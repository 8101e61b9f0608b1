import { describe, expect, it } from '@jest/globals';
import {
  ACT_MEANS_PURPOSE_1, type AnsweredIndicator, type AnswerBasis, DELPHI_2009, proposedOutcome, type ScreeningProfile, shippedReference,
} from './index.js';
import { ACT_MEANS_PURPOSE } from './catalogues/act-means-purpose-1.js';

const present = (basis: AnswerBasis, ...codes: string[]): AnsweredIndicator[] => codes.map((code) => ({ code, answer: 'PRESENT', basis }));
const proposed = (country: string, profile: ScreeningProfile, answers: readonly AnsweredIndicator[]) =>
  proposedOutcome(shippedReference(country, []), profile, answers);

describe('the rule of Latvia: act, means, exploitation (Appendix C 15)', () => {
  it.each([
    ['STRONG', 'ADULT_LABOUR', ['ACT-01', 'MEA-05', 'EXP-02']],
    ['STRONG', 'ADULT_SEXUAL', ['ACT-99', 'MEA-99', 'EXP-99']],
    ['WEAK', 'ADULT_LABOUR', ['ACT-01', 'EXP-02']],
    ['WEAK', 'ADULT_LABOUR', ['ACT-01', 'ACT-02', 'ACT-03', 'MEA-01', 'MEA-02']],
    ['NONE', 'ADULT_LABOUR', []],
    ['STRONG', 'CHILD_LABOUR', ['ACT-01', 'EXP-02']],
    ['WEAK', 'CHILD_SEXUAL', ['MEA-01', 'EXP-01']],
    ['WEAK', 'CHILD_SEXUAL', ['ACT-01']],
    ['NONE', 'CHILD_LABOUR', []],
  ] as const)('%s for %s of %j', (outcome, profile, codes) => {
    expect(proposed('LV', profile, present('STATED', ...codes))).toBe(outcome);
  });

  it('does not score by weights, and counts no observed sign', () => {
    expect(proposed('LV', 'ADULT_LABOUR', present('STATED', 'EX-01', 'EX-02', 'CD-01', 'CD-02', 'DR-01', 'DR-10'))).toBe('NONE');
    expect(proposed('LV', 'CHILD_LABOUR', present('OBSERVED', 'OBS-CHI-01', 'OBS-GEN-01'))).toBe('NONE');
  });

  it('takes PRESENT only', () => {
    const others = (['SUSPECTED', 'ABSENT', 'NOT_ASKED', 'REFUSED'] as const).flatMap((answer) =>
      ACT_MEANS_PURPOSE.map(([code]) => ({ code, answer, basis: 'STATED' as const })),
    );
    expect(proposed('LV', 'ADULT_LABOUR', others)).toBe('NONE');
  });

  it('has 5, 8 and 4 boxes, and one for what no box names', () => {
    const size = (group: string): number => ACT_MEANS_PURPOSE.filter(([, of]) => of === group).length;
    expect(['ACT', 'MEANS', 'EXPLOITATION'].map(size)).toEqual([5 + 1, 8 + 1, 4 + 1]);
    expect(ACT_MEANS_PURPOSE_1).toMatchObject({ verified: false, version: 'AMP/1' });
    expect(ACT_MEANS_PURPOSE_1.has('OBS-GEN-01')).toBe(true);
  });
});

describe('the rule of the United Kingdom: the first of two decisions', () => {
  const all = ['ACT-01', 'MEA-05', 'EXP-02'];
  it('proposes reasonable grounds, and never more, with an objective factor beside the account', () => {
    expect(proposed('UK', 'ADULT_LABOUR', [...present('STATED', 'ACT-01', 'MEA-05'), ...present('DOCUMENT', 'EXP-02')])).toBe('REASONABLE');
    expect(proposed('UK', 'ADULT_LABOUR', present('STATED', ...all))).toBe('WEAK');
    expect(proposed('UK', 'ADULT_LABOUR', present('OBSERVED', 'ACT-01', 'EXP-02'))).toBe('WEAK');
    expect(proposed('UK', 'CHILD_LABOUR', present('THIRD_PARTY', 'ACT-01', 'EXP-02'))).toBe('REASONABLE');
    const suspected = { code: 'ACT-02', answer: 'SUSPECTED', basis: 'OBSERVED' } as const;
    expect(proposed('UK', 'ADULT_LABOUR', [...present('STATED', ...all), suspected])).toBe('WEAK');
    expect(proposed('UK', 'ADULT_LABOUR', [])).toBe('NONE');
  });
});

describe('the rule of Romania', () => {
  it('is the score of the catalogue', () => {
    const answers = present('STATED', 'EX-01', 'EX-02', 'CD-01', 'CD-02');
    expect(proposed('RO', 'ADULT_LABOUR', answers)).toBe(DELPHI_2009.score('ADULT_LABOUR', answers));
    expect(proposed('RO', 'ADULT_LABOUR', answers)).toBe('REASONABLE');
  });
});

describe('a rule that its catalogue can not serve', () => {
  it('proposes nothing, and is not replaced by another (R-10)', () => {
    const latvia = shippedReference('LV', []);
    const romania = shippedReference('RO', []);
    expect(proposedOutcome({ ...latvia, catalogue: DELPHI_2009 }, 'ADULT_LABOUR', [])).toBeUndefined();
    expect(proposedOutcome({ ...romania, catalogue: ACT_MEANS_PURPOSE_1 }, 'ADULT_LABOUR', [])).toBeUndefined();
    const without = { ...latvia.policy, values: { ...latvia.policy.values, 'id.group_minima': 'NONE' as const } };
    expect(proposedOutcome({ ...latvia, policy: without }, 'ADULT_LABOUR', [])).toBeUndefined();
  });
});
