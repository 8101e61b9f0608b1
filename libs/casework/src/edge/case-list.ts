/**
 * The cases that an organisation may find, newest first, in keyset pages. A list only proposes: each row is decided again on
 * the newest revision before it is shown. Source: architecture.md 6.
 */
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, caseOfStream } from '#kernel';
import type { Role } from '#mechanism';
import { type CaseRequest, Problem, decodePosition, mayAccess } from '#platform';
import { ALIASES, type AliasRegister, KEYRING, type Keyring } from '#privacy';
import { CASE_READER, type CaseReader } from '../dispatch/case-reader.js';
import { CLOCK, REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { aliased } from './aliases.js';
import { onlyBroughtIn } from '../shared/taking-part.js';

/** A row of the index: where the next page goes on. */
export interface ProposedCase {
  readonly stream: string;
  readonly notifiedAt: string;
}

/** Reads the index of who may find what. Waits until it holds what the caller has seen, when a position is given. */
export type ProposeCases = (query: {
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly after?: ProposedCase;
  readonly limit: number;
  readonly atLeast?: string;
}) => Promise<readonly ProposedCase[]>;
export const PROPOSE_CASES = Symbol('index of cases');

const PAGE = 50;

@Injectable()
export class CaseList {
  constructor(
    @Inject(PROPOSE_CASES) private readonly propose: ProposeCases,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(ALIASES) private readonly aliases: AliasRegister,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One page; `next` is absent on the last. A page may hold fewer rows than proposed: some were decided against.
   * @throws Problem `cursor-invalid` for a cursor that was not given to this organisation
   */
  async page(request: CaseRequest): Promise<{ readonly cases: readonly unknown[]; readonly next?: string }> {
    const { caller, query } = request;
    const { organisation } = caller;
    const after = query['after'] === undefined ? {} : { after: this.read(organisation, query['after']) };
    const entry = this.reference().organisations.get(organisation);
    const roles = caller.roles.filter((role) => entry?.roles.includes(role));
    const proposed = await this.propose({ organisation, roles, limit: PAGE, ...after, ...this.atLeast(request) });
    const cases = (await Promise.all(proposed.map((row) => this.row(request, row)))).flat();
    const last = proposed.length === PAGE ? proposed.at(-1) : undefined;
    return { cases, ...(last === undefined ? {} : { next: this.keyring.encryptToken(`cases/${organisation}`, JSON.stringify(last)) }) };
  }

  private async row({ caller }: CaseRequest, { stream }: ProposedCase): Promise<readonly unknown[]> {
    const caseId = caseOfStream(stream);
    if (caseId === undefined) return [];
    const { state: { facts }, now } = await this.reader.at(caseId, this.clock());
    const access = mayAccess(facts, caller, this.reference().organisations.get(caller.organisation), 'read', now);
    if (access.scope === 'NONE') return [];
    const { notifiedAt, danger, openedBy, assistance, identification } = facts;
    const partner = onlyBroughtIn(facts, caller.organisation) ? {} : { identification };
    const shown = access.scope === 'FULL' ? { assistance, danger, ...partner } : {};
    const opened = openedBy !== undefined;
    return [await aliased(this.aliases, caller.organisation, caseId, { caseId, scope: access.scope, notifiedAt, opened, ...shown })];
  }

  private read(organisation: string, cursor: string): ProposedCase {
    const text = this.keyring.decryptToken(`cases/${organisation}`, cursor);
    if (text === undefined) throw new Problem('cursor-invalid', 'the cursor was not given to this organisation');
    return JSON.parse(text) as ProposedCase;
  }

  private atLeast({ caller, minimumPosition }: CaseRequest): { readonly atLeast?: string } {
    if (minimumPosition === undefined) return {};
    return { atLeast: decodePosition(this.keyring, caller.organisation, minimumPosition) };
  }
}
