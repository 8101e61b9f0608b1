/** Reads of a case by those who work on it, and what became of a command. */
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { CaseRequest } from '#platform';
import { CurrentRequest } from '#platform/nest';
import { Cases } from '../edge/cases.js';

@Controller()
export class CaseController {
  constructor(private readonly cases: Cases) {}

  @Get('/v1/cases/:caseId')
  async view(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const { etag, body } = await this.cases.view(request);
    void reply.header('etag', etag);
    return body;
  }

  @Get('/v1/cases/:caseId/personal-data')
  personalData(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    return this.cases.personalData(request);
  }
}
