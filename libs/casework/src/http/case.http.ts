/** Reads of a case by those who work on it, and what became of a command. */
import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { AS_OF, type AsOfView, MOMENTS } from '../edge/as-of.js';
import { CaseList } from '../edge/case-list.js';
import { Cases } from '../edge/cases.js';
import { CASE, CASE_PAGE, COMMAND, PERSONAL_VALUES } from './answers.js';

@Controller()
export class CaseController {
  constructor(
    private readonly cases: Cases,
    private readonly list: CaseList,
    @Optional() @Inject(AS_OF) private readonly asOf?: AsOfView,
  ) {}

  @Get('/v1/cases')
  @DocumentedRead({
    summary: 'Cases that the organisation may look at, newest first.', tag: 'cases', operationId: 'listCases', answer: CASE_PAGE,
    query: { after: '`next` of the page before.' }, minimumPosition: true, problems: ['cursor-invalid', 'position-invalid', 'reading-behind'],
  })
  page(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.list.page(request);
  }

  @Get('/v1/commands/:key')
  @DocumentedRead({
    summary: 'What became of a write, by its Idempotency-Key.', tag: 'cases', operationId: 'readCommand', answer: COMMAND,
  })
  command(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.cases.command(request);
  }

  @Get('/v1/cases/:caseId')
  @DocumentedRead({
    summary: 'A case as the organisation may see it.', tag: 'cases', operationId: 'readCase', answer: CASE, problems: ['not-found', 'newer-events'],
    query: {
      revision: 'As it stood after this step.', asOf: 'As it was recorded then: ISO 8601 with zone.', factsAsOf: 'What had happened by then: ISO 8601 with zone.',
    },
  })
  async view(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    // Answering a question about the past with the present would mislead.
    if (this.asOf === undefined && MOMENTS.some((name) => request.query[name] !== undefined)) throw new Problem('query-invalid', 'this service shows the present only');
    const { etag, body } = (await this.asOf?.(request)) ?? (await this.cases.view(request));
    void reply.header('etag', etag);
    return body;
  }

  @Get('/v1/cases/:caseId/personal-data')
  @DocumentedRead({
    summary: 'Sealed values of the case. Reading them is a disclosure, which is recorded first.', tag: 'cases', operationId: 'readPersonalData',
    answer: PERSONAL_VALUES, query: { purpose: 'Why they are opened.' }, required: ['purpose'], problems: ['not-found', 'purpose-missing', 'newer-events', 'busy'],
  })
  personalData(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.cases.personalData(request);
  }
}
