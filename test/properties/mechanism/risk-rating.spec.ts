/** What holds of the risk rating for any answers. Source: domain.md 4.2, 4.3. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type AnsweredRiskItem, RA_1, RISK_LEVELS } from '#mechanism';
import { RA_1_ITEMS } from '../../../libs/mechanism/src/instruments/ra-1.js';

const runs = { numRuns: 1_000 };

const item = fc.constantFrom(...RA_1_ITEMS.map(([one]) => one));
const riskItem: fc.Arbitrary<AnsweredRiskItem> = fc.oneof(
  fc.record({
    item,
    answer: fc.constant('SCORED' as const),
    likelihood: fc.nat(4),
    impact: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ item, answer: fc.constantFrom('NOT_ASKED' as const, 'REFUSED' as const) }),
);
const riskItems = fc.uniqueArray(riskItem, { selector: ({ item: one }) => one, maxLength: RA_1_ITEMS.length });
const purpose = fc.constantFrom('INITIAL', 'RETURN', 'CLOSURE');
const level = (of: string, minor: boolean, answers: readonly AnsweredRiskItem[]): number =>
  RISK_LEVELS.indexOf(RA_1.rate(of, minor, answers).overall);

describe('the risk rating', () => {
  it('does not depend on the order of answers', () => {
    const drawn = riskItems.chain((answers) =>
      fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })),
    );
    fc.assert(
      fc.property(purpose, fc.boolean(), drawn, (of, minor, [answers, shuffled]) => {
        expect(RA_1.rate(of, minor, shuffled)).toEqual(RA_1.rate(of, minor, answers));
      }),
      runs,
    );
  });

  it('never falls because something is likelier or worse', () => {
    fc.assert(
      fc.property(purpose, fc.boolean(), riskItems, fc.nat(), (of, minor, answers, pick) => {
        const scored = answers.filter((one) => one.answer === 'SCORED');
        fc.pre(scored.length > 0);
        const chosen = scored[pick % scored.length]!;
        const worse = {
          ...chosen,
          likelihood: Math.min(4, chosen.likelihood + 1),
          impact: Math.min(4, chosen.impact + 1),
        };
        const after = answers.map((one) => (one.item === chosen.item ? worse : one));
        expect(level(of, minor, after)).toBeGreaterThanOrEqual(level(of, minor, answers));
      }),
      runs,
    );
  });

  it('never falls because a question was not asked or not answered, and is never LOW without the core (R-2)', () => {
    fc.assert(
      fc.property(purpose, fc.boolean(), riskItems, (of, minor, answers) => {
        const known = answers.filter(({ answer }) => answer === 'SCORED');
        expect(level(of, minor, answers)).toBe(level(of, minor, known));
        const result = RA_1.rate(of, minor, answers);
        if (!result.coreComplete) expect(result.overall).not.toBe('LOW');
        if (result.redFlag) expect(result.overall).toBe('CRITICAL');
      }),
      runs,
    );
  });

  it('is never below that of the worst item', () => {
    fc.assert(
      fc.property(purpose, fc.boolean(), riskItems, (of, minor, answers) => {
        const scores = answers.map((one) => (one.answer === 'SCORED' ? one.likelihood * one.impact : 0));
        const worst = [0, 4, 8, 12].findLastIndex((lowest) => Math.max(0, ...scores) >= lowest);
        expect(level(of, minor, answers)).toBeGreaterThanOrEqual(worst);
      }),
      runs,
    );
  });
});
