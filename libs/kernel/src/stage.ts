/**
 * A stage of the workflow: a table of commands (when allowed, what they decide) and of events (what they change).
 * The whole story of a stage stands in one such table; the list of stages composes to one decider for a case.
 * Source: architecture.md 1 and 3.
 */
import type { CommandsOf, DecidedOf, Recorded, SealedParts, Sensitivity } from './message.js';
import type { Rejection } from './rejection.js';

/** What all stages of one workflow share; a workflow names it once. */
export interface World {
  /** Facts that several stages may read; each fact is promoted by the stage that owns its event. */
  readonly facts: object;
  /** What other streams say at named versions: policy, catalogue, instrument, directory. */
  readonly reference: object;
  readonly role: string;
  readonly guard: string;
  readonly purpose: string;
  readonly ground: string;
  /** Key of a time limit in the country policy. */
  readonly limit: string;
}

/** Who asks, when, and what the decision may rest on. Built outside: `decide` reads no clock and draws no number. */
export interface Context<W extends World> {
  readonly facts: W['facts'];
  readonly reference: W['reference'];
  readonly actor: string;
  readonly organisation: string;
  readonly role: W['role'];
  /** A natural person stands behind the request, not only a system. */
  readonly human: boolean;
  /** Now, as the event would be recorded. */
  readonly now: string;
  /** When the fact happened; not after `now`. */
  readonly occurredAt: string;
  /** Identifier for the one new thing that this command may make; the same on every retry. */
  readonly newId: string;
  /** What all stages owe in the state on which the command is decided: for whoever says that it was not done in time. */
  readonly owed: () => readonly Duty[];
}

/** The part of a context that comes from outside; the case itself says the rest. */
export type Outside<W extends World> = Omit<Context<W>, 'facts' | 'owed'>;

/** In place of a body's field: the organisation that sends the command. */
export const CALLER = '(caller)';

/** Consent that must be live for this recipient before anything leaves the house, or a lawful ground (INV-1). */
export interface ConsentRule<W extends World> {
  readonly purpose: W['purpose'];
  /**
   * Field of the body that names the receiving organisation, or `CALLER`: whoever asks is the one who receives. Absent where
   * the purpose has no recipient.
   */
  readonly recipient?: string;
  /** Grounds of a recorded disclosure without consent that open the same door. */
  readonly orGround?: readonly W['ground'][];
  /** Something new is asked: a ground that nobody reviewed in time opens the door to an emergency only. */
  readonly reviewedInTime?: true;
}

/** When a command is allowed, as data: the engine executes it and the documentation prints it. */
export interface When<W extends World> {
  /** States, as `stateOf` names them, from which the command may happen. Absent: from any. */
  readonly from?: readonly string[];
  readonly by: readonly W['role'][];
  /**
   * Only the organisation that the thing was addressed to may do this (`Stage.addresseeOf`), with or without access to the
   * case; to every other the thing is unknown.
   */
  readonly addressee?: true;
  /**
   * Whoever works or ever worked on the case, was asked to, or found the person may do this, with or without access to the
   * case now: they hear it from the person.
   */
  readonly inContact?: true;
  /** Whoever notified may do this also once somebody else leads the case: help, danger, what the person takes back. */
  readonly firstContact?: true;
  /**
   * Whoever holds one of the roles may do this without any access to the case, by whatever name of it they were told. What is
   * not there and what may not be done are answered alike, and nothing of the case is told before it is done.
   */
  readonly uninvited?: true;
  /** Named rules that must all hold. */
  readonly requires?: readonly W['guard'][];
  readonly consent?: ConsentRule<W>;
  readonly limit?: W['limit'];
  /** What happens when the person or the other body says no. Printed, never executed. */
  readonly otherwise: string;
}

/** One command: when it may happen and what it then decides. */
export interface CommandRule<W extends World, Slice, Body, Event> {
  readonly when: When<W>;
  /**
   * Pure. Returns the events to append; none when the wish already holds. Throws `Rejection` when it must not happen.
   * May read the whole body, personal fields too; returns clear facts and the names of compartments to seal.
   */
  decide(body: Body, slice: Slice, context: Context<W>): readonly Event[];
}

/** One event: what it changes. `evolve` is total: it accepts every event that was ever stored. */
export interface EventRule<W extends World, Slice, Data extends object> {
  /** Version of the stored shape, from 1. */
  readonly schema: number;
  readonly sensitivity: Sensitivity;
  /** Turns the data of an older `schema` into today's. Present when `schema` is above 1. */
  upcast?(data: object, schema: number): Data;
  evolve(slice: Slice, event: Recorded<string, Data & { personal?: SealedParts }>): Slice;
  /** Changes the shared facts. */
  promote?(facts: W['facts'], event: Recorded<string, Data & { personal?: SealedParts }>): W['facts'];
}

/**
 * Something that is owed by a moment: a reply, a review, a cancellation after a withdrawal. A pure function of the
 * case, so a restart, a replay and a second instance owe the same and nothing twice. When `dueAt` has passed and
 * `command` is given, the clock sends it; its identifier is derived from the case, `name`, `key` and `dueAt`.
 */
export interface Duty {
  /** Stable name, for the deadline board and for the command's identifier. */
  readonly name: string;
  /** Which thing of its kind within the case. */
  readonly key: string;
  readonly dueAt: string;
  /** Who owes it: an organisation, or a role where no organisation is named yet. */
  readonly owedBy: { readonly organisation?: string; readonly role?: string };
  readonly command?: { readonly type: string; readonly body: object };
}

/** Who looks at a case, and how much of it they may see. */
export interface Viewer {
  readonly organisation: string;
  /** FULL: all clear facts. OWN: what the organisation itself recorded. OFFER: what is addressed to it (domain.md 8.4, S2). */
  readonly scope: 'FULL' | 'OWN' | 'OFFER';
}

/** A stage of the workflow. `Commands` and `Events` map literal type names to bodies and data. */
export interface Stage<W extends World, Slice, Commands extends object, Events extends object> {
  readonly name: string;
  readonly initial: Slice;
  /**
   * Name of the state that a command starts from; `undefined` when the thing it names does not exist.
   * Absent: the stage has one state and `from` is not used.
   */
  stateOf?(slice: Slice, body: object, facts: W['facts']): string | undefined;
  /** The recorded thing that a command names: its fields count for the consent rule and the named rules as if the body had them. */
  thingOf?(slice: Slice, body: object): object | undefined;
  /** Organisation, or each of them, that the thing a command names was addressed to; needed when a command is for the addressee only. */
  addresseeOf?(slice: Slice, body: object, command: string): string | readonly string[] | undefined;
  readonly commands: { readonly [T in keyof Commands & string]: CommandRule<W, Slice, Commands[T], DecidedOf<Events>> };
  readonly events: { readonly [T in keyof Events & string]: EventRule<W, Slice, Events[T] & object> };
  /** What a viewer sees of this stage: facts only; fields ending in `Id` are replaced by aliases at the edge. */
  view?(slice: Slice, facts: W['facts'], viewer: Viewer): object;
  /** What this stage owes, and by when, in the present state. */
  duties?(slice: Slice, facts: W['facts'], reference: W['reference']): readonly Duty[];
  /** What follows for the clock from all that the stages owe: to warn of it, to say that it was not done in time. */
  follows?(owed: readonly Duty[], slice: Slice, facts: W['facts'], reference: W['reference']): readonly Duty[];
}

/** Rules that several commands name; each is one sentence of the domain. */
export interface Guard<W extends World> {
  /** The rule in words, for the generated page. */
  readonly rule: string;
  /** Every code that it may reject with, for the API reference. */
  readonly codes: readonly string[];
  /** Returns the rejection when the rule does not hold. */
  check(body: object, context: Context<W>): Rejection | undefined;
}

/** Names of the commands and events of a stage, as unions. */
export type StageCommands<S> = S extends Stage<infer _W, infer _S, infer C, infer _E> ? CommandsOf<C> : never;
export type StageEvents<S> = S extends Stage<infer _W, infer _S, infer _C, infer E> ? DecidedOf<E> : never;
