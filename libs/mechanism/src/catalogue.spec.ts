import { describe, expect, it } from '@jest/globals';
import {
  type AnsweredIndicator,
  DELPHI_2009,
  isPositive,
  presumable,
  type IndicatorDimension,
  type ScreeningProfile,
} from './index.js';
import { WEIGHTED_INDICATORS } from './catalogues/delphi-2009-1.js';

const present = (...codes: string[]): AnsweredIndicator[] =>
  codes.map((code) => ({ code, answer: 'PRESENT', basis: 'STATED' }));
const positive = (profile: ScreeningProfile, dimension: IndicatorDimension, ...codes: string[]): boolean => {
  const counted = DELPHI_2009.counts(profile, present(...codes)).get(dimension);
  return counted !== undefined && isPositive(counted);
};

describe('the dimension rule (domain.md 3.1, test vectors)', () => {
  it.each<[ScreeningProfile, string[], boolean]>([
    ['ADULT_LABOUR', ['DR-01'], false],
    ['ADULT_LABOUR', ['DR-01', 'DR-10'], true],
    ['ADULT_LABOUR', ['DR-02', 'DR-03'], false],
    ['ADULT_LABOUR', ['DR-02', 'DR-03', 'DR-04'], true],
    ['ADULT_LABOUR', ['DR-02', 'DR-03', 'DR-10'], true],
    ['ADULT_LABOUR', ['RV-15', 'RV-16'], false],
    ['ADULT_LABOUR', ['CD-01', 'CD-02'], true],
    ['ADULT_LABOUR', ['CD-15', 'CD-05'], false],
    ['ADULT_LABOUR', ['EX-01', 'EX-09'], true],
    ['ADULT_LABOUR', ['CR-02', 'CR-03'], false],
    ['CHILD_LABOUR', ['CR-02', 'CR-03'], true],
  ])('%s %j is positive: %s', (profile, codes, expected) => {
    expect(positive(profile, codes[0]!.slice(0, 2) as IndicatorDimension, ...codes)).toBe(expected);
  });
});

describe('the outcome for an adult', () => {
  const EX = ['EX-01', 'EX-02'];
  const CD = ['CD-01', 'CD-02'];
  const DR = ['DR-01', 'DR-10'];
  const CR = ['CR-01', 'CR-05'];
  const RV = ['RV-01', 'RV-02', 'RV-03'];
  it.each([
    ['STRONG', [...EX, ...CD, ...DR]],
    ['STRONG', [...EX, ...CD, ...CR]],
    ['STRONG', [...EX, ...CD, ...RV]],
    ['REASONABLE', [...EX, ...CD]],
    ['REASONABLE', [...EX, ...DR]],
    ['WEAK', EX],
    ['WEAK', DR],
    ['WEAK', [...DR, ...CR]],
    ['NONE', ['EX-02']],
    ['NONE', []],
  ])('%s of %j', (outcome, codes) => {
    expect(DELPHI_2009.score('ADULT_LABOUR', present(...codes))).toBe(outcome);
  });

  it('rests on PRESENT only', () => {
    const others = (['SUSPECTED', 'ABSENT', 'NOT_ASKED', 'REFUSED'] as const).flatMap((answer) =>
      WEIGHTED_INDICATORS.map(([code]) => ({ code, answer, basis: 'OBSERVED' as const })),
    );
    expect(DELPHI_2009.score('ADULT_LABOUR', others)).toBe('NONE');
  });

  it('needs a means in sexual exploitation as in labour: what makes a child STRONG makes an adult WEAK', () => {
    expect(DELPHI_2009.score('ADULT_SEXUAL', present('CD-01', 'CD-02'))).toBe('WEAK');
    expect(DELPHI_2009.score('CHILD_SEXUAL', present('CD-01', 'CD-02'))).toBe('STRONG');
  });

  it('counts an indicator once, however often it is answered', () => {
    expect(DELPHI_2009.score('ADULT_LABOUR', present('EX-02', 'EX-02', 'EX-02'))).toBe('NONE');
  });
});

describe('the outcome for a child', () => {
  it.each([
    ['STRONG', ['EX-01', 'EX-02']],
    ['STRONG', ['CD-01', 'CD-02']],
    ['REASONABLE', ['CR-02']],
    ['REASONABLE', ['DR-02', 'DR-03', 'DR-04']],
    ['WEAK', ['DR-02']],
    ['WEAK', ['RV-08']],
    ['NONE', []],
  ])('%s of %j: no means are needed', (outcome, codes) => {
    expect(DELPHI_2009.score('CHILD_LABOUR', present(...codes))).toBe(outcome);
  });

  it('is WEAK where the weight of what is present is not known', () => {
    expect(DELPHI_2009.score('CHILD_SEXUAL', present('EX-02', 'EX-03', 'EX-04'))).toBe('WEAK');
    expect([...DELPHI_2009.counts('CHILD_SEXUAL', present('EX-02', 'EX-03', 'EX-04'))]).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('has the 67 indicators of adult labour and the 65 of child labour in the official sizes', () => {
    const sizes = (column: 2 | 3): number[] =>
      ['DR', 'CR', 'RV', 'EX', 'CD', 'VD'].map(
        (dimension) =>
          WEIGHTED_INDICATORS.filter((row) => row[0].startsWith(dimension) && (row[column] as string) !== '-').length,
      );
    expect(sizes(2)).toEqual([10, 10, 16, 9, 15, 7]);
    expect(sizes(3)).toEqual([10, 10, 15, 8, 15, 7]);
  });

  it('is not verified, and ships no sign that profiles by origin (R-9)', () => {
    expect(DELPHI_2009.verified).toBe(false);
    expect(DELPHI_2009.has('OBS-BEG-04')).toBe(false);
    expect(DELPHI_2009.has('OBS-BEG-05')).toBe(true);
    expect(DELPHI_2009.has('EX-10')).toBe(false);
  });

  it('never scores an observed sign', () => {
    expect(DELPHI_2009.score('CHILD_LABOUR', present('OBS-GEN-01', 'OBS-CHI-01'))).toBe('NONE');
  });
});

describe('what carries a presumption', () => {
  const nobody = { selfIdentified: false, foreignAuthorityIdentified: false };
  it('is a STRONG or REASONABLE outcome, or what the person or a foreign authority says', () => {
    expect(presumable('STRONG', nobody)).toBe(true);
    expect(presumable('REASONABLE', nobody)).toBe(true);
    expect(presumable('WEAK', nobody)).toBe(false);
    expect(presumable('NONE', { ...nobody, selfIdentified: true })).toBe(true);
    expect(presumable('NONE', { ...nobody, foreignAuthorityIdentified: true })).toBe(true);
  });
});
