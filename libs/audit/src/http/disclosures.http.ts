/** `GET /v1/cases/{caseId}/disclosures` and `/export`: who saw what, and the history to take away. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Cases, type OpenedCase, seesAll, toTheMinute } from '#casework/nest';
import type { StoredEvent } from '#event-store';
import { Rejection } from '#kernel';
import type { Role } from '#mechanism';
import type { CaseRequest } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { disclosureStream, type Viewer } from '#privacy';
import { AUDIT, type Audit } from '../audit.js';
import { namesOf, ofCase } from './question.js';
import { DISCLOSURES } from './answers.js';

const EXPORT_ROLES: readonly Role[] = ['AUDIT', 'DPO'];

/** One entry of the log: the event's own facts, who it concerns, and when. */
function entryOf({ type, data, metadata: { recordedAt, actor, organisation, role, legalBasis } }: StoredEvent): object {
  const { caseId: _inside, ...facts } = data as { caseId?: string };
  return { type, at: toTheMinute(recordedAt), actor, organisation, role, legalBasis, ...facts };
}

@Controller('v1/cases/:caseId')
export class DisclosuresController {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(Cases) private readonly cases: Cases,
  ) {}

  @Get('disclosures')
  @DocumentedRead({
    summary: 'Who was shown personal data of the case, and who asked in vain.',
    description: 'To who oversees a partner that was only brought in: what the people of its own organisation saw and tried.',
    tag: 'auditors', operationId: 'readDisclosures', answer: DISCLOSURES, problems: ['not-found'],
  })
  async disclosures(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    const { caseId, state, access } = await this.cases.open(ofCase(request), 'readings');
    const { organisation } = request.caller;
    const all = seesAll({ organisation, state, access });
    const told = (events: readonly StoredEvent[]): object[] => events.filter(({ metadata }) => all || metadata.organisation === organisation).map(entryOf);
    await this.audit.index.catchUp();
    const disclosures = await this.audit.store.readStream(disclosureStream(caseId));
    const alias = await namesOf(this.audit.aliases, organisation, caseId)(caseId);
    return { caseId: alias, disclosures: told(disclosures), refused: told(this.audit.index.refusalsOf(caseId)) };
  }

  @Get('export')
  @DocumentedRead({
    summary: 'The whole history as a signed bundle that can be verified without this service.',
    description: 'Holds the real identifiers of the case, and no personal values. Recorded as a disclosure first. Format: docs/adr/0010.',
    tag: 'auditors', operationId: 'exportCase', query: { tree: 'Root of a signed tree that you hold: proves the case in it too.' },
    produces: ['application/x-ndjson'], problems: ['not-found', 'role-not-allowed'],
  })
  async export(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const opened = await this.cases.open(ofCase(request), 'history');
    const viewer = await this.viewer(request, opened);
    const { tree } = request.query;
    const bundle = await this.audit.exporter.export({ caseId: opened.caseId, viewer, ...(tree === undefined ? {} : { heldRoot: tree }) });
    void reply.header('content-type', 'application/x-ndjson; charset=utf-8').header('content-disposition', 'attachment; filename="export.ndjson"');
    return bundle;
  }

  private async viewer({ caller, correlationId }: CaseRequest, { access }: OpenedCase): Promise<Viewer> {
    const role = EXPORT_ROLES.find((one) => access.roles.includes(one));
    if (role === undefined) throw new Rejection('not-allowed', 'role-not-allowed', 'only an auditor or a data protection officer takes a history away', { roles: EXPORT_ROLES });
    const { mandate } = role === 'AUDIT' ? await this.audit.grounds(caller) : {};
    return { actor: caller.actor, organisation: caller.organisation, role, legalBasis: mandate?.legalBasis ?? 'GDPR-39-1-b', correlationId };
  }
}
