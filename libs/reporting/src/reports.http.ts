/** What rapporteur, programmes and coordinators read. Single cases stand on the desk only. */
import type { Clock } from '#kernel';
import type { Role } from '#mechanism';
import type { CaseRequest } from '#platform';
import { Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import type { AnyDatabase } from '#read-models';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DESK, REPORT, UNMET } from './answers.http.js';
import { reportAsCsv } from './csv.js';
import type { Period } from './period.js';
import { exportedReport, publishedReport, queryOf } from './report.js';
import { REPORTS } from './reports.js';
import { desk } from './reports/desk/projection.js';
import { type Territory, deskQueue } from './reports/desk/queries.js';
import { serviceGap } from './reports/service-gap/projection.js';
import { type UnmetPlace, unmetQueryOf, unmetRequests } from './reports/service-gap/unmet.js';

/** What the controller needs from the service that it runs in. */
export interface ReportingAccess {
  readonly kysely: AnyDatabase;
  readonly clock: Clock;
  readonly calendar: Period['granularity'];
  /**
   * Smallest count that may be published of what ended at a moment, as the policy in force then says: what was published once is
   * not told in more detail later. Source: domain.md 9.4.
   */
  readonly smallestPublished: (endedAt: string) => number;
  /** Roles that the caller claims and the directory confirms now. */
  readonly heldRoles: (request: CaseRequest) => Promise<readonly Role[]>;
  /** Where the caller coordinates. */
  readonly territoryOf: (request: CaseRequest) => Territory;
  /** Whether the caller coordinates this very case, decided on its newest revision. */
  readonly coordinates: (request: CaseRequest, stream: string) => Promise<boolean>;
  /** The caller's own alias of a case, in place of its stream. */
  readonly aliasOf: (request: CaseRequest, stream: string) => Promise<string>;
  /**
   * Waits until a projection holds what the caller asks to see with `Tandem-Minimum-Position`.
   * @throws Problem `position-invalid`; Rejection `reading-behind`
   */
  readonly asSeenBy: (request: CaseRequest, projection: string) => Promise<void>;
  /** Turns the place where a page ended into a cursor of this caller's, and back; `undefined` for one that is not. */
  readonly cursors: {
    readonly seal: (request: CaseRequest, place: string) => string;
    readonly open: (request: CaseRequest, cursor: string) => string | undefined;
  };
  /** Waits until a projection holds all that is recorded by now. @throws Rejection `reading-behind` */
  readonly complete: (projection: string) => Promise<void>;
}
/** Injection token of `ReportingAccess`. */
export const REPORTING_ACCESS = Symbol('reporting access');

const READERS: readonly Role[] = ['RAPP', 'PROG', 'NRM_COORD'];
const COORDINATOR: readonly Role[] = ['NRM_COORD'];
const DESK_LIMIT = 200;
const FORMATS: readonly unknown[] = [undefined, 'json', 'csv'];
const READ_YOUR_WRITES = ['position-invalid', 'reading-behind'] as const;

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
    minimumPosition: true,
    problems: [
      ...READ_YOUR_WRITES,
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
    const query = queryOf(report, request.query, { calendar, now: clock() });
    const k = this.access.smallestPublished(query.period.to);
    if (!FORMATS.includes(request.query['format'])) throw new Problem('query-invalid', 'a report comes as json or csv');
    // A projection that is still being built would publish figures that are too small, and once published they stand.
    await this.access.asSeenBy(request, report.projection);
    await this.access.complete(report.projection);
    const published = await publishedReport(kysely, report, query, k);
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
    minimumPosition: true,
    problems: ['role-not-allowed', ...READ_YOUR_WRITES],
  })
  async desk(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    await this.require(request, COORDINATOR);
    await this.access.asSeenBy(request, desk.name);
    const rows = await deskQueue(this.access.kysely, this.access.territoryOf(request), DESK_LIMIT);
    return { cases: await this.allowed(request, rows, ({ entry }) => entry) };
  }

  /** Scenario 3 of domain.md, appendix C, and 10.6: unmet need by service and region. */
  @Get('/v1/desk/unmet')
  @DocumentedRead({
    summary: 'Requests for a service that nobody met, newest first.',
    description:
      'One entry a request and service, also when another provider accepted later. Erased cases are left out.',
    tag: 'reporting',
    operationId: 'listUnmetRequests',
    answer: UNMET,
    query: { service: 'Service code.', region: 'NUTS-2 region.', after: '`next` of the page before.' },
    minimumPosition: true,
    problems: ['role-not-allowed', 'cursor-invalid', ...READ_YOUR_WRITES],
  })
  async unmet(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    await this.require(request, COORDINATOR);
    const query = unmetQueryOf(request.query);
    for (const name of [desk.name, serviceGap.name]) await this.access.asSeenBy(request, name);
    const after = this.placeOf(request);
    const territory = this.access.territoryOf(request);
    const { rows, last } = await unmetRequests(this.access.kysely, { ...query, territory, after, limit: DESK_LIMIT });
    const unmet = await this.allowed(request, rows, ({ stream: _inside, ...row }) => row);
    return { unmet, ...(last === undefined ? {} : { next: this.access.cursors.seal(request, JSON.stringify(last)) }) };
  }

  private placeOf(request: CaseRequest): UnmetPlace | undefined {
    const cursor = request.query['after'];
    if (cursor === undefined) return undefined;
    const place = this.access.cursors.open(request, cursor);
    if (place === undefined) throw new Problem('cursor-invalid', 'the cursor was not given to this organisation');
    return JSON.parse(place) as UnmetPlace;
  }

  /** Rows of cases that the caller coordinates now, each under its own name of the case. */
  private async allowed<Row extends { readonly stream: string }>(request: CaseRequest, rows: readonly Row[], shown: (row: Row) => object): Promise<readonly object[]> {
    const { coordinates, aliasOf } = this.access;
    const decided = rows.map(async (row) =>
      (await coordinates(request, row.stream)) ? [{ caseId: await aliasOf(request, row.stream), ...shown(row) }] : []);
    return (await Promise.all(decided)).flat();
  }

  private async require(request: CaseRequest, roles: readonly Role[]): Promise<void> {
    const held = await this.access.heldRoles(request);
    if (!held.some((role) => roles.includes(role)))
      throw new Problem('role-not-allowed', 'this role does not read that');
  }
}
