/**
 * Records facts on cases: the single entry of writes. Order: access, earlier answer, validation, precondition, decision,
 * sealing, append. Access comes before the body is looked at, so nothing about a foreign case leaks through an error.
 * Source: architecture.md 4 to 6.
 */
import { Inject, Injectable } from '@nestjs/common';
import { type CommandLog, type Draft, EVENT_STORE, type EventStore, type Handled, type StoredEvent, handleCommand, uuidV5 } from '#event-store';
import { type Clock, type Command, type Decided, MOMENT, type Outside, type PersonalParts, Rejection, classificationOf, personalPartsOf, streamOfCase } from '#kernel';
import type { Reference, ReferenceWish, Role } from '#mechanism';
import { type Caller, entityTag, mayAccess, requireMatch, validate } from '#platform';
import { ALIASES, type AliasRegister, KEYRING, type Keyring, type SealingVault, VAULT } from '#privacy';
import { resolveBody } from '../edge/aliases.js';
import { caseTag, thingTag } from '../edge/case-tag.js';
import type { CaseWorld } from '../shared/world.js';
import { caseWorkflow } from '../workflow.js';
import { type CaseCommand, type CaseRecord, HOUSE } from './case-command.js';
import { caseTime } from './case-time.js';
import { CASE_FOLDING, CASE_READER, type CaseReader, type CaseState } from './case-reader.js';
import { ComingOfAge, isByBirthday } from './coming-of-age.js';
import { CommandMemory } from './command-memory.js';
import { legalBasisOf } from './legal-basis.js';
import { watchProvisional } from './provisional.js';
import { sealInto } from './sealing.js';
import { recordsBlindly, requireStanding, roleOf } from './standing.js';

/** What policy, catalogue, instrument and directory say: of a case its own policy, of a new one the policy in force. */
export type ReferenceSource = (of?: ReferenceWish) => Reference;
export const REFERENCE = Symbol('reference');
export const CLOCK = Symbol('clock');
/** Milliseconds by which two honest clocks may differ. */
const CLOCKS_DIFFER_BY = 60_000;
export const CASE_COMMAND_LOG = Symbol('command log of cases');

/** One command on its way: what is known before the case is read. */
interface Attempt {
  readonly command: CaseCommand;
  readonly commandId: string;
  readonly caseId: string;
  readonly stream: string;
  readonly now: string;
  /** Provisional policy keys that deciding read. */
  readonly readKeys: Set<string>;
}

@Injectable()
export class CaseRecorder {
  private readonly memory: CommandMemory;
  private readonly ages: ComingOfAge;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(ALIASES) private readonly aliases: AliasRegister,
    @Inject(VAULT) private readonly vault: SealingVault,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(CASE_COMMAND_LOG) log: CommandLog,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.memory = new CommandMemory(log, keyring);
    this.ages = new ComingOfAge(vault, keyring);
  }

  /**
   * Records what a command asks for, once, however often it comes.
   * @throws Rejection when it must not happen; `StreamBusy` when the case stayed contended for 5 s
   */
  async record(command: CaseCommand): Promise<CaseRecord> {
    const wish = this.memory.commandId(command);
    const caseId = command.caseId ?? uuidV5(wish, 'case');
    const commandId = await this.admitted(command, wish);
    const earlier = await this.memory.check(wish, command);
    const readKeys = new Set<string>();
    const attempt = { command, commandId, caseId, stream: streamOfCase(caseId), now: this.clock(), readKeys };
    const work = async (): Promise<Omit<CaseRecord, 'caseId'>> => {
      const handled = await this.handle(attempt);
      return { ...handled, provisional: earlier?.provisional ?? [...readKeys].sort() };
    };
    return { caseId, ...(await this.memory.remembering(wish, attempt.stream, command, attempt.now, work)) };
  }

  /** How a command of this caller ended; `undefined` when it is not known (any more). */
  outcomeOf(caller: Caller, idempotencyKey: string): Promise<object | undefined> {
    return this.memory.outcome(this.memory.commandId({ caller, idempotencyKey }));
  }

  /**
   * The identifier under which a case keeps this wish. It names the case: were the memory of commands lost, the same key on
   * another case must not give two streams the same event, nor two things the same name. A case that holds the wish under its
   * bare identifier, as cases did before, keeps it.
   * @throws Rejection `not-found` where the caller does not stand to the case any more
   */
  private async admitted(command: CaseCommand, wish: string): Promise<string> {
    const { caseId, caller } = command;
    if (caseId === undefined) return wish;
    const { events, state: { facts }, now } = await this.reader.at(caseId, this.clock());
    const commandId = events.some(({ metadata }) => metadata.commandId === wish) ? wish : uuidV5(wish, caseId);
    requireStanding(command, commandId, this.reference().organisations.get(caller.organisation), { facts, events, now });
    return commandId;
  }

  private handle(attempt: Attempt): Promise<Handled<CaseState>> {
    return handleCommand<CaseState>(this.store, {
      ...CASE_FOLDING,
      stream: attempt.stream,
      commandId: attempt.commandId,
      cache: this.reader.cache,
      decide: (state, events) => this.decide(attempt, state, events),
      clock: this.clock,
    });
  }

  private async decide(attempt: Attempt, state: CaseState, events: readonly StoredEvent[]): Promise<readonly Draft[]> {
    const { command } = attempt;
    const now = caseTime(events, attempt.now);
    const reference = watchProvisional(this.referenceFor(command, state), attempt.readKeys);
    const role = roleOf(command, state.facts, reference.organisations.get(command.caller.organisation), now);
    const { body, parts } = this.read(command);
    this.checkPrecondition(attempt, state, events, now);
    const occurredAt = this.occurredAt(command, now);
    const whole = { ...(await resolveBody(this.aliases, command.caller.organisation, body)), ...command.identifiers };
    const decided = await this.decideToday(attempt, state, reference, { type: command.type, body: whole }, {
      reference, actor: command.caller.actor, organisation: command.caller.organisation, role,
      human: command.caller.human, now, occurredAt, newId: uuidV5(attempt.commandId, 'new'),
    });
    const context = {
      commandId: attempt.commandId, person: personOf(decided.events, state), stream: attempt.stream, custodian: command.caller.organisation,
    };
    // At once, so that they share a commit.
    const [sealed] = await Promise.all([sealInto(this.vault, decided.events, parts, context), this.nameNew(attempt, decided.events)]);
    return sealed.map((event) => decided.birthday !== undefined && isByBirthday(event)
      ? this.draft({ ...attempt, command: { ...command, caller: HOUSE } }, event, reference, 'CLOCK', decided.birthday, {})
      : this.draft(attempt, event, reference, role, occurredAt, whole));
  }

  /**
   * Decides, and says when a birthday came that the decision rests on. What the house owes, and what people record of a birthday
   * themselves, is decided on the log.
   */
  private async decideToday(
    { caseId, command: { bodyClass } }: Attempt, state: CaseState, { policy }: Reference, wish: Command, outside: Outside<CaseWorld>,
  ): Promise<{ readonly events: readonly Decided[]; readonly birthday?: string }> {
    const deciding = (on: CaseState): readonly Decided[] => caseWorkflow.decide(wish, on, outside);
    if (bodyClass === undefined || wish.type === 'RecordMajority') return { events: deciding(state) };
    const events = await this.ages.decide(state, policy, outside.now, deciding);
    if (!events.some(isByBirthday)) return { events };
    const told = (await this.ages.toldFrom(caseId, state.facts, policy)) ?? outside.now;
    return { events, birthday: told < outside.now ? told : outside.now };
  }

  /**
   * The name by which the caller will be told of a case that is about to be: nothing can be under erasure that is not there
   * yet. Were the case never to be, nobody was told the name, and the same wish sent again gets it.
   */
  private async nameNew({ command: { caseId, caller }, caseId: made }: Attempt, decided: readonly Decided[]): Promise<void> {
    if (caseId === undefined && decided.length > 0) await this.aliases.aliasFor(caller.organisation, 'case', made, made);
  }

  /** A case keeps the policy it began with; a new one follows the country of who notifies it. */
  private referenceFor({ caller }: CaseCommand, { facts }: CaseState): Reference {
    const country = this.reference().organisations.get(caller.organisation)?.country;
    return this.reference({ policy: facts.policy, country });
  }

  private read({ body, bodyClass }: CaseCommand): { body: object; parts: PersonalParts } {
    if (bodyClass === undefined) return { body: body as object, parts: {} };
    const { occurredAt: _time, ...fields } = asObject(body);
    const valid = validate(bodyClass, fields);
    return { body: valid, parts: personalPartsOf(valid, classificationOf(bodyClass)) };
  }

  /** @throws Rejection `precondition-failed` when the addressed thing, or the case, changed since its tag was given out */
  private checkPrecondition({ command, caseId }: Attempt, state: CaseState, events: readonly StoredEvent[], now: string): void {
    if (command.ifMatch !== undefined) requireMatch(command.ifMatch, this.tagOf(command, caseId, state, events, now));
  }

  /** The tag of what the command addresses. Who may not see the case must not learn whether it changed: no tag fits. */
  private tagOf({ type, caller, identifiers }: CaseCommand, caseId: string, state: CaseState, events: readonly StoredEvent[], now: string): string {
    const { organisation } = caller;
    const thing = Object.values(identifiers).at(-1);
    const none = entityTag(this.keyring, organisation, thing ?? caseId, -1);
    if (recordsBlindly(type)) return none;
    if (thing !== undefined) return thingTag(this.keyring, organisation, thing, events) ?? none;
    const access = mayAccess(state.facts, caller, this.reference().organisations.get(organisation), 'read', now);
    return caseTag(this.keyring, { caseId, organisation, state, access, now });
  }

  /** When the fact happened, as stated. A sender's clock may be a minute ahead: that is now, and no reason to refuse a withdrawal. */
  private occurredAt(command: CaseCommand, now: string): string {
    const stated = asObject(command.body)['occurredAt'];
    if (stated === undefined) return now;
    const moment = typeof stated === 'string' && MOMENT.test(stated) ? Date.parse(stated) : Number.NaN;
    if (Number.isNaN(moment)) throw invalidTime('must be an ISO 8601 moment with zone');
    if (moment > Date.parse(now) + CLOCKS_DIFFER_BY) throw invalidTime('must not be in the future');
    return moment > Date.parse(now) ? now : new Date(moment).toISOString();
  }

  private draft({ command, commandId }: Attempt, event: Decided, reference: Reference, role: Role, occurredAt: string, body: object): Draft {
    const found = caseWorkflow.event(event.type);
    const needsConsent = caseWorkflow.command(command.type)?.rule.when.consent !== undefined;
    return {
      type: event.type, data: event.data, schema: found?.rule.schema ?? 1, sensitivity: found?.rule.sensitivity ?? 3, occurredAt, role,
      actor: command.caller.actor, organisation: command.caller.organisation, commandId, correlationId: command.correlationId,
      causationId: command.causationId ?? commandId,
      legalBasis: legalBasisOf(reference.organisations.get(command.caller.organisation), needsConsent),
      reference: versionsNamed(reference, command.caller, body),
    };
  }
}

function personOf(decided: readonly Decided[], state: CaseState): string {
  const named = decided.map(({ data }) => (data as { person?: unknown }).person).find((p) => typeof p === 'string' && p !== '');
  return typeof named === 'string' ? named : state.facts.person;
}

/** Policy, catalogue and instrument, and the directory entries of the organisations that the command names. */
function versionsNamed(reference: Reference, caller: Caller, body: object): Readonly<Record<string, string>> {
  const versions: Record<string, string> = { ...reference.versions };
  for (const id of [caller.organisation, ...(Object.values(body) as unknown[])]) {
    const entry = typeof id === 'string' ? reference.organisations.get(id) : undefined;
    if (entry !== undefined) versions[`organisation:${entry.id}`] = entry.version;
  }
  return versions;
}

function asObject(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw new Rejection('invalid', 'body-invalid', 'the body must be a JSON object', { errors: [' object-expected'] });
}

function invalidTime(message: string): Rejection {
  return new Rejection('invalid', 'body-invalid', `occurredAt ${message}`, { errors: ['/occurredAt moment'] });
}
