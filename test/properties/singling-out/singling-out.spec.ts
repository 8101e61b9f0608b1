/**
 * What of the clear log singles a person out, in figures, and a bar that a new clear field does not pass unseen. What follows
 * from the figures stands in ADR 0012. Source: architecture.md 5, domain.md 8.5, 9.4, R-15.
 */
import { describe, expect, it } from '@jest/globals';
import { classificationOf } from '#kernel';
import { bodyClasses } from '../../support/casework-files.js';
import { type InventedCase, SPREAD, inventedCases } from './invented-cases.js';

const CASES = inventedCases(1_000);
const NOTIFICATION = (await bodyClasses()).get('NotifyCaseBody')!;
const CLEAR = [...classificationOf(NOTIFICATION)].filter(([, as]) => as === 'clear').map(([field]) => field);
/** What stays with a person for life, or nearly: what a stranger may know of her. The rest is about one meeting. */
const OF_THE_MEETING = ['channel', 'grounds', 'danger', 'interpreterNeeded', 'signsOfChildhood'];
const OF_THE_PERSON = CLEAR.filter((field) => !OF_THE_MEETING.includes(field));

/** Share of the cases, in per cent, that fewer than `k` cases look like. */
function singled(look: (one: InventedCase) => string, k: number): number {
  const alike = new Map<string, number>();
  for (const one of CASES) alike.set(look(one), (alike.get(look(one)) ?? 0) + 1);
  return Math.round((CASES.filter((one) => (alike.get(look(one)) ?? 0) < k).length / CASES.length) * 1_000) / 10;
}
const by = (fields: readonly string[]) => ({ facts }: InventedCase): string => fields.map((field) => facts[field]).join();
const types = ({ steps }: InventedCase): string => steps.map(({ type }) => type).join();
const organisations = ({ steps }: InventedCase): string => [...new Set(steps.map(({ organisation }) => organisation))].sort().join();
const days = ({ steps }: InventedCase): string => steps.map(({ type, day }) => `${type}@${String(day)}`).join();

/** Highest share in per cent that may be alone by the facts of the person in clear; measured 8.1, and 67 with the county. */
const MOST_ALONE = 9;

describe('facts of the person in clear', () => {
  it('can be measured: each field of a notification has a spread', () => {
    expect(CLEAR.filter((field) => !(field in SPREAD))).toEqual([]);
  });

  it('leave few alone, and the test says which fact does it', () => {
    const without = OF_THE_PERSON.map((field) => ({ field, alone: singled(by(OF_THE_PERSON.filter((other) => other !== field)), 2) }));
    const worst = [...without].sort((a, b) => a.alone - b.alone)[0]?.field;
    expect({ worst, alone: singled(by(OF_THE_PERSON), 2) > MOST_ALONE }).toEqual({ worst, alone: false });
  });

  it.each(['county', 'citizenshipCountry', 'formDetail'])('would leave too many alone with %s', (field) => {
    expect(singled(by([...OF_THE_PERSON, field]), 2)).toBeGreaterThan(MOST_ALONE);
  });
});

describe('what happened, in clear', () => {
  it('singles almost everybody out as soon as days stand with it', () => {
    const figures = {
      person: singled(by(OF_THE_PERSON), 2), personBelow11: singled(by(OF_THE_PERSON), 11), notification: singled(by(CLEAR), 2), organisations: singled(organisations, 2),
      types: singled(types, 2), days: singled(days, 2), notifiedOn: singled((one) => `${by(OF_THE_PERSON)(one)}@${String(one.steps[0]?.day)}`, 2),
      county: singled(by([...OF_THE_PERSON, 'county']), 2), country: singled(by([...OF_THE_PERSON, 'citizenshipCountry']), 2), form: singled(by([...OF_THE_PERSON, 'formDetail']), 2),
    };
    if (process.env['SHOW_FIGURES'] !== undefined) process.stdout.write(`${JSON.stringify(figures)}\n`);
    // Not a wish but a fact to be kept in mind: whoever may read a timeline may find the person (ADR 0012).
    expect(figures.days).toBeGreaterThan(95);
    expect(figures.types).toBeGreaterThan(80);
  });
});
