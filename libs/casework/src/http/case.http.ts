/** Reads of a case by those who work on it, and what became of a command. */
import { Controller, Get, Inject, Optional, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest } from '#platform/nest';
import { AS_OF, type AsOfView, MOMENTS } from '../edge/as-of.js';
import { CaseList } from '../edge/case-list.js';
import { Cases } from '../edge/cases.js';

@Controller()
export class CaseController {
  constructor(
    private readonly cases: Cases,
    private readonly list: CaseList,
    @Optional() @Inject(AS_OF) private readonly asOf?: AsOfView,
  ) {}

  @Get('/v1/cases')
  page(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.list.page(request);
  }

  @Get('/v1/commands/:key')
  command(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.cases.command(request);
  }

  @Get('/v1/cases/:caseId')
  async view(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    // Answering a question about the past with the present would mislead.
    if (this.asOf === undefined && MOMENTS.some((name) => request.query[name] !== undefined)) throw new Problem('query-invalid', 'this service shows the present only');
    const { etag, body } = (await this.asOf?.(request)) ?? (await this.cases.view(request));
    void reply.header('etag', etag);
    return body;
  }

  @Get('/v1/cases/:caseId/personal-data')
  personalData(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.cases.personalData(request);
  }
}
