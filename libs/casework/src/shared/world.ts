/** What all stages of a case share, and the one way to write a stage. */
import type { Stage } from '#kernel';
import type { ConsentPurpose, DisclosureGround, PolicyKey, Reference, Role } from '#mechanism';
import type { CaseFacts } from './facts.js';
import type { GuardName } from './guards.js';

/** The world before its rules have names: what the rules themselves are written against. */
export interface UnguardedWorld {
  readonly facts: CaseFacts;
  readonly reference: Reference;
  readonly role: Role;
  readonly guard: string;
  readonly purpose: ConsentPurpose;
  readonly ground: DisclosureGround;
  readonly limit: PolicyKey;
}

export interface CaseWorld extends UnguardedWorld {
  readonly guard: GuardName;
}

/** The commands of one business step, for a stage that is split over several files. */
export type CommandTable<Slice, Commands extends object, Events extends object> = Stage<
  CaseWorld,
  Slice,
  Commands,
  Events
>['commands'];

/** The events of one business step. */
export type EventTable<Slice, Events extends object> = Stage<CaseWorld, Slice, object, Events>['events'];

/** For events that change shared facts, or nothing, but not the stage's own slice. */
export const unchanged = <Slice>(slice: Slice): Slice => slice;

/** Declares a stage of the case. Events without `evolve`, and decided events that are not declared, do not compile. */
export function caseStage<Slice, Commands extends object, Events extends object>(
  stage: Stage<CaseWorld, Slice, Commands, Events>,
): Stage<CaseWorld, Slice, Commands, Events> {
  return stage;
}
