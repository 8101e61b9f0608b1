/**
 * What waits for an organisation, and what it may read of a referral that was addressed to it: the same for the API, the
 * plain page and the link in a notice. Source: domain.md 8.4, R-14; architecture.md 6 (partners), 7 (pull).
 */
import { Inject, Injectable } from '@nestjs/common';
import { type Clock, Rejection } from '#kernel';
import { type CaseRequest, mayAccess } from '#platform';
import type { PersonalDataReader } from '#privacy';
import { CASE_READER, type CaseReader, type CaseState } from '../dispatch/case-reader.js';
import { legalBasisOf } from '../dispatch/legal-basis.js';
import { CLOCK, REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { DutyBoard } from '../reactions/duty-board.js';
import { type BoardEntry, owedPartsOf } from '../reactions/duty-rows.js';
import { type IntakeSlice, type OfferDataset, offerDataset } from '../stages/intake/case-manager.js';
import { type ReferralDataset, type ReferralNeeds, referralDataset, sealedNeedsOf } from '../stages/referral/dataset.js';
import { Cases, type OpenedCase, PERSONAL_DATA } from './cases.js';

/** One thing that an organisation owes. Identifiers are its aliases. */
export interface InboxItem {
  /** What is waited for, as the duty is named in the stage: `referral-reply`, `deletion-confirmation`, ... */
  readonly waitsFor: string;
  readonly thingId: string;
  readonly by: string;
  readonly overdue: boolean;
  /** The case, where a role owes it and no organisation is named. */
  readonly caseId?: string;
  /** What may be told of the referral before it is opened; absent for other things, and for what was taken back. */
  readonly referral?: unknown;
  /** What may be told of a case that the organisation is asked to lead. */
  readonly offer?: unknown;
}

/** Hears that a partner opened what a notice pointed to. */
export type Fetched = (organisation: string, thing: string, at: string) => Promise<void>;
export const FETCHED = Symbol('a notice was fetched');

/** Items a page shows; the soonest first, so what is left out is due later. */
const MOST = 200;
/** Rows looked at in one go. */
const ROWS = 100;

@Injectable()
export class PartnerDesk {
  constructor(
    private readonly cases: Cases,
    private readonly board: DutyBoard,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(PERSONAL_DATA) private readonly personalData: PersonalDataReader,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(FETCHED) private readonly fetched: Fetched,
  ) {}

  /**
   * What the caller's organisation owes, by name or in a role that it holds on the case, soonest first. What a referral says
   * is decided on the newest facts, as everywhere: a consent that ended a moment ago has ended here too, and what was done is
   * owed no more.
   */
  async inbox({ caller }: CaseRequest): Promise<{ readonly items: readonly InboxItem[] }> {
    const entry = this.reference().organisations.get(caller.organisation);
    if (entry?.status !== 'ACTIVE') return { items: [] };
    const roles = caller.roles.filter((role) => role !== 'CLOCK' && entry.roles.includes(role));
    const viewers = owedPartsOf(entry, roles);
    const items: InboxItem[] = [];
    let after: BoardEntry | undefined;
    for (;;) {
      const rows = await this.board.page({ viewers, after, limit: ROWS });
      items.push(...(await Promise.all(rows.map((owed) => this.item(caller, owed)))).flat());
      after = rows.at(-1);
      if (rows.length < ROWS || items.length >= MOST) return { items: items.slice(0, MOST) };
    }
  }

  private async item(caller: CaseRequest['caller'], owed: BoardEntry): Promise<readonly InboxItem[]> {
    const { caseId, name, key, dueAt, owedBy } = owed;
    const { organisation } = caller;
    const { state, now } = await this.reader.at(caseId, this.clock());
    if (!this.board.isOwed(state, owed)) return [];
    const { scope, roles } = mayAccess(state.facts, caller, this.reference().organisations.get(organisation), 'read', now);
    if (owedBy.organisation === undefined && !(scope === 'FULL' && roles.some((role) => role === owedBy.role))) return [];
    const referral = scope === 'FULL' || scope === 'OFFER' ? offered(state, key, organisation) : undefined;
    const offer = managementOffer(state, key, organisation);
    const item = {
      waitsFor: name, thingId: key === 'case' ? caseId : key, by: dueAt, overdue: dueAt < now,
      ...(owedBy.organisation === undefined ? { caseId } : {}), ...(referral === undefined ? {} : { referral }), ...(offer === undefined ? {} : { offer }),
    };
    return [(await this.cases.aliasedFor(organisation, caseId, item)) as InboxItem];
  }

  /**
   * A referral as its addressee may see it now; what is sealed of it is opened, and that is recorded first.
   * @throws Rejection `not-found` for everybody else, and once it was taken back, declined or is over
   */
  async referral(request: CaseRequest): Promise<unknown> {
    const opened = await this.cases.open(request, 'read');
    const { organisation } = request.caller;
    const referralId = opened.identifiers['referralId'] ?? '';
    if (offered(opened.state, referralId, organisation) === undefined) throw new Rejection('unknown', 'not-found', 'there is no such thing, or it is not yours to know');
    const needs = await this.needs(request, opened, referralId);
    await this.fetched(organisation, referralId, this.clock());
    return this.cases.aliasedFor(organisation, opened.caseId, { caseId: opened.caseId, ...offered(opened.state, referralId, organisation, needs) });
  }

  private async needs(request: CaseRequest, { caseId, state, access }: OpenedCase, referralId: string): Promise<ReferralNeeds> {
    const sealed = sealedNeedsOf(state, referralId);
    if (sealed === undefined) return {};
    const { actor, organisation } = request.caller;
    const entry = this.reference().organisations.get(organisation);
    const viewer = { actor, organisation, role: access.role ?? 'SP', legalBasis: legalBasisOf(entry, true), correlationId: request.correlationId };
    const parts = [{ assessment: sealed }];
    const [value] = await this.personalData.open({ caseId, parts, categories: ['assessment'], purpose: 'REFERRAL', caller: viewer });
    return (value?.value ?? {});
  }
}

/** The case that an organisation is asked to lead, as far as it may be told before it accepts (8.4, S1). */
function managementOffer({ slices, facts }: CaseState, offerId: string, organisation: string): OfferDataset | undefined {
  const offer = offerDataset(slices['intake'] as IntakeSlice, facts);
  return offer?.offerId === offerId && offer.manager === organisation ? offer : undefined;
}

/**
 * A referral for its addressee, open or accepted; `undefined` for everybody else. By what it is to this referral: a house that
 * leads the case may be asked to help in it too.
 */
function offered(state: CaseState, referralId: string, organisation: string, needs?: ReferralNeeds): ReferralDataset | undefined {
  const addressed = state.facts.engagements.find((e) => e.through === referralId && e.organisation === organisation && e.until === undefined);
  if (addressed === undefined || addressed.scope === 'OWN') return undefined;
  return referralDataset(state, referralId, addressed.scope, needs);
}
