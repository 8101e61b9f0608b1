/** The history of a case, step by step, and the case as it was at any moment. Pure. Source: architecture.md 8. */
import { type CaseFacts, type CaseWorld, caseWorkflow } from '#casework';
import type { Recorded, SealedParts, WorkflowState } from '#kernel';
import { type Change, changesBetween } from './changes.js';

export type CaseState = WorkflowState<CaseWorld>;

/** One event as a reader steps through it. Identifiers are the inside ones: the edge replaces them. */
export interface Step {
  readonly revision: number;
  readonly type: string;
  /** When the fact happened, and when it was recorded: a late entry shows (INV-17). */
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** Opaque reference of who acted. */
  readonly actor: string;
  readonly organisation: string;
  readonly role: string;
  readonly legalBasis: string;
  /** Versions of policy, catalogue, instrument and directory that were in force for the decision. */
  readonly reference: Readonly<Record<string, string>>;
  /** The event's clear facts, coded reasons among them. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Compartments whose values were sealed with it. The values are not shown here. */
  readonly sealed: readonly string[];
  readonly changes: readonly Change[];
}

function stepOf({ revision, type, data, metadata }: Recorded, before: CaseFacts, after: CaseFacts): Step {
  const { personal = {}, person: _inside, ...facts } = data as { personal?: SealedParts; person?: string };
  const { occurredAt, recordedAt, actor, organisation, role, legalBasis, reference } = metadata;
  const sealed = Object.keys(personal);
  return { revision, type, occurredAt, recordedAt, actor, organisation, role, legalBasis, reference, facts, sealed, changes: changesBetween(before, after) };
}

/** Every state of a case, in order; events of one command belong to one moment. */
function* replay(events: Iterable<Recorded>): Generator<{ readonly event: Recorded; readonly before: CaseState; readonly after: CaseState }> {
  let before = caseWorkflow.initialState;
  for (const event of events) {
    const after = caseWorkflow.evolve(before, event);
    yield { event, before, after };
    before = after;
  }
}

/** Whether the reader had access at a moment in the past, to the case as it then was. */
export type AccessThen = (facts: CaseFacts, at: string) => boolean;

/**
 * The steps that a reader may see. Events of one command are one moment: they are seen when the case after all of them
 * was the reader's to see.
 * @throws UnknownEvent when this build does not know an event
 */
export function stepsOf(events: readonly Recorded[], mayHaveSeen: AccessThen): readonly Step[] {
  const steps: Step[] = [];
  let moment: Step[] = [];
  for (const { event, before, after } of replay(events)) {
    moment.push(stepOf(event, before.facts, after.facts));
    if (events[event.revision + 1]?.metadata.commandId === event.metadata.commandId) continue;
    if (mayHaveSeen(after.facts, event.metadata.recordedAt)) steps.push(...moment);
    moment = [];
  }
  return steps;
}

/** A moment of a case: by revision, by what was recorded until a time, or by what had happened until a time. */
export type Moment = { readonly revision: number } | { readonly recordedAt: string } | { readonly factTime: string };

/** The case as it was. */
export interface PastCase {
  readonly state: CaseState;
  /** The time to judge consents, limits and access by. */
  readonly at: string;
  /** Revision of the last event that belongs to it. */
  readonly revision: number;
  /** Versions in force for the last decision that belongs to it. */
  readonly reference: Readonly<Record<string, string>>;
}

function chosen(events: readonly Recorded[], moment: Moment): readonly Recorded[] {
  if ('revision' in moment) return events.slice(0, moment.revision + 1);
  if ('recordedAt' in moment) return events.filter(({ metadata }) => metadata.recordedAt <= moment.recordedAt);
  return events.filter(({ metadata }) => metadata.occurredAt <= moment.factTime);
}

/**
 * The case at a moment; `undefined` when it did not exist then, or never had that revision. By fact time, late entries
 * count from when they happened: what is known today about then.
 */
export function caseAt(events: readonly Recorded[], moment: Moment): PastCase | undefined {
  if ('revision' in moment && moment.revision >= events.length) return undefined;
  const part = chosen(events, moment);
  const last = part.at(-1);
  if (last === undefined) return undefined;
  const at = 'revision' in moment ? last.metadata.recordedAt : 'recordedAt' in moment ? moment.recordedAt : moment.factTime;
  return { state: caseWorkflow.fold(part), at, revision: last.revision, reference: last.metadata.reference };
}
