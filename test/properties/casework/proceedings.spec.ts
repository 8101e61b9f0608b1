/** INV-6, R-1: no help, consent, referral, return, plan or closure is decided otherwise for what she does about proceedings. */
import { expect, it } from '@jest/globals';
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { type Recorded, Rejection, type WorkflowState } from '#kernel';
import { type CaseWorld, caseWorkflow } from '#casework';
import { REFERENCE } from '../../support/reference.js';
import { Draw } from './draw.js';
import { GENERATORS } from './generators/index.js';
import { type Generator, Story, THEMES, type Theme } from './story.js';

const STORIES = 2_000;
/** Of the commands each story compares one in so many, the next story the next ones. */
const EVERY = 4;
const AXIS = ['ProceedingsRecorded', 'CompensationVoucherRequested', 'CompensationVoucherAnswered'];
const OTHERS = GENERATORS.filter(({ command }) => caseWorkflow.command(command)?.stage.name !== 'proceedings');
type State = WorkflowState<CaseWorld>;
const seen = { stories: 0, compared: 0, allowed: 0 };

const stories = fc.record({
  theme: fc.constantFrom(...(Object.keys(THEMES) as Theme[])),
  steps: fc.array(fc.record({ choice: fc.nat(), numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }), minutes: fc.nat(240) }), { minLength: 20, maxLength: 90, size: 'max' }),
  places: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
  numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
});

/** Everything of the case but the axis itself. The revision counts events, and so is left out. */
function rest({ facts, slices }: State): object {
  return { facts, slices: { ...slices, proceedings: null } };
}

/** Other things noted, more often, and at other places. */
function altered(events: readonly Recorded[], places: readonly number[]): readonly Recorded[] {
  const [first] = events;
  if (first === undefined) return [];
  const more = events.filter(({ type }) => !AXIS.includes(type));
  for (const [index, place] of places.entries()) {
    const personal = { proceedings: { reference: `other-${String(index)}`, commitment: '0' } };
    more.splice(1 + (place % more.length), 0, { ...first, id: `other-${String(index)}`, type: 'ProceedingsRecorded', data: { personal }, metadata: { ...first.metadata, schema: 1 } });
  }
  return more;
}

function outcome(generator: Generator, state: State, now: string, numbers: readonly number[]): unknown {
  const draw = new Draw(numbers);
  const hours = (count: number): string => new Date(Date.parse(now) + count * 3_600_000).toISOString();
  try {
    const { body, by } = generator.make({ facts: state.facts, slice: (stage) => state.slices[stage], now, draw, theme: 'anything', hours });
    const outside = { reference: REFERENCE, actor: 'worker', human: true, ...by, now, occurredAt: now, newId: '00000000-0000-4000-8000-00000000000a' };
    const decided = caseWorkflow.decide({ type: generator.command, body }, state, outside);
    seen.allowed += 1;
    return decided;
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    if (error instanceof Error && error.message === 'nothing to pick from') return 'nothing to name';
    throw error;
  }
}

/** What she asked of who knows the axis is its own, and the clock's look at it too. */
const VOUCHER = 'compensation-voucher';
const others = (state: State): object =>
  caseWorkflow.duties(state, REFERENCE).filter(({ name, key }) => name !== VOUCHER && !(name === 'deadline-watch' && key.startsWith(`${VOUCHER}/`)));

it('what she does about proceedings changes no other fact, duty or decision', () => {
  fc.assert(
    fc.property(stories, ({ theme, steps, places, numbers }) => {
      const story = new Story(GENERATORS, theme);
      for (const step of steps) story.take(step);
      const without = caseWorkflow.fold(story.events.filter(({ type }) => !AXIS.includes(type)));
      const otherwise = caseWorkflow.fold(altered(story.events, places));
      const some = OTHERS.filter((_, index) => index % EVERY === seen.stories % EVERY);
      seen.stories += 1;
      for (const state of [without, otherwise]) {
        deepStrictEqual(rest(state), rest(story.state));
        deepStrictEqual(others(state), others(story.state));
        for (const generator of some) {
          seen.compared += 1;
          deepStrictEqual(outcome(generator, state, story.now, numbers), outcome(generator, story.state, story.now, numbers));
        }
      }
    }),
    { numRuns: STORIES, endOnFailure: true },
  );
  expect(seen.stories).toBe(STORIES);
  expect(seen.compared).toBeGreaterThan(90_000);
  expect(seen.allowed).toBeGreaterThan(10_000);
}, 300_000);
