/** Composes stages to one decider. A name owned by two stages fails here, when the workflow is built. */
import type { Command, Decided, Recorded } from './message.js';
import { Rejection } from './rejection.js';
import type { CommandRule, ConsentRule, Context, Duty, EventRule, Guard, Outside, Stage, Viewer, World } from './stage.js';

// A list of stages with different slices has no common type argument; each stage was checked where it was written.
type AnyStage<W extends World> = Stage<W, any, any, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

/** The folded case: shared facts, and a slice a stage that no other stage sees. */
export interface WorkflowState<W extends World> {
  readonly facts: W['facts'];
  readonly slices: Readonly<Record<string, unknown>>;
  /** Revision of the last event folded; -1 for a case that does not exist. */
  readonly revision: number;
}

/** What a workflow is made of. */
export interface WorkflowParts<W extends World> {
  readonly stages: readonly AnyStage<W>[];
  readonly facts: W['facts'];
  readonly guards: Readonly<Record<W['guard'], Guard<W>>>;
  /** Answers why no live consent and no lawful ground opens the door, or `undefined` when one does. */
  readonly consent: (rule: ConsentRule<W>, body: object, context: Context<W>) => Rejection | undefined;
}

/** An event type or version that this build does not know. The case can not be decided on by this build. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';

  constructor(
    readonly type: string,
    readonly schema: number,
  ) {
    super(`event ${type}, schema ${String(schema)}, is not known to this build`);
  }
}

type Owned<W extends World> = { readonly stage: AnyStage<W> };
type AnyCommandRule<W extends World> = CommandRule<W, unknown, object, Decided>;
type AnyEventRule<W extends World> = EventRule<W, unknown, object>;

function index<W extends World>(
  stages: readonly AnyStage<W>[],
  names: (stage: AnyStage<W>) => object,
): ReadonlyMap<string, Owned<W>> {
  const owners = new Map<string, Owned<W>>();
  for (const stage of stages) {
    for (const name of Object.keys(names(stage))) {
      const other = owners.get(name);
      if (other !== undefined) throw new Error(`${name} is owned by ${other.stage.name} and by ${stage.name}`);
      owners.set(name, { stage });
    }
  }
  return owners;
}

/** One decider over all stages of a case. Pure: no clock, no randomness, no input or output. */
export class Workflow<W extends World> {
  readonly stages: readonly AnyStage<W>[];
  readonly guards: WorkflowParts<W>['guards'];
  readonly initialState: WorkflowState<W>;
  private readonly commandOwners: ReadonlyMap<string, Owned<W>>;
  private readonly eventOwners: ReadonlyMap<string, Owned<W>>;

  constructor(private readonly parts: WorkflowParts<W>) {
    this.stages = parts.stages;
    this.guards = parts.guards;
    this.commandOwners = index(parts.stages, (stage) => stage.commands as object);
    this.eventOwners = index(parts.stages, (stage) => stage.events as object);
    const slices = Object.fromEntries(parts.stages.map((stage) => [stage.name, stage.initial as unknown]));
    this.initialState = { facts: parts.facts, slices, revision: -1 };
  }

  /** The rule of a command, with the stage that owns it; `undefined` when no stage does. */
  command(type: string): { stage: AnyStage<W>; rule: AnyCommandRule<W> } | undefined {
    const owned = this.commandOwners.get(type);
    const rule = (owned?.stage.commands as Record<string, AnyCommandRule<W>> | undefined)?.[type];
    return owned && rule && { stage: owned.stage, rule };
  }

  /** The rule of an event type; `undefined` when this build does not know it. */
  event(type: string): { stage: AnyStage<W>; rule: AnyEventRule<W> } | undefined {
    const owned = this.eventOwners.get(type);
    const rule = (owned?.stage.events as Record<string, AnyEventRule<W>> | undefined)?.[type];
    return owned && rule && { stage: owned.stage, rule };
  }

  /**
   * Decides a command: addressee, role, state, named rules, consent, then the stage's own decision, in this order.
   * @throws Rejection when it must not happen
   */
  decide(command: Command, state: WorkflowState<W>, outside: Outside<W>): readonly Decided[] {
    const owned = this.command(command.type);
    if (owned === undefined) throw new Rejection('unknown', 'unknown-command', `no stage knows ${command.type}`);
    const { stage, rule } = owned;
    const context: Context<W> = { ...outside, facts: state.facts, owed: () => this.owed(state, outside.reference) };
    const slice = state.slices[stage.name];
    this.checkAddressee(stage, rule, slice, command, context);
    this.checkRole(rule, context);
    this.checkState(stage, rule, slice, command, context);
    this.checkGuards(rule, { ...stage.thingOf?.(slice, command.body), ...command.body }, context);
    return rule.decide(command.body, slice, context);
  }

  /**
   * Folds one event.
   * @throws UnknownEvent when this build does not know its type or version
   */
  evolve(state: WorkflowState<W>, event: Recorded): WorkflowState<W> {
    const owned = this.event(event.type);
    const { schema } = event.metadata;
    if (owned === undefined || schema > owned.rule.schema) throw new UnknownEvent(event.type, schema);
    const { stage, rule } = owned;
    const current = this.upcast(rule, event);
    const before = state.slices[stage.name];
    const slice = rule.evolve(before, current);
    const slices = slice === before ? state.slices : { ...state.slices, [stage.name]: slice };
    const facts = rule.promote ? rule.promote(state.facts, current) : state.facts;
    return { facts, slices, revision: event.revision };
  }

  /** Folds many events from the beginning, or from a state already folded. */
  fold(events: Iterable<Recorded>, from: WorkflowState<W> = this.initialState): WorkflowState<W> {
    let state = from;
    for (const event of events) state = this.evolve(state, event);
    return state;
  }

  /** All that is owed in this state, over all stages, and what follows from it for the clock; soonest first. */
  duties(state: WorkflowState<W>, reference: W['reference']): readonly Duty[] {
    const owed = this.owed(state, reference);
    const following = this.stages.flatMap((stage) => stage.follows?.(owed, state.slices[stage.name], state.facts, reference) ?? []);
    return [...owed, ...following].sort((a, b) => (a.dueAt < b.dueAt ? -1 : a.dueAt > b.dueAt ? 1 : 0));
  }

  /** What a viewer sees, by stage; stages that show nothing are left out. */
  view(state: WorkflowState<W>, viewer: Viewer): Readonly<Record<string, object>> {
    const shown = this.stages.flatMap((stage) => {
      const part = stage.view?.(state.slices[stage.name], state.facts, viewer);
      return part === undefined ? [] : [[stage.name, part] as const];
    });
    return Object.fromEntries(shown);
  }

  private owed(state: WorkflowState<W>, reference: W['reference']): readonly Duty[] {
    return this.stages.flatMap((stage) => stage.duties?.(state.slices[stage.name], state.facts, reference) ?? []);
  }

  private upcast(rule: AnyEventRule<W>, event: Recorded): Recorded {
    const { schema } = event.metadata;
    if (schema === rule.schema) return event;
    if (rule.upcast === undefined) throw new UnknownEvent(event.type, schema);
    return { ...event, data: rule.upcast(event.data, schema) };
  }

  private checkAddressee(
    stage: AnyStage<W>,
    rule: AnyCommandRule<W>,
    slice: unknown,
    command: Command,
    context: Context<W>,
  ): void {
    if (rule.when.addressee !== true) return;
    const addressees = stage.addresseeOf?.(slice, command.body, command.type) ?? [];
    if ([addressees].flat().includes(context.organisation)) return;
    throw new Rejection('unknown', 'not-found', 'there is no such thing in this case');
  }

  private checkRole(rule: AnyCommandRule<W>, { role }: Context<W>): void {
    if (rule.when.by.includes(role)) return;
    throw new Rejection('not-allowed', 'role-not-allowed', `role ${role} may not do this`, { roles: rule.when.by });
  }

  private checkState(
    stage: AnyStage<W>,
    rule: AnyCommandRule<W>,
    slice: unknown,
    command: Command,
    context: Context<W>,
  ): void {
    if (rule.when.from === undefined || stage.stateOf === undefined) return;
    const state = stage.stateOf(slice, command.body, context.facts);
    if (state === undefined) throw new Rejection('unknown', 'not-found', 'there is no such thing in this case');
    if (rule.when.from.includes(state)) return;
    const details = { state, from: rule.when.from };
    throw new Rejection('wrong-state', 'wrong-state', `${command.type} can not happen in state ${state}`, details);
  }

  private checkGuards(rule: AnyCommandRule<W>, subject: object, context: Context<W>): void {
    for (const name of rule.when.requires ?? []) {
      const rejection = this.parts.guards[name].check(subject, context);
      if (rejection !== undefined) throw rejection;
    }
    if (rule.when.consent === undefined) return;
    const missing = this.parts.consent(rule.when.consent, subject, context);
    if (missing !== undefined) throw missing;
  }
}
