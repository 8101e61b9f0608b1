/**
 * Given these events, when this command, then those events: the form in which a rule is stated and tested.
 * Test support without a test library: it throws on a mismatch, so any runner reports it.
 */
import type { Command, Decided, Envelope, Recorded } from './message.js';
import { Rejection } from './rejection.js';
import type { Outside, World } from './stage.js';
import type { Workflow, WorkflowState } from './workflow.js';

/** What a specification assumes where a test says nothing. */
export interface SpecificationDefaults<W extends World> {
  readonly context: Outside<W>;
  readonly envelope: Envelope;
}

/** An event as a test gives it: facts, and whatever of the envelope matters. */
export interface Given {
  readonly type: string;
  readonly data: object;
  readonly metadata?: Partial<Envelope>;
}

/** Asserts on the outcome of one command. */
export interface Outcome<W extends World> {
  /** The decided events, compared with the expected ones by JSON form. */
  then(...expected: readonly Decided[]): void;
  thenNothing(): void;
  thenRejects(code: string): Rejection;
  /** The decided events, for a closer look; throws the rejection when there was one. */
  decided(): readonly Decided[];
  /** The state in which the command was decided. */
  readonly state: WorkflowState<W>;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function record(given: Given, revision: number, envelope: Envelope): Recorded {
  const metadata = { ...envelope, ...given.metadata };
  return { id: `event-${String(revision)}`, type: given.type, stream: 'case-specification', revision, data: given.data, metadata };
}

function outcome<W extends World>(state: WorkflowState<W>, decide: () => readonly Decided[]): Outcome<W> {
  return {
    state,
    decided: decide,
    then(...expected) {
      const actual = canonical(decide());
      if (actual !== canonical(expected)) throw new Error(`expected ${canonical(expected)}\nbut decided ${actual}`);
    },
    thenNothing() {
      this.then();
    },
    thenRejects(code) {
      try {
        const events = decide();
        throw new Error(`expected rejection ${code}, but decided ${canonical(events)}`);
      } catch (error) {
        if (error instanceof Rejection && error.code === code) return error;
        throw error;
      }
    },
  };
}

/** Starts a specification over a workflow. `given` may be called with no events: the case does not exist then. */
export function specification<W extends World>(workflow: Workflow<W>, defaults: SpecificationDefaults<W>) {
  return {
    given(...events: readonly Given[]) {
      const state = workflow.fold(events.map((event, revision) => record(event, revision, defaults.envelope)));
      return {
        state,
        when(command: Command, by: Partial<Outside<W>> = {}): Outcome<W> {
          return outcome(state, () => workflow.decide(command, state, { ...defaults.context, ...by }));
        },
      };
    },
  };
}
