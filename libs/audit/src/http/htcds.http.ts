/** `GET /v1/cases/{caseId}/htcds`: one case in the terms of HTCDS, to be handed to an organisation of another country. */
import { Controller, Get, Inject } from '@nestjs/common';
import { type CaseFacts, liveConsent } from '#casework';
import { CASE_READER, type CaseReader, Cases, ComingOfAge, type OpenedCase, REFERENCE, type ReferenceSource, seesAll } from '#casework/nest';
import { Rejection } from '#kernel';
import type { Organisation, Role } from '#mechanism';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { recordDisclosure } from '#privacy';
import { AUDIT, type Audit } from '../audit.js';
import { htcdsOf } from '../export/htcds.js';
import { HTCDS } from './answers.js';
import { namesOf, ofCase } from './question.js';

/** Who leads the case and holds what she agreed to. An auditor verifies, and needs no such file; nor does who was brought in (8.4). */
const HANDING_OVER: readonly Role[] = ['CM', 'CP_AUTH'];
/** Purpose under which it stands in the disclosure log. */
const HTCDS_PURPOSE = 'HTCDS-EXPORT';

@Controller('v1/cases/:caseId/htcds')
export class HtcdsController {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(Cases) private readonly cases: Cases,
    @Inject(ComingOfAge) private readonly ages: ComingOfAge,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
  ) {}

  @Get()
  @DocumentedRead({
    summary: 'A case in the field names and codes of HTCDS v2.0, for an organisation of another country.',
    description: 'Needs her live consent to tell that organisation in that country (`CROSS_BORDER`). Holds no name, contact or story. Recorded as a disclosure first. Fields left out: docs/adr/0024.',
    tag: 'agencies', operationId: 'exportCaseAsHtcds', answer: HTCDS, query: { recipient: 'Organisation of the directory that it is for.' }, required: ['recipient'],
    problems: ['not-found', 'role-not-allowed', 'consent-missing'],
  })
  async export(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    const opened = await this.cases.open(ofCase(request), 'personal-data');
    const role = this.handingOver(request, opened);
    const { caseId } = opened;
    const { events, state, now } = await this.reader.at(caseId, this.audit.clock());
    const { facts } = await this.ages.asOfToday(state, this.reference({ policy: state.facts.policy }).policy, now);
    const recipient = this.abroad(facts, request.query['recipient']);
    checkConsent(facts, recipient, now);
    const { caller: { actor, organisation }, correlationId } = request;
    const viewer = { actor, organisation, role, legalBasis: 'GDPR-6-1-a+9-2-a', correlationId };
    const { store, clock, aliases } = this.audit;
    await recordDisclosure(store, clock, { caseId, viewer, purpose: HTCDS_PURPOSE, categories: [], references: 0, recipient: recipient.id });
    const { organisations } = this.reference();
    const local = { caseId: await namesOf(aliases, recipient.id, caseId)(caseId), ageBand: facts.ageBand, country: facts.country };
    return { standard: 'HTCDS', version: '2.0', fields: htcdsOf({ facts, events, organisations }), local };
  }

  private handingOver({ caller: { organisation } }: CaseRequest, { state, access }: OpenedCase): Role {
    const role = HANDING_OVER.find((one) => access.roles.includes(one));
    if (role !== undefined && seesAll({ organisation, state, access })) return role;
    throw new Rejection('not-allowed', 'role-not-allowed', 'who leads the case hands it over', { roles: HANDING_OVER });
  }

  /** Inside the country nobody needs such a file: there the mechanism shows each its part (8.3, 8.4). */
  private abroad({ country }: CaseFacts, id = ''): Organisation {
    const entry = this.reference().organisations.get(id);
    if (entry?.status === 'ACTIVE' && entry.country !== country) return entry;
    throw new Problem('query-invalid', 'recipient is an organisation of another country that the directory knows');
  }
}

/** @throws Rejection `consent-missing` unless she consents to tell this organisation, in its country; nobody's duty replaces that here */
function checkConsent(facts: CaseFacts, { id, country }: Organisation, now: string): void {
  if (liveConsent(facts, 'CROSS_BORDER', id, now, country) !== undefined) return;
  throw new Rejection('rule-broken', 'consent-missing', 'she has not agreed that this organisation is told', { purpose: 'CROSS_BORDER', recipient: id });
}
