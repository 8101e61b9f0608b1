/** What scoring, rating and counting days promise, for any answers and any moment. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ANSWER_BASES,
  type AnsweredIndicator,
  type AnsweredRiskItem,
  calendarOf,
  DELPHI_2009,
  INDICATOR_ANSWERS,
  isPositive,
  proposedOutcome,
  RA_1,
  resolveReference,
  RISK_LEVELS,
  SCREENING_OUTCOMES,
  SCREENING_PROFILES,
  type ScreeningProfile,
  shippedReference,
} from '#mechanism';
import { ACT_MEANS_PURPOSE } from '../../../libs/mechanism/src/catalogues/act-means-purpose-1.js';
import { WEIGHTED_INDICATORS } from '../../../libs/mechanism/src/catalogues/delphi-2009-1.js';
import { RA_1_ITEMS } from '../../../libs/mechanism/src/instruments/ra-1.js';

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

const calendar = calendarOf('RO', 'Europe/Bucharest');
const moment = fc
  .date({ min: new Date('2024-01-01T00:00:00.000Z'), max: new Date('2032-12-31T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const hourOf = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Bucharest',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

describe('the calendar', () => {
  it('says the same to the same question, and never a moment before it was asked', () => {
    const limit = fc.oneof(
      fc.record({ minutes: fc.integer({ min: 1, max: 600 }) }),
      fc.record({ hours: fc.integer({ min: 1, max: 240 }) }),
      fc.record({ days: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ workingDays: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ months: fc.integer({ min: 1, max: 24 }) }),
    );
    fc.assert(
      fc.property(moment, limit, (from, of) => {
        const due = calendar.due(from, of);
        expect(due > from).toBe(true);
        expect(calendarOf('RO', 'Europe/Bucharest').due(from, of)).toBe(due);
      }),
      { numRuns: 200 },
    );
  });

  it('ends every limit in days at a local midnight, and a working day with a day on which people work', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, count) => {
        for (const due of [calendar.due(from, { days: count }), calendar.due(from, { workingDays: count })]) {
          expect(hourOf.format(new Date(due))).toBe('00:00');
        }
        const last = new Date(Date.parse(calendar.due(from, { workingDays: count })) - 1);
        const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Bucharest', weekday: 'short' }).format(
          last,
        );
        expect(['Sat', 'Sun']).not.toContain(weekday);
      }),
      runs,
    );
  });

  it('needs working days at least as long as days, and adds up', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (from, one, two) => {
        expect(calendar.due(from, { workingDays: one }) >= calendar.due(from, { days: one })).toBe(true);
        const first = new Date(Date.parse(calendar.due(from, { workingDays: one })) - 1).toISOString();
        expect(calendar.due(first, { workingDays: two })).toBe(calendar.due(from, { workingDays: one + two }));
      }),
      runs,
    );
  });
});
