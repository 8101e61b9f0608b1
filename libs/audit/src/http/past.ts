/** Cases as they were. An as-of read needs access now and then; a mandate was given in order to look back. */
import { Inject, Injectable } from '@nestjs/common';
import { aliased, type AsOfView, CASE_READER, type CaseReader, Cases, caseView, type OpenedCase, seesAll } from '#casework/nest';
import { Rejection } from '#kernel';
import { type Access, type AccessPurpose, type CaseRequest, entityTag, mayAccess } from '#platform';
import { AUDIT, type Audit } from '../audit.js';
import { entriesOf } from '../history/entry-at.js';
import { type AccessThen, caseAt, type Moment, type PastCase } from '../history/history.js';
import { momentOf, ofCase } from './question.js';

/** How the caller stood to the case then. */
interface SeenThen extends Pick<Access, 'because'> {
  readonly scope: OpenedCase['scope'];
}

/** What is shown of a past case. `asOf` says which one it is and what was in force. */
interface PastView {
  readonly etag: string;
  readonly body: unknown;
}

@Injectable()
export class PastCases {
  /** For `GET /v1/cases/{caseId}?asOf=|factsAsOf=|revision=`. */
  readonly view: AsOfView = async (request) => {
    const moment = momentOf(request.query);
    return moment && this.at(request, moment, 'read');
  };

  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(Cases) private readonly cases: Cases,
  ) {}

  /**
   * The case at a moment, as the caller could see it then.
   * @throws Rejection `not-found` when the caller has no access now or had none then, or there was no such case
   */
  async at(request: CaseRequest, moment: Moment, purpose: AccessPurpose): Promise<PastView> {
    const opened = await this.cases.open(ofCase(request), purpose);
    const { events } = await this.reader.whole(opened.caseId);
    const past = caseAt(events, moment);
    const then = past && (await this.accessThen(request, opened, purpose, past));
    if (past === undefined || then === undefined || isMoreThanToday(request, opened, past, then, moment)) throw notThen();
    return this.shown(request, opened, past, then.scope);
  }

  /** Whether the caller could see the case at moments of the past; under a mandate, all of it. */
  async accessOver(request: CaseRequest, { access }: OpenedCase, purpose: AccessPurpose): Promise<AccessThen> {
    if (access.because === 'mandate') return () => true;
    const entryAt = await entriesOf(this.audit.store, request.caller.organisation);
    return (facts, at) => mayAccess(facts, request.caller, entryAt(at), purpose, at).scope !== 'NONE';
  }

  private async accessThen({ caller }: CaseRequest, { access }: OpenedCase, purpose: AccessPurpose, { state, at }: PastCase): Promise<SeenThen | undefined> {
    if (access.because === 'mandate') return { scope: 'FULL', because: 'mandate' };
    const entry = (await entriesOf(this.audit.store, caller.organisation))(at);
    const { scope, because } = mayAccess(state.facts, caller, entry, purpose, at);
    // Broken glass opens the case of this hour, and every look through it is told to her: it opens no past, then or now.
    if (scope === 'NONE' || because === 'break-glass' || access.because === 'break-glass') return undefined;
    // Whoever keeps only its notification does not see again what it saw once.
    return access.scope === 'FULL' ? { scope, because } : access.scope === 'NONE' ? undefined : { scope: access.scope, because };
  }

  private async shown({ caller: { organisation } }: CaseRequest, { caseId, ...now }: OpenedCase, { state, at, revision, reference }: PastCase, scope: OpenedCase['scope']): Promise<PastView> {
    const view = caseView(caseId, state, { organisation, scope }, at);
    // To who sees a part of it now a revision would count what others recorded, and the directory's entries would name them.
    const counted = seesAll({ organisation, state: now.state, access: now.access });
    const asOf = counted ? { revision, at, reference } : { at, reference: withoutOrganisations(reference) };
    const body = await aliased(this.audit.aliases, organisation, caseId, { ...view, asOf });
    return { etag: entityTag(this.audit.keyring, organisation, caseId, counted ? revision : JSON.stringify({ view, asOf })), body };
  }
}

/**
 * Whether the past would show more than today does. Whoever sees a part of the case sees it as it was recorded while it saw a part:
 * neither by count, nor what others wrote down later of that time, nor what it saw while it led.
 */
function isMoreThanToday({ caller: { organisation } }: CaseRequest, { access, ...now }: OpenedCase, { state }: PastCase, then: SeenThen, moment: Moment): boolean {
  if (seesAll({ organisation, state: now.state, access })) return false;
  return !('recordedAt' in moment) || seesAll({ organisation, state, access: then });
}

/** There is nothing of then to show: exactly the same where there was no case and where the caller had no access. */
export const notThen = (): Rejection => new Rejection('unknown', 'not-found', 'there was no such case then, or it was not yours to know');

function withoutOrganisations(reference: PastCase['reference']): PastCase['reference'] {
  return Object.fromEntries(Object.entries(reference).filter(([name]) => !name.startsWith('organisation:')));
}
