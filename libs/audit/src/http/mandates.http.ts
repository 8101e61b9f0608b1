/** `POST /v1/audits`, `/v1/audits/{mandate}/revocation`, `GET /v1/audits/{mandate}/cases`: mandates and what they let draw. */
import { Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { IsIn, IsISO8601, Matches } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { CASE_READER, type CaseReader } from '#casework/nest';
import { InClear, MOMENT, Rejection } from '#kernel';
import { type AuditMandate, type CaseRequest, mayAccess, validate } from '#platform';
import { CurrentRequest, DocumentedRead, DocumentedWrite } from '#platform/nest';
import { commandIdOf } from '#privacy';
import { AUDIT, type Audit } from '../audit.js';
import { type MandateTerms, type MandateWish, mayAudit, REVOCATION_REASONS, type RevocationReason } from '../mandates/mandates.js';
import { draw, type Sample } from '../mandates/sampling.js';
import { MANDATE, SAMPLE } from './answers.js';
import { countOf, namesOf, timeOf } from './question.js';

const LARGEST_SAMPLE = 500;

export class GrantMandateBody {
  /** Organisation of the directory with the role AUDIT. */
  @InClear() @Matches(/^[a-z0-9][a-z0-9-]{1,62}$/) auditor!: string;
  /** Code of the law that orders or allows the audit. */
  @InClear() @Matches(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/) legalBasis!: string;
  /** Of the public body that grants. */
  @InClear() @Matches(/^[A-Z]{2}$/) country!: string;
  /** Cases that were recorded from then on, until before `casesUntil`. */
  @InClear() @IsISO8601({ strict: true, strictSeparator: true }) @Matches(MOMENT) casesFrom!: string;
  @InClear() @IsISO8601({ strict: true, strictSeparator: true }) @Matches(MOMENT) casesUntil!: string;
  @InClear() @IsISO8601({ strict: true, strictSeparator: true }) @Matches(MOMENT) validFrom!: string;
  @InClear() @IsISO8601({ strict: true, strictSeparator: true }) @Matches(MOMENT) expiresAt!: string;
}

export class RevokeMandateBody {
  @InClear() @IsIn([...REVOCATION_REASONS]) reason!: RevocationReason;
}

/** The terms, with every moment in UTC. */
function termsOf({ auditor, legalBasis, country, casesFrom, casesUntil, validFrom, expiresAt }: GrantMandateBody): MandateTerms {
  return {
    auditor, legalBasis, country, casesFrom: timeOf(casesFrom, 'casesFrom'), casesUntil: timeOf(casesUntil, 'casesUntil'),
    validFrom: timeOf(validFrom, 'validFrom'), expiresAt: timeOf(expiresAt, 'expiresAt'),
  };
}

@Controller('v1/audits')
export class MandatesController {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(CASE_READER) private readonly reader: CaseReader,
  ) {}

  @Post()
  @HttpCode(201)
  @DocumentedWrite({
    summary: 'Grants an audit mandate.', tag: 'auditors', operationId: 'grantMandate', body: GrantMandateBody, statuses: [201], answer: MANDATE, ifMatch: false,
    description: 'By a data protection officer of a public body of the country, in person. The auditor puts `mandate` into its token.',
    problems: ['role-not-allowed', 'human-required', 'auditor-not-eligible', 'mandate-period-wrong'],
  })
  async grant(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AuditMandate> {
    const wish = this.wishOf(request);
    const body = validate(GrantMandateBody, request.body);
    const mandate = await this.audit.mandates.grant(wish, termsOf(body), this.entry(body.auditor));
    void reply.header('location', `/v1/audits/${mandate.mandate}`);
    return mandate;
  }

  @Post(':mandate/revocation')
  @HttpCode(200)
  @DocumentedWrite({
    summary: 'Ends a mandate before it expires.', tag: 'auditors', operationId: 'revokeMandate', body: RevokeMandateBody, statuses: [200], answer: MANDATE, ifMatch: false,
    problems: ['role-not-allowed', 'human-required', 'not-found'],
  })
  revoke(@CurrentRequest() request: CaseRequest): Promise<AuditMandate> {
    const wish = this.wishOf(request);
    const { reason } = validate(RevokeMandateBody, request.body);
    return this.audit.mandates.revoke(wish, request.path['mandate'] ?? '', reason);
  }

  @Get(':mandate/cases')
  @DocumentedRead({
    summary: 'A sample of the cases that a mandate covers, drawn so that it can be repeated.',
    description: 'The same `size` and `asOf` give the same cases; a larger sample begins with the smaller one.',
    tag: 'auditors', operationId: 'sampleCases', answer: SAMPLE, problems: ['not-found'],
    query: { size: 'How many; 20 when absent, 500 at most.', asOf: 'Cases recorded until then; now when absent.' },
  })
  async sample(@CurrentRequest() { caller, path, query }: CaseRequest): Promise<object> {
    const mandate = await this.inForce(caller, path['mandate']);
    const asOf = query['asOf'] === undefined ? this.audit.clock() : timeOf(query['asOf'], 'asOf');
    const size = countOf(query['size'] ?? '20', 'size', LARGEST_SAMPLE);
    await this.audit.index.catchUp();
    const sample = draw(this.audit.index.cases(), mandate, size, asOf);
    return { mandate: mandate.mandate, asOf, population: sample.population, cases: await this.shown(caller, mandate, sample) };
  }

  private wishOf(request: CaseRequest): MandateWish {
    const { caller, correlationId, idempotencyKey = '' } = request;
    return { caller, entry: this.entry(caller.organisation), commandId: commandIdOf(this.audit.keyring, caller.organisation, idempotencyKey), correlationId };
  }

  private entry(organisation: string) {
    return this.audit.reference().organisations.get(organisation);
  }

  /** @throws Rejection `not-found` unless the token names this mandate and it is the caller's and in force */
  private async inForce(caller: CaseRequest['caller'], asked: string | undefined): Promise<AuditMandate> {
    const mandate = caller.mandate === asked ? (await this.audit.grounds(caller)).mandate : undefined;
    const now = this.audit.clock();
    const isAuditor = mandate?.organisation === caller.organisation && caller.roles.includes('AUDIT') && mayAudit(this.entry(caller.organisation));
    if (mandate !== undefined && isAuditor && mandate.validFrom <= now && now < mandate.expiresAt) return mandate;
    throw new Rejection('unknown', 'not-found', 'there is no such mandate, or it is not yours');
  }

  /** Each drawn case is asked for again on its newest revision before it is named. */
  private async shown(caller: CaseRequest['caller'], mandate: AuditMandate, { caseIds }: Sample): Promise<readonly object[]> {
    const rows = await Promise.all(caseIds.map(async (caseId) => {
      const { state: { facts, revision }, now } = await this.reader.at(caseId, this.audit.clock());
      const access = mayAccess(facts, caller, this.entry(caller.organisation), 'history', now, { mandate });
      if (access.scope === 'NONE') return [];
      return [{ caseId: await namesOf(this.audit.aliases, caller.organisation, caseId)(caseId), notifiedAt: facts.notifiedAt, events: revision + 1 }];
    }));
    return rows.flat();
  }
}
