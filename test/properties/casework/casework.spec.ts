/** Any sequence of commands: the invariants of domain.md 12 hold, replay equals live, and every kind of event comes about. */
import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseWorkflow } from '#casework';
import { storedForms } from '../../support/casework-files.js';
import { conforms, formOf } from '../../support/stored-form.js';
import { GENERATORS } from './generators/index.js';
import { INVARIANTS } from './invariants.js';
import { Story } from './story.js';

const STORIES = 1800;
const STEPS = 120;
const ENOUGH = 50;

const steps = fc.array(
  fc.record({
    choice: fc.nat(),
    numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
    minutes: fc.oneof({ weight: 9, arbitrary: fc.nat(240) }, { weight: 1, arbitrary: fc.nat(30 * 24 * 60) }),
  }),
  { minLength: 1, maxLength: STEPS, size: 'max' },
);

function told(taken: readonly Parameters<Story['take']>[0][]): Story {
  const story = new Story(GENERATORS);
  for (const step of taken) story.take(step);
  return story;
}

const seen = new Map<string, number>();
const refused = { count: 0 };

describe('any story of a case', () => {
  it.each(Object.entries(INVARIANTS))('%s', (_name, invariant) => {
    fc.assert(fc.property(steps, (taken) => { expect(invariant(told(taken).events)).toEqual([]); }), { numRuns: STORIES / 6 });
  });

  it('replays to the state that it had, after a round through JSON too', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const story = told(taken);
        const stored = JSON.parse(JSON.stringify(story.events)) as typeof story.events;
        expect(caseWorkflow.fold(stored)).toEqual(story.state);
        for (const { type } of story.events) seen.set(type, (seen.get(type) ?? 0) + 1);
        refused.count += story.refused;
      }),
      { numRuns: STORIES },
    );
  });

  it('records every event in the form that is stored for its schema', () => {
    const forms = storedForms();
    fc.assert(
      fc.property(steps, (taken) => {
        for (const { type, metadata, data } of told(taken).events) {
          const { personal: _sealed, ...clear } = data as { personal?: unknown };
          const known = forms[`${type}/${String(metadata.schema)}`] ?? [];
          if (!known.some((form) => conforms(clear, form))) throw new Error(`${type} is recorded as ${JSON.stringify(formOf(clear))}`);
        }
      }),
      { numRuns: STORIES / 2 },
    );
  });

  it('INV-12 accepts the withdrawal of any consent at any time, and says nothing the second time', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const story = told(taken);
        for (const { consentId } of story.state.facts.consents) {
          const withdraw = { type: 'WithdrawConsent', body: { consentId, by: 'PERSON' } };
          const by = { organisation: 'casa-lumina', role: 'CM' } as const;
          const already = story.state.facts.consents.find((c) => c.consentId === consentId)?.withdrawnAt !== undefined;
          expect(story.decide(withdraw, by)).toHaveLength(already ? 0 : 1);
          expect(story.decide(withdraw, by)).toHaveLength(0);
        }
      }),
      { numRuns: STORIES / 6 },
    );
  });

  it('makes every kind of event often enough to mean something, and is refused often enough too', () => {
    const rare = caseWorkflow.stages
      .flatMap((stage) => Object.keys(stage.events as object))
      .filter((type) => (seen.get(type) ?? 0) < ENOUGH);
    expect(rare).toEqual([]);
    expect(refused.count).toBeGreaterThan(STORIES);
  });

  it('has a generator for every command', () => {
    const known = new Set(GENERATORS.map(({ command }) => command));
    const commands = caseWorkflow.stages.flatMap((stage) => Object.keys(stage.commands as object));
    expect(commands.filter((command) => !known.has(command))).toEqual([]);
  });
});

afterAll(() => {
  if (process.env['SHOW_STORIES'] !== undefined) process.stdout.write(`${JSON.stringify(Object.fromEntries([...seen].sort()))} refused ${String(refused.count)}\n`);
});
