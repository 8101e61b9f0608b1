/** INV-6, R-1: help is decided alike whatever was decided of her status: potential, presumed, declined, refused or screened out. */
import { expect, it } from '@jest/globals';
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { type Command, Rejection, type WorkflowState } from '#kernel';
import { type CaseWorld, type IdentificationStatus, caseWorkflow } from '#casework';
import { REFERENCE } from '../../support/reference.js';
import { Draw } from './draw.js';
import { GENERATORS } from './generators/index.js';
import { type Generator, type Sender, Story, THEMES, type Theme } from './story.js';

const STORIES = 2_000;
const STATUSES: readonly IdentificationStatus[] = ['POTENTIAL', 'PRESUMED', 'PRESUMED_DECLINED', 'IDENTIFIED', 'NOT_PRESUMED', 'NOT_IDENTIFIED', 'RECONSIDERATION'];
/** Status is decided in the first, opens the second, and may neither close a case nor end what runs by itself in the third. */
const ABOUT_STATUS = ['identification', 'reflection-period', 'closure'];
/** What ends by itself, or is forgotten, waits for a refused person: that is shown where it is decided. */
const WAITING = ['EndService', 'OrderErasure'];
const HELP = GENERATORS.filter(({ command }) => !ABOUT_STATUS.includes(caseWorkflow.command(command)?.stage.name ?? '') && !WAITING.includes(command));
type State = WorkflowState<CaseWorld>;

const stories = fc.record({
  theme: fc.constantFrom(...(Object.keys(THEMES) as Theme[])),
  steps: fc.array(fc.record({ choice: fc.nat(), numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }), minutes: fc.nat(240) }), { minLength: 5, maxLength: 60, size: 'max' }),
  numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
});

/** What somebody would do next; `undefined` where there is nothing to name. */
function next(generator: Generator, { state, now }: Story, numbers: readonly number[]): { readonly command: Command; readonly by: Sender } | undefined {
  const hours = (count: number): string => new Date(Date.parse(now) + count * 3_600_000).toISOString();
  try {
    const { body, by } = generator.make({ facts: state.facts, slice: (stage) => state.slices[stage], now, draw: new Draw(numbers), theme: 'anything', hours });
    return { command: { type: generator.command, body }, by };
  } catch (error) {
    if (error instanceof Error && error.message === 'nothing to pick from') return undefined;
    throw error;
  }
}

function decided(command: Command, by: Sender, state: State, now: string): unknown {
  try {
    return caseWorkflow.decide(command, state, { reference: REFERENCE, actor: 'worker', human: true, ...by, now, occurredAt: now, newId: '00000000-0000-4000-8000-00000000000a' });
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}

/** The same case, were her status another, decided an hour ago. */
function were(state: State, identification: IdentificationStatus, now: string): State {
  return { ...state, facts: { ...state.facts, identification, decidedAt: new Date(Date.parse(now) - 3_600_000).toISOString() } };
}

const seen = { stories: 0, compared: 0, allowed: 0 };

it('no help is decided otherwise for what was decided of her status', () => {
  fc.assert(
    fc.property(stories, ({ theme, steps, numbers }) => {
      const story = new Story(GENERATORS, theme);
      for (const step of steps) story.take(step);
      seen.stories += 1;
      if (story.state.facts.identification === 'NONE') return;
      for (const generator of HELP) {
        const step = next(generator, story, numbers);
        if (step === undefined) continue;
        const outcomes = STATUSES.map((status) => decided(step.command, step.by, were(story.state, status, story.now), story.now));
        seen.compared += outcomes.length;
        if (typeof outcomes[0] !== 'string') seen.allowed += 1;
        for (const outcome of outcomes) deepStrictEqual([generator.command, outcome], [generator.command, outcomes[0]]);
      }
    }),
    { numRuns: STORIES, endOnFailure: true },
  );
  expect(seen.stories).toBe(STORIES);
  expect(seen.compared).toBeGreaterThan(100_000);
  expect(seen.allowed).toBeGreaterThan(10_000);
}, 300_000);
