/** What holds of the indicator score, and of the rule that each country draws from it, for any answers. Source: domain.md 3. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ANSWER_BASES, type AnsweredIndicator, DELPHI_2009, INDICATOR_ANSWERS, isPositive, proposedOutcome, resolveReference, SCREENING_OUTCOMES, SCREENING_PROFILES, type ScreeningProfile, shippedReference } from '#mechanism';
import { ACT_MEANS_PURPOSE } from '../../../libs/mechanism/src/catalogues/act-means-purpose-1.js';
import { WEIGHTED_INDICATORS } from '../../../libs/mechanism/src/catalogues/delphi-2009-1.js';

const runs = { numRuns: 1_000 };

const code = fc.constantFrom(...WEIGHTED_INDICATORS.map((row) => row[0]));
const indicator: fc.Arbitrary<AnsweredIndicator> = fc.record({
  code,
  answer: fc.constantFrom(...INDICATOR_ANSWERS),
  basis: fc.constant('OBSERVED' as const),
});
const indicators = fc.uniqueArray(indicator, { selector: ({ code: one }) => one, maxLength: 30 });
const profile = fc.constantFrom(...SCREENING_PROFILES);
const rank = (outcome: string): number => (SCREENING_OUTCOMES as readonly string[]).indexOf(outcome);

describe('the indicator score', () => {
  it('does not depend on the order of answers', () => {
    const drawn = indicators.chain((answers) =>
      fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })),
    );
    fc.assert(
      fc.property(profile, drawn, (of, [answers, shuffled]) => {
        expect(DELPHI_2009.score(of, shuffled)).toBe(DELPHI_2009.score(of, answers));
      }),
      runs,
    );
  });

  it('never proposes less, nor turns a dimension negative, for one indicator more that is present', () => {
    fc.assert(
      fc.property(profile, indicators, code, (of, answers, one) => {
        const more = [
          ...answers.filter((given) => given.code !== one),
          { code: one, answer: 'PRESENT', basis: 'STATED' } as const,
        ];
        expect(rank(DELPHI_2009.score(of, more))).toBeGreaterThanOrEqual(rank(DELPHI_2009.score(of, answers)));
        const after = DELPHI_2009.counts(of, more);
        for (const [dimension, counts] of DELPHI_2009.counts(of, answers)) {
          if (isPositive(counts)) expect(isPositive(after.get(dimension)!)).toBe(true);
        }
      }),
      runs,
    );
  });

  it('is the same for what is not present, whatever the other answer', () => {
    fc.assert(
      fc.property(profile, indicators, (of, answers) => {
        const present = answers.filter(({ answer }) => answer === 'PRESENT');
        expect(DELPHI_2009.score(of, present)).toBe(DELPHI_2009.score(of, answers));
      }),
      runs,
    );
  });
});

const COUNTRIES = ['RO', 'LV', 'UK', 'BG'] as const;
const anyCode = fc.constantFrom(...WEIGHTED_INDICATORS.map((row) => row[0] as string), ...ACT_MEANS_PURPOSE.map((row) => row[0] as string));
const anyIndicator: fc.Arbitrary<AnsweredIndicator> = fc.record({
  code: anyCode,
  answer: fc.constantFrom(...INDICATOR_ANSWERS),
  basis: fc.constantFrom(...ANSWER_BASES),
});
const anyIndicators = fc.uniqueArray(anyIndicator, { selector: ({ code: one }) => one, maxLength: 30 });

describe.each(COUNTRIES)('the identification rule of %s', (country) => {
  const rules = shippedReference(country, []);
  const propose = (of: ScreeningProfile, answers: readonly AnsweredIndicator[]): string => proposedOutcome(rules, of, answers) ?? 'no rule';

  it('proposes something for any answers, the same in any order and at any repeat', () => {
    const drawn = anyIndicators.chain((answers) => fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })));
    fc.assert(
      fc.property(profile, drawn, (of, [answers, shuffled]) => {
        const outcome = propose(of, answers);
        expect(SCREENING_OUTCOMES).toContain(outcome);
        expect(propose(of, shuffled)).toBe(outcome);
        expect(propose(of, answers)).toBe(outcome);
      }),
      runs,
    );
  });

  it('never proposes less for one more that is present', () => {
    fc.assert(
      fc.property(profile, anyIndicators, anyCode, fc.constantFrom(...ANSWER_BASES), (of, answers, one, basis) => {
        fc.pre(!answers.some(({ code: given, answer }) => given === one && answer === 'PRESENT'));
        const more = [...answers.filter(({ code: given }) => given !== one), { code: one, answer: 'PRESENT', basis } as const];
        expect(rank(propose(of, more))).toBeGreaterThanOrEqual(rank(propose(of, answers)));
      }),
      runs,
    );
  });

  it('scores an old screening by the versions that its event names', () => {
    const then = resolveReference(rules.versions, []);
    fc.assert(
      fc.property(profile, anyIndicators, (of, answers) => {
        expect(proposedOutcome(then, of, answers)).toBe(propose(of, answers));
      }),
      runs,
    );
  });
});
