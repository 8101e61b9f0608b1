/** INV-17: what happened may be recorded later. Deadlines run on when it happened, whenever it was recorded. */
import { describe, expect, it } from '@jest/globals';
import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { type Duty, type Recorded, Rejection } from '#kernel';
import { caseWorkflow } from '#casework';
import { REFERENCE } from '../../support/reference.js';
import { Draw } from './draw.js';
import { GENERATORS } from './generators/index.js';
import { type Generator, Story, THEMES, type Theme } from './story.js';

const STORIES = 2_000;
const HOUR = 3_600_000;

const stories = fc.record({
  theme: fc.constantFrom(...(Object.keys(THEMES) as Theme[])),
  steps: fc.array(
    fc.record({
      choice: fc.nat(),
      numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
      minutes: fc.nat(240),
      late: fc.oneof(fc.constant(0), fc.nat(3 * 24 * 60)),
    }),
    { minLength: 5, maxLength: 60, size: 'max' },
  ),
  numbers: fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 12 }),
  later: fc.integer({ min: 1, max: 400 * 24 }),
});

/**
 * What one organisation asks of another through this house is asked when it is recorded: nobody can answer, delete or review
 * before it is told; how long data is kept, and how long a refusal can be contested, counts from when it came here. So these, the time in which a referral is answered, and the hours of an opened glass count from there.
 */
const ASKED_HERE = ['break-glass-review', 'referral-reply', 'referral-escalation', 'referral-recall', 'deletion-chase', 'deletion-confirmation', 'return-deletion-operator', 'return-deletion-receiver', 'formal-request-deletion', 'received-data-chase', 'onward-referral', 'risk-first-form', 'retention', 'contest', 'move-on-plan'];
const ASKING = ['RequestReferral', 'BreakGlass', 'RecordFormalDecision'];
const isAskedHere = ({ name, key }: Duty): boolean => ASKED_HERE.includes(name === 'deadline-watch' ? (key.split('/')[0] ?? '') : name);

/** The event from which a deadline counts, and the limit of the policy. */
const COUNTED: Readonly<Record<string, readonly [event: string, limit: 'basic_needs.limit' | 'case_manager.limit' | 'service.start' | 'majority.reask']>> = {
  'basic-needs': ['CaseNotified', 'basic_needs.limit'],
  'other-case-manager': ['OtherManagerAsked', 'case_manager.limit'],
  'service-start': ['ReferralAccepted', 'service.start'],
  'majority-reask': ['MajorityReached', 'majority.reask'],
};

const duties = (events: readonly Recorded[]): readonly Duty[] => caseWorkflow.duties(caseWorkflow.fold(events), REFERENCE);

/** When a deadline ends by the history alone; `undefined` for one that is counted in another way. */
function endOf({ name, key }: Duty, events: readonly Recorded[]): string | undefined {
  const [type, limit] = COUNTED[name] ?? [];
  const start = events.findLast((event) => event.type === type && (name !== 'service-start' || (event.data as { referralId?: string }).referralId === key));
  return start === undefined || limit === undefined ? undefined : REFERENCE.calendar.due(start.metadata.occurredAt, REFERENCE.policy.values[limit]);
}
const shifted = (moment: string, hours: number): string => new Date(Date.parse(moment) + hours * HOUR).toISOString();

/** What a command comes to; `undefined` where it is refused, or there is nothing to name. */
function outcome(generator: Generator, story: Story, numbers: readonly number[], occurredAt: string, now: string): readonly object[] | undefined {
  const { state } = story;
  try {
    const view = { facts: state.facts, slice: (stage: string) => state.slices[stage], now: occurredAt, draw: new Draw(numbers), theme: 'anything', hours: (count: number) => shifted(occurredAt, count) } as const;
    const { body, by } = generator.make(view);
    const outside = { reference: REFERENCE, actor: 'worker', human: true, ...by, now, occurredAt, newId: '00000000-0000-4000-8000-00000000000a' };
    return caseWorkflow.decide({ type: generator.command, body }, state, outside);
  } catch (error) {
    if (error instanceof Rejection || (error instanceof Error && error.message === 'nothing to pick from')) return undefined;
    throw error;
  }
}

const seen = { stories: 0, late: 0, counted: 0, decided: 0 };

/** Recorded so many hours later, all of it. */
const recordedLater = (events: readonly Recorded[], hours: number): readonly Recorded[] =>
  events.map((event) => ({ ...event, metadata: { ...event.metadata, recordedAt: shifted(event.metadata.recordedAt, hours) } }));

function checkDuties({ events }: Story, hours: number): void {
  const owed = duties(events).filter((duty) => !isAskedHere(duty));
  deepStrictEqual(duties(recordedLater(events, hours)).filter((duty) => !isAskedHere(duty)), owed);
  for (const duty of owed) {
    const end = endOf(duty, events);
    if (end === undefined) continue;
    seen.counted += 1;
    deepStrictEqual([duty.name, duty.dueAt], [duty.name, end]);
  }
}

/** What is decided of a fact does not change with the hour in which it is told, where it is not refused by then. */
function checkDecisions(story: Story, numbers: readonly number[]): void {
  for (const generator of GENERATORS.filter(({ command }) => !ASKING.includes(command))) {
    const [now, then] = [0, 5].map((hours) => outcome(generator, story, numbers, story.now, shifted(story.now, hours)));
    if (now === undefined || then === undefined) continue;
    seen.decided += 1;
    deepStrictEqual(then, now, generator.command);
  }
}

describe('a fact that is recorded late', () => {
  it('owes what it would have owed, by when it happened and not by when it was recorded', () => {
    fc.assert(
      fc.property(stories, ({ theme, steps, numbers, later }) => {
        const story = new Story(GENERATORS, theme);
        for (const step of steps) story.take(step);
        checkDuties(story, later);
        checkDecisions(story, numbers);
        seen.stories += 1;
        seen.late += story.events.filter(({ metadata }) => metadata.occurredAt < metadata.recordedAt).length;
      }),
      { numRuns: STORIES, endOnFailure: true },
    );
  }, 300_000);

  it('came about often enough to mean something', () => {
    if (process.env['SHOW_STORIES'] !== undefined) process.stdout.write(`${JSON.stringify(seen)}\n`);
    expect(seen.stories).toBeGreaterThanOrEqual(STORIES);
    expect(seen.late).toBeGreaterThan(STORIES);
    expect(seen.counted).toBeGreaterThan(STORIES / 2);
    expect(seen.decided).toBeGreaterThan(STORIES);
  });
});
