/**
 * The deadline board: who owes what by when, across agencies. An organisation sees what it owes and what is owed on the cases
 * that it leads; the coordination sees what is overdue or due soon. The board proposes, each row is decided again on the
 * newest revision. Source: architecture.md 6, 7; domain.md 8.3, R-14.
 */
import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '#kernel';
import { type CaseRequest, Problem, mayAccess } from '#platform';
import { ALIASES, type AliasRegister, KEYRING, type Keyring } from '#privacy';
import { CASE_READER, type CaseReader } from '../dispatch/case-reader.js';
import { CLOCK, REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { DutyBoard } from '../reactions/duty-board.js';
import { type BoardEntry, type BoardPage, owedPartsOf, seenPartsOf } from '../reactions/duty-rows.js';
import { soonest } from '../shared/moments.js';
import { leaders } from '../shared/recipients.js';
import { aliased } from './aliases.js';

export const DEADLINE_STATES = ['overdue', 'due'] as const;

const PAGE = 50;
/** What is due later than this is no coordinator's business yet, in milliseconds. */
const SOON = 7 * 24 * 3_600_000;
/** Roles in which whoever leads a case looks at what others owe on it. */
const LOOKING_ON: readonly string[] = ['CM', 'SUP'];
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** A moment of the query in UTC. */
function moment(text: string): string {
  if (!MOMENT.test(text) || Number.isNaN(Date.parse(text))) throw new Problem('query-invalid', 'until is an ISO 8601 moment with zone');
  return new Date(text).toISOString();
}

function stateOf(text: string | undefined): (typeof DEADLINE_STATES)[number] | undefined {
  const state = DEADLINE_STATES.find((one) => one === text);
  if (text !== undefined && state === undefined) throw new Problem('query-invalid', 'state is overdue or due');
  return state;
}


@Injectable()
export class DeadlineDesk {
  constructor(
    private readonly board: DutyBoard,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(ALIASES) private readonly aliases: AliasRegister,
    @Inject(KEYRING) private readonly keyring: Keyring,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * One page, soonest first; `next` is absent on the last. A page may hold fewer rows than the board proposed.
   * @throws Problem `query-invalid`; `cursor-invalid` for a cursor that was not given to this organisation
   */
  async page({ caller, query }: CaseRequest): Promise<{ readonly deadlines: readonly unknown[]; readonly next?: string }> {
    const { organisation } = caller;
    const asked = this.asked(query, organisation);
    const entry = this.reference().organisations.get(organisation);
    if (entry?.status !== 'ACTIVE') return { deadlines: [] };
    const roles = caller.roles.filter((role) => role !== 'CLOCK' && entry.roles.includes(role));
    const soon = new Date(Date.parse(this.clock()) + SOON).toISOString();
    const viewers = [...owedPartsOf(entry, roles), ...seenPartsOf(entry, roles, soon)]
      .map(({ viewer, until }) => ({ viewer, until: soonest(until, asked.until) }));
    const proposed = await this.board.page({ ...asked, viewers, limit: PAGE });
    const deadlines = (await Promise.all(proposed.map((row) => this.row(caller, row)))).flat();
    const last = proposed.length === PAGE ? proposed.at(-1) : undefined;
    return { deadlines, ...(last === undefined ? {} : { next: this.cursor(organisation, last) }) };
  }

  private async row(caller: CaseRequest['caller'], proposed: BoardEntry): Promise<readonly unknown[]> {
    const { caseId, name, key, dueAt, owedBy } = proposed;
    const { organisation } = caller;
    // What the person might have done until then is no debt of anybody.
    if (owedBy.role === 'PERSON' && dueAt < this.clock()) return [];
    const state = await this.reader.state(caseId);
    const { facts } = state;
    if (!this.board.isOwed(state, proposed)) return [];
    const { scope, roles } = mayAccess(facts, caller, this.reference().organisations.get(organisation), 'read', this.clock());
    const isFull = scope === 'FULL';
    const isMine = owedBy.organisation === organisation || (owedBy.organisation === undefined && isFull && roles.some((role) => role === owedBy.role));
    const leads = leaders(facts).includes(organisation) && roles.some((role) => LOOKING_ON.includes(role));
    if (!isMine && !(isFull && (leads || roles.includes('NRM_COORD')))) return [];
    const shown = {
      deadline: name, thingId: key === 'case' ? caseId : key, by: dueAt, overdue: dueAt < this.clock(), mine: isMine,
      ...(isFull ? { caseId } : {}), ...(owedBy.organisation === undefined ? { role: owedBy.role } : { organisation: owedBy.organisation }),
    };
    return [await aliased(this.aliases, organisation, caseId, shown)];
  }

  private asked({ state, until, after }: CaseRequest['query'], organisation: string): Pick<BoardPage, 'from' | 'after'> & { readonly until?: string | undefined } {
    const which = stateOf(state);
    const limit = until === undefined ? undefined : moment(until);
    const now = this.clock();
    return {
      ...(which === 'due' ? { from: now } : {}), until: which === 'overdue' ? soonest(now, limit) : limit,
      ...(after === undefined ? {} : { after: this.read(organisation, after) }),
    };
  }

  private cursor(organisation: string, { dueAt, place }: BoardEntry): string {
    return this.keyring.encryptToken(`deadlines/${organisation}`, JSON.stringify({ dueAt, place }));
  }

  private read(organisation: string, cursor: string): { dueAt: string; place: string } {
    const text = this.keyring.decryptToken(`deadlines/${organisation}`, cursor);
    if (text === undefined) throw new Problem('cursor-invalid', 'the cursor was not given to this organisation');
    return JSON.parse(text) as { dueAt: string; place: string };
  }
}
