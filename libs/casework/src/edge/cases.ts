/** Cases as the outside sees them: writes through the command bus, reads decided at each read. No HTTP left in here. */
import { Inject, Injectable, Optional } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { type Clock, Rejection } from '#kernel';
import { type Access, type AccessPurpose, type CaseRequest, mayAccess } from '#platform';
import { ALIASES, type AliasRegister, KEYRING, type Keyring, type PersonalDataReader, commandIdOf } from '#privacy';
import { type BodyClass, type CaseRecord, RecordOnCase } from '../dispatch/case-command.js';
import { CASE_READER, type CaseReader, type CaseState } from '../dispatch/case-reader.js';
import { legalBasisOf } from '../dispatch/legal-basis.js';
import { ComingOfAge } from '../dispatch/coming-of-age.js';
import { CLOCK, CaseRecorder, REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { BREAK_GLASS_ROLES, isGlassBroken } from '../shared/break-glass.js';
import { caseWorkflow } from '../workflow.js';
import { ACCESS_GROUNDS, type GroundsSource } from './access-grounds.js';
import { type Addressed, aliased, resolvePath } from './aliases.js';
import { caseTag, seenView } from './case-tag.js';
import { VIEWING_PURPOSES, openable } from './personal-data.js';
import { REFUSALS, type Refusals } from './refusals.js';
import { type WriteAnswer, type Written, writeAnswer } from './write-answer.js';

export const PERSONAL_DATA = Symbol('personal data reader');
/** Ground of a disclosure that nothing but an emergency allowed. */
const BREAK_GLASS = 'BREAK_GLASS';

/** A case that the caller may look at, as far as `scope` goes. */
export interface OpenedCase {
  readonly caseId: string;
  readonly identifiers: Readonly<Record<string, string>>;
  readonly state: CaseState;
  readonly scope: 'FULL' | 'OWN' | 'OFFER';
  /** In which roles, and why. */
  readonly access: Access;
  /** The time of the case at which this was decided. */
  readonly now: string;
}

@Injectable()
export class Cases {
  constructor(
    private readonly bus: CommandBus,
    private readonly recorder: CaseRecorder,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(ALIASES) private readonly aliases: AliasRegister,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(REFUSALS) private readonly refusals: Refusals,
    @Inject(PERSONAL_DATA) private readonly personalDataReader: PersonalDataReader,
    private readonly ages: ComingOfAge,
    @Optional() @Inject(ACCESS_GROUNDS) private readonly grounds?: GroundsSource,
  ) {}

  /** Records a fact on the case that the path names, or on a new one. */
  async record(request: CaseRequest, type: string, bodyClass: BodyClass): Promise<WriteAnswer> {
    const uninvited = caseWorkflow.command(type)?.rule.when.uninvited === true;
    const addressed = uninvited ? await this.named(request) : await this.address(request, 'command');
    const named = uninvited ? { addressedAs: request.path['caseId'] ?? '' } : {};
    const command = new RecordOnCase({
      type, bodyClass, ...named, body: request.body, caller: request.caller, idempotencyKey: request.idempotencyKey ?? '',
      identifiers: addressed?.identifiers ?? {}, correlationId: request.correlationId,
      ...(addressed === undefined ? {} : { caseId: addressed.caseId }),
      ...(request.ifMatch === undefined ? {} : { ifMatch: request.ifMatch }),
    });
    try {
      const record = await this.bus.execute<RecordOnCase, CaseRecord>(command);
      const thing = Object.values(addressed?.identifiers ?? {}).at(-1);
      return await writeAnswer({ aliases: this.aliases, keyring: this.keyring }, { record, command: type, addressed: thing, ...(await this.seenBy(request, record.caseId)) });
    } catch (error) {
      // Whoever was never let in tries, whatever it is refused for.
      if (error instanceof Rejection && (uninvited || error.kind === 'unknown')) {
        await this.refuse(request, 'command', uninvited ? await this.traced(request.path) : addressed?.caseId, error.code);
      }
      throw error;
    }
  }

  /** What the caller sees of a case now. */
  async view(request: CaseRequest): Promise<{ etag: string; body: unknown }> {
    const opened = await this.open(request, 'read');
    const { organisation } = request.caller;
    if (opened.access.because === 'break-glass') await this.discloseGlass(request, opened);
    const seen = { ...opened, organisation };
    return { etag: caseTag(this.keyring, seen), body: await aliased(this.aliases, organisation, opened.caseId, seenView(seen)) };
  }

  /** The case as it stands before the caller of a write now. */
  private async seenBy({ caller }: CaseRequest, caseId: string): Promise<Pick<Written, 'seen' | 'events'>> {
    const { events, state, now } = await this.reader.at(caseId, this.clock());
    const access = mayAccess(state.facts, caller, this.reference().organisations.get(caller.organisation), 'read', now);
    return { events, seen: { caseId, organisation: caller.organisation, state, access, now } };
  }

  /**
   * Opens the case that the path names for a purpose.
   * @throws Rejection `not-found` for a foreign case exactly as for an unknown one; the attempt is recorded
   */
  async open(request: CaseRequest, purpose: AccessPurpose): Promise<OpenedCase> {
    const { caller } = request;
    const addressed = await this.address(request, purpose);
    if (addressed !== undefined) {
      const { state, now } = await this.reader.at(addressed.caseId, this.clock());
      const entry = this.reference().organisations.get(caller.organisation);
      const grounds = await this.grounds?.(caller, addressed.caseId);
      const access = mayAccess(state.facts, caller, entry, purpose, now, grounds);
      if (access.scope !== 'NONE') return { ...addressed, state, scope: access.scope, access, now };
    }
    await this.refuse(request, purpose, addressed?.caseId);
    throw new Rejection('unknown', 'not-found', 'there is no such thing, or it is not yours to know');
  }

  /**
   * The person's data as far as the caller may see it, for a purpose that is recorded first (8.3).
   * @throws Rejection `not-found`, `purpose-missing`
   */
  async personalData(request: CaseRequest): Promise<unknown> {
    const { caseId, access } = await this.open(request, 'personal-data');
    const { events, state: recorded, now } = await this.reader.at(caseId, this.clock());
    const state = await this.ages.asOfToday(recorded, this.reference({ policy: recorded.facts.policy }).policy, now);
    const purpose = request.query['purpose'];
    if (!VIEWING_PURPOSES.some((known) => known === purpose) || purpose === undefined) {
      throw new Rejection('invalid', 'purpose-missing', 'say why the data is opened', { purposes: VIEWING_PURPOSES });
    }
    const { organisation, actor } = request.caller;
    const role = access.role ?? 'SP';
    const reference = this.reference();
    const glass = request.caller.human && isGlassBroken(state.facts, request.caller, now) ? access.roles.filter((one) => BREAK_GLASS_ROLES.includes(one)) : [];
    const shown = openable({ events, facts: state.facts, reference, now }, { organisation, role, glass });
    const entry = reference.organisations.get(organisation);
    const viewer = { actor, organisation, role, legalBasis: legalBasisOf(entry, role === 'SP'), correlationId: request.correlationId };
    const values = await this.personalDataReader.open({ caseId, ...shown, purpose, caller: viewer, ...(glass.length > 0 ? { ground: BREAK_GLASS } : {}) });
    return { purpose, values: values.map(({ compartment, custodian, value }) => ({ compartment, custodian, value })) };
  }

  /** What became of a write of this organisation, by its Idempotency-Key; `unknown` when it never came, or is forgotten. */
  async command({ caller, path }: CaseRequest): Promise<unknown> {
    const earlier = await this.recorder.outcomeOf(caller, path['key'] ?? '');
    return earlier ?? { state: 'unknown' };
  }

  /** Identifiers of a view as the caller knows them. */
  aliasedFor(organisation: string, caseId: string, view: unknown): Promise<unknown> {
    return aliased(this.aliases, organisation, caseId, view);
  }

  /**
   * The case by any name that somebody was told, of whichever organisation. A name of nothing stands for a case that is not
   * there, for the same one each time: from here on it goes the way that every other goes, repeats included.
   */
  private async named({ caller, path }: CaseRequest): Promise<Addressed> {
    const standIn = commandIdOf(this.keyring, caller.organisation, `name/${path['caseId'] ?? ''}`);
    return { caseId: (await this.traced(path)) ?? standIn, identifiers: {} };
  }

  /** Everything read through broken glass is told in the disclosure log, what lies in clear too. */
  private async discloseGlass({ caller, correlationId }: CaseRequest, { caseId, access }: OpenedCase): Promise<void> {
    const { organisation, actor } = caller;
    const legalBasis = legalBasisOf(this.reference().organisations.get(organisation), false);
    const viewer = { actor, organisation, role: access.role ?? 'SP', legalBasis, correlationId };
    await this.personalDataReader.tell({ caseId, viewer, purpose: BREAK_GLASS, categories: [], references: 0, ground: BREAK_GLASS });
  }

  private async address(request: CaseRequest, purpose: AccessPurpose): Promise<Addressed | undefined> {
    const { caller, path } = request;
    if (Object.keys(path).length === 0) return undefined;
    try {
      return await resolvePath(this.aliases, caller.organisation, path);
    } catch (error) {
      if (error instanceof Rejection) await this.refuse(request, purpose, await this.traced(path));
      throw error;
    }
  }

  private refuse({ caller, correlationId }: CaseRequest, purpose: AccessPurpose, caseId: string | undefined, because = 'not-found'): Promise<void> {
    return this.refusals.record({ caller, purpose, caseId, because, correlationId });
  }

  /** The case that a name of another organisation stands for: who tried is told to the person, never to who tried. */
  private async traced(path: Readonly<Record<string, string>>): Promise<string | undefined> {
    for (const alias of Object.values(path)) {
      const caseId = await this.aliases.trace(alias);
      if (caseId !== undefined) return caseId;
    }
    return undefined;
  }
}
