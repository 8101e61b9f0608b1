/**
 * Deadlines that pass: who owes something is warned, and it is said, once, when it was not done in time. What started a
 * deadline, paused it or met it are other facts. Source: domain.md 11 (DeadlineClock); architecture.md 7; docs/adr/0009.
 */
import { type Duty, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import { type EventTable, caseStage } from '../../shared/world.js';
import { STEPS, type Step, isWatched, momentOf, stepsOf } from './ladder.js';

export interface ReportDeadline {
  /** Name of what is owed. */
  deadline: string;
  /** Which thing of its kind within the case. */
  key: string;
  dueAt: string;
}

interface AboutDeadline {
  deadline: string;
  /** The thing that it is about; absent where that is the case. */
  thingId?: string;
  dueAt: string;
  /** Who owes it: an organisation, or whoever holds a role on the case. */
  organisation?: string;
  owedByRole?: string;
}
/** Something that is owed is due soon, and was not done yet. Not: a reproach. */
export type DeadlineWarned = AboutDeadline;
/** What was owed was not done in time. Not: whose fault it is, nor that it need not be done any more. */
export type DeadlineBreached = AboutDeadline;
/** It still was not done a good while later, and the coordination must look. Not: that anyone else took it over. */
export type DeadlineEscalated = AboutDeadline;

export interface DeadlineCommands {
  ReportDeadline: ReportDeadline;
}
export interface DeadlineEvents {
  DeadlineWarned: DeadlineWarned;
  DeadlineBreached: DeadlineBreached;
  DeadlineEscalated: DeadlineEscalated;
}

/** The last step that was said of each deadline; a deadline that moved is another one. */
export type DeadlineSlice = Readonly<Record<string, Step>>;

const nameOf = (deadline: string, key: string, dueAt: string): string => `${deadline}/${key}/${dueAt}`;

/** What was not said yet of a deadline. */
function unsaid(duty: Duty, slice: DeadlineSlice): readonly Step[] {
  const said = slice[nameOf(duty.name, duty.key, duty.dueAt)];
  return stepsOf(duty).filter((step) => said === undefined || STEPS.indexOf(step) > STEPS.indexOf(said));
}

/** The clock looks at the next step of each deadline; one duty a deadline, whatever it comes to. */
function watch(duty: Duty, slice: DeadlineSlice, reference: Reference): readonly Duty[] {
  const [next] = unsaid(duty, slice);
  if (next === undefined) return [];
  const { name, key, dueAt } = duty;
  const command = { type: 'ReportDeadline', body: { deadline: name, key, dueAt } };
  return [{ name: 'deadline-watch', key: `${name}/${key}`, dueAt: momentOf(next, duty, reference), owedBy: { role: 'CLOCK' }, command }];
}

function about({ name, key, dueAt, owedBy: { organisation, role } }: Duty): AboutDeadline {
  return {
    deadline: name, dueAt, ...(key === 'case' ? {} : { thingId: key }),
    ...(organisation === undefined ? {} : { organisation }), ...(role === undefined ? {} : { owedByRole: role }),
  };
}

/** Who was late is not warned any more. */
function sayable(due: readonly Step[]): readonly Step[] {
  return due.filter((step) => step !== 'DeadlineWarned' || due.length === 1);
}

const said = (step: Step): EventTable<DeadlineSlice, DeadlineEvents>[Step] => ({
  schema: 1,
  sensitivity: 2,
  evolve: (slice, { data: { deadline, thingId = 'case', dueAt } }) => ({ ...slice, [nameOf(deadline, thingId, dueAt)]: step }),
});

export const deadlines = caseStage<DeadlineSlice, DeadlineCommands, DeadlineEvents>({
  name: 'deadlines',
  initial: {},
  commands: {
    ReportDeadline: {
      when: {
        by: ['CLOCK'],
        requires: ['case-exists', 'about-a-person', 'not-erased'],
        otherwise: 'never refused: what is late is late, and is still owed',
      },
      decide({ deadline, key, dueAt }, slice, { owed, reference, now }) {
        const duty = owed().find((one) => one.name === deadline && one.key === key && one.dueAt === dueAt);
        // Done in the meantime: there is nothing to say.
        if (duty === undefined) return [];
        const due = unsaid(duty, slice).filter((step) => momentOf(step, duty, reference) <= now);
        if (due.length > 0) return sayable(due).map((step) => ({ type: step, data: about(duty) }));
        throw new Rejection('wrong-state', 'not-due', 'nothing is to be said of this deadline yet');
      },
    },
  },
  events: { DeadlineWarned: said('DeadlineWarned'), DeadlineBreached: said('DeadlineBreached'), DeadlineEscalated: said('DeadlineEscalated') },
  follows: (owed, slice, { erasure }, reference) => (erasure === 'NONE' ? owed.filter(isWatched).flatMap((duty) => watch(duty, slice, reference)) : []),
});
