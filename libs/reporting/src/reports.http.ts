/** What rapporteur, programmes and coordinators read. Single cases stand on the desk only. */
import type { Clock } from '#kernel';
import type { Role } from '#mechanism';
import type { CaseRequest } from '#platform';
import { Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import type { AnyDatabase } from '#read-models';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DESK, REPORT } from './answers.js';
import { reportAsCsv } from './csv.js';
import { PUBLISHED_K } from './disclosure-control/protect.js';
import type { Period } from './period.js';
import { exportedReport, publishedReport, queryOf } from './report.js';
import { REPORTS } from './reports.js';
import { deskQueue } from './reports/desk/queries.js';

/** What the controller needs from the service that it runs in. */
export interface ReportingAccess {
  readonly kysely: AnyDatabase;
  readonly clock: Clock;
  readonly calendar: Period['granularity'];
  /** Roles that the caller claims and the directory confirms now. */
  readonly heldRoles: (request: CaseRequest) => Promise<readonly Role[]>;
  /** The caller's own alias of a case, in place of its stream. */
  readonly aliasOf: (request: CaseRequest, stream: string) => Promise<string>;
}
/** Injection token of `ReportingAccess`. */
export const REPORTING_ACCESS = Symbol('reporting access');

const READERS: readonly Role[] = ['RAPP', 'PROG', 'NRM_COORD'];
const DESK_LIMIT = 200;

@Controller()
export class ReportsController {
  constructor(@Inject(REPORTING_ACCESS) private readonly access: ReportingAccess) {}

  /** JSON shows suppressed cells as suppressed; `format=csv` is an export and is refused with one. */
  @Get('/v1/reports/:report')
  @DocumentedRead({
    summary: 'A published report. Small counts are suppressed.',
    tag: 'reporting',
    operationId: 'readReport',
    answer: REPORT,
    query: {
      period: 'A year or a quarter: `2026`, `2026-Q3`.',
      rows: 'Dimension of the rows; the first of the report when absent.',
      columns: 'Dimension of the columns.',
      format: '`json` or `csv`; json when absent.',
    },
    required: ['period'],
    produces: ['application/json', 'text/csv'],
    problems: [
      'role-not-allowed',
      'not-found',
      'period-invalid',
      'period-not-published',
      'period-not-over',
      'dimension-invalid',
      'export-would-disclose',
    ],
  })
  async report(
    @CurrentRequest() request: CaseRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    await this.require(request, READERS);
    const report = REPORTS.find(({ name }) => name === request.path['report']);
    if (report === undefined) throw new Problem('not-found', 'there is no such report');
    const { calendar, clock, kysely } = this.access;
    const query = queryOf(report, request.query, { calendar, now: clock(), k: PUBLISHED_K });
    const published = await publishedReport(kysely, report, query, PUBLISHED_K);
    if (request.query['format'] !== 'csv') return published;
    void reply.type('text/csv; charset=utf-8');
    return reportAsCsv(exportedReport(published));
  }

  /** Open cases of the mechanism, for the coordinator only. */
  @Get('/v1/desk')
  @DocumentedRead({
    summary: 'Open cases of the mechanism, those in danger first.',
    tag: 'reporting',
    operationId: 'readDesk',
    answer: DESK,
    problems: ['role-not-allowed'],
  })
  async desk(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    await this.require(request, ['NRM_COORD']);
    const rows = await deskQueue(this.access.kysely, DESK_LIMIT);
    const entry = async ({ stream, entry }: (typeof rows)[number]) => ({
      case: await this.access.aliasOf(request, stream),
      ...entry,
    });
    return { cases: await Promise.all(rows.map(entry)) };
  }

  private async require(request: CaseRequest, roles: readonly Role[]): Promise<void> {
    const held = await this.access.heldRoles(request);
    if (!held.some((role) => roles.includes(role))) throw new Problem('role-not-allowed', 'this role does not read that');
  }
}
