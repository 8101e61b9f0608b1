/** Any sequence of commands: the invariants of domain.md 12 hold, replay equals live, and every kind of event comes about. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { caseWorkflow, isLive } from '#casework';
import { storedForms } from '../../support/casework-files.js';
import { factsFault } from '../../support/facts-shown.js';
import { conforms, formOf } from '../../support/stored-form.js';
import { GENERATORS } from './generators/index.js';
import { INVARIANTS } from './invariants.js';
import { type Step, Story, THEMES, type Theme } from './story.js';

const STORIES = 3000;
/** Fewer would prove too little, however slow the machine. */
const NEEDED = 2000;
const STEPS = 160;
const ENOUGH = 50;
/** What comes after an erasure is short: such stories need not be many. */
const SHORT: readonly Theme[] = ['forgotten', 'recalled'];
const OFTEN = (Object.keys(THEMES) as Theme[]).filter((theme) => !SHORT.includes(theme));

const stories = fc.record({
  // A return is the longest path, and a service has many steps, so more stories are about one.
  theme: fc.constantFrom(...OFTEN, ...OFTEN, 'return', 'return', 'service', 'service', ...SHORT),
  steps: fc.array(
    fc.record({
      choice: fc.nat(),
      numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
      minutes: fc.oneof({ weight: 9, arbitrary: fc.nat(240) }, { weight: 1, arbitrary: fc.nat(30 * 24 * 60) }),
    }),
    { minLength: 1, maxLength: STEPS, size: 'max' },
  ),
});

function told({ theme, steps }: { theme: Theme; steps: readonly Step[] }): Story {
  const story = new Story(GENERATORS, theme);
  for (const step of steps) story.take(step);
  return story;
}

const FORMS = storedForms();

/** Every event is recorded in the form that is stored for its schema. */
function checkForms({ events }: Story): void {
  for (const { type, metadata, data } of events) {
    const { personal: _sealed, ...clear } = data as { personal?: unknown };
    const known = FORMS[`${type}/${String(metadata.schema)}`] ?? [];
    if (!known.some((form) => conforms(clear, form))) throw new Error(`${type} is recorded as ${JSON.stringify(formOf(clear))}`);
    const odd = factsFault(type, clear);
    if (odd !== undefined) throw new Error(`${type} is told otherwise than the API says: ${odd}`);
  }
}

const lines = (events: Story['events'] | readonly Story['events'][number][]): string =>
  events.map(({ type, data, metadata }) => `\n  ${metadata.recordedAt} ${metadata.organisation} ${type} ${JSON.stringify(data)}`).join('');

function checkInvariants({ events }: Story): void {
  for (const [name, invariant] of Object.entries(INVARIANTS)) {
    const broken = invariant(events);
    if (broken.length > 0) throw new Error(`${name}\nbroken by ${lines(broken)}\nin ${lines(events)}`);
  }
}

/** Folding what was stored gives the state that decided, after a round through JSON too. */
function checkReplay({ events, state }: Story): void {
  deepStrictEqual(caseWorkflow.fold(JSON.parse(JSON.stringify(events)) as typeof events), state);
}

/** INV-12: any consent can be withdrawn at any time, and a second time nothing happens. */
function checkWithdrawals(story: Story): void {
  for (const { consentId, withdrawnAt } of story.state.facts.consents) {
    const withdraw = () => story.decide({ type: 'WithdrawConsent', body: { consentId, by: 'PERSON' } }, { organisation: 'casa-lumina', role: 'CM' });
    deepStrictEqual([withdraw()?.length, withdraw()?.length], [withdrawnAt === undefined ? 1 : 0, 0]);
  }
}

/** stop is recorded whatever there was to stop, as often as it is said; afterwards nothing that she agreed to lives. */
function checkStop(story: Story): void {
  if (story.state.facts.person === '') return;
  const stop = () => story.decide({ type: 'StateWithdrawal', body: { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' } }, { organisation: 'politia-exemplu', role: 'LE' });
  const said = [stop(), stop()].map((events) => events?.map(({ type, data }) => ({ type, data })));
  const data = { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' };
  deepStrictEqual(said, [[{ type: 'WithdrawalStated', data }], [{ type: 'WithdrawalStated', data }]]);
  deepStrictEqual(story.state.facts.consents.filter((consent) => isLive(consent, story.now)), []);
}

const seen = new Map<string, number>();
let checked = 0;
let refused = 0;

describe('any story of a case', () => {
  it('keeps the invariants, replays to what it was, and is stored in the forms that are known', () => {
    fc.assert(
      fc.property(stories, (plan) => {
        const story = told(plan);
        checkInvariants(story);
        checkForms(story);
        checkReplay(story);
        for (const { type } of story.events) seen.set(type, (seen.get(type) ?? 0) + 1);
        refused += story.refused;
        if (plan.steps.length % 2 === 0) checkWithdrawals(story);
        checkStop(story);
        checked += 1;
      }),
      { numRuns: STORIES, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: false },
    );
    expect(checked).toBeGreaterThanOrEqual(NEEDED);
  }, 300_000);

  it('has every kind of event often enough to mean something, and refusals too', () => {
    const types = caseWorkflow.stages.flatMap((stage) => Object.keys(stage.events as object));
    expect(types.filter((type) => (seen.get(type) ?? 0) < ENOUGH)).toEqual([]);
    expect(refused).toBeGreaterThan(STORIES);
  });

  it('can have every command', () => {
    const known = new Set(GENERATORS.map(({ command }) => command));
    const commands = caseWorkflow.stages.flatMap((stage) => Object.keys(stage.commands as object));
    expect(commands.filter((command) => !known.has(command))).toEqual([]);
  });
});

afterAll(() => {
  if (process.env['SHOW_STORIES'] !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries([...seen].sort()))} refused ${String(refused)}\n`);
});
