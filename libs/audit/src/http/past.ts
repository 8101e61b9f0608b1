/** Cases as they were. An as-of read needs access now and then; a mandate was given in order to look back. */
import { Inject, Injectable } from '@nestjs/common';
import { aliased, type AsOfView, CASE_READER, type CaseReader, Cases, caseView, type OpenedCase, seesAll } from '#casework/nest';
import { Rejection } from '#kernel';
import { type AccessPurpose, type CaseRequest, entityTag, mayAccess } from '#platform';
import { AUDIT, type Audit } from '../audit.js';
import { entriesOf } from '../history/entry-at.js';
import { type AccessThen, caseAt, type Moment, type PastCase } from '../history/history.js';
import { momentOf, ofCase } from './question.js';

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
    const counts = 'revision' in moment && !seesAll({ organisation: request.caller.organisation, state: opened.state, access: opened.access });
    if (past === undefined || then === undefined || counts) throw notThen();
    return this.shown(request, opened, past, then);
  }

  /** Whether the caller could see the case at moments of the past; under a mandate, all of it. */
  async accessOver(request: CaseRequest, { access }: OpenedCase, purpose: AccessPurpose): Promise<AccessThen> {
    if (access.because === 'mandate') return () => true;
    const entryAt = await entriesOf(this.audit.store, request.caller.organisation);
    return (facts, at) => mayAccess(facts, request.caller, entryAt(at), purpose, at).scope !== 'NONE';
  }

  private async accessThen({ caller }: CaseRequest, { access }: OpenedCase, purpose: AccessPurpose, { state, at }: PastCase): Promise<OpenedCase['scope'] | undefined> {
    if (access.because === 'mandate') return 'FULL';
    const entry = (await entriesOf(this.audit.store, caller.organisation))(at);
    const { scope } = mayAccess(state.facts, caller, entry, purpose, at);
    if (scope === 'NONE') return undefined;
    // Never more than today: whoever keeps only its notification does not see again what it saw once.
    return access.scope === 'FULL' ? scope : access.scope === 'NONE' ? undefined : access.scope;
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

/** There is nothing of then to show: exactly the same where there was no case and where the caller had no access. */
export const notThen = (): Rejection => new Rejection('unknown', 'not-found', 'there was no such case then, or it was not yours to know');

function withoutOrganisations(reference: PastCase['reference']): PastCase['reference'] {
  return Object.fromEntries(Object.entries(reference).filter(([name]) => !name.startsWith('organisation:')));
}
