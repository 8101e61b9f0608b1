/** `GET /v1/cases/{caseId}/history`, `/history/{revision}`, `/visibility`: what happened, and who could see it. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { aliased, CASE, CASE_READER, type CaseReader, Cases, seenView } from '#casework/nest';
import { type Access, type AccessPurpose, actorSeeingMost, type CaseRequest, mayAccess, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import type { Organisation } from '#mechanism';
import { AUDIT, type Audit } from '../audit.js';
import { entriesOf } from '../history/entry-at.js';
import { caseAt, type PastCase, type Step, stepsOf } from '../history/history.js';
import { HISTORY, visibility } from './answers.js';
import { withNamesOutside } from './outside-names.js';
import { PastCases, notThen } from './past.js';
import { countOf, namesOf, ofCase, timeOf } from './question.js';

/** Steps that the caller may see. `withheld` are those of times in which it had no access. */
interface History {
  readonly caseId: string;
  readonly steps: readonly Step[];
  readonly withheld: number;
}

@Controller('v1/cases/:caseId')
export class HistoryController {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(CASE_READER) private readonly reader: CaseReader,
    @Inject(Cases) private readonly cases: Cases,
    @Inject(PastCases) private readonly past: PastCases,
  ) {}

  @Get('history')
  @DocumentedRead({
    summary: 'Every step of a case: what, when, by whom, and what it changed.',
    description: 'Under a mandate the whole history; otherwise the steps of times in which the organisation had access. Coded facts only.',
    tag: 'auditors', operationId: 'readHistory', answer: HISTORY, problems: ['not-found', 'newer-events'],
  })
  async history(@CurrentRequest() request: CaseRequest): Promise<History> {
    const opened = await this.cases.open(ofCase(request), 'history');
    const { caseId } = opened;
    const { events } = await this.reader.whole(caseId);
    const steps = stepsOf(events, await this.past.accessOver(request, opened, 'history'));
    const actors = new Set(events.map(({ metadata }) => metadata.actor));
    const nameOutside = namesOf(this.audit.aliases, request.caller.organisation, caseId);
    return withNamesOutside({ caseId, steps, withheld: events.length - steps.length }, nameOutside, actors);
  }

  @Get('history/:revision')
  @DocumentedRead({
    summary: 'The case as it stood after one step.',
    tag: 'auditors', operationId: 'readHistoryStep', answer: CASE, problems: ['not-found', 'newer-events'],
  })
  async step(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const revision = countOf(request.path['revision'] ?? '', 'revision', 999_999_999);
    const { etag, body } = await this.past.at(request, { revision }, 'history');
    void reply.header('etag', etag);
    return body;
  }

  @Get('visibility')
  @DocumentedRead({
    summary: 'What an organisation could see of a case at a moment.',
    description: 'At most: with every role that the directory gave it then. Grounds outside the case (mandates, broken glass) are not counted. Without a mandate only of times in which the asking organisation had access.',
    tag: 'auditors', operationId: 'readVisibility', query: { organisation: 'Identifier in the directory.', at: 'Moment, ISO 8601 with zone.' },
    required: ['organisation', 'at'], answer: visibility(CASE), problems: ['not-found', 'newer-events'],
  })
  async visibility(@CurrentRequest() request: CaseRequest): Promise<unknown> {
    const opened = await this.cases.open(ofCase(request), 'history');
    const { caseId } = opened;
    const { organisation, at } = asked(request);
    const past = caseAt((await this.reader.whole(caseId)).events, { recordedAt: at });
    const mayHaveSeen = await this.past.accessOver(request, opened, 'history');
    if (past !== undefined && !mayHaveSeen(past.state.facts, past.at)) throw notThen();
    const entry = (await entriesOf(this.audit.store, organisation))(at);
    const seen = past === undefined ? UNSEEN : seenBy(caseId, past, organisation, entry);
    return aliased(this.audit.aliases, request.caller.organisation, caseId, { organisation, at, ...seen });
  }
}

function asked({ query }: CaseRequest): { organisation: string; at: string } {
  const { organisation, at } = query;
  if (organisation === undefined || at === undefined) throw new Problem('query-invalid', 'organisation and at are needed');
  return { organisation, at: timeOf(at, 'at') };
}

const UNSEEN = { scope: 'NONE', because: 'no-such-case', personalData: false, view: null };

/** What the organisation could see, and whether it could have opened sealed values. */
function seenBy(caseId: string, { state, at }: PastCase, organisation: string, entry: Organisation | undefined): object {
  const caller = { organisation, actor: actorSeeingMost(state.facts, organisation), roles: entry?.roles ?? [], human: true, client: 'any' };
  const access = (purpose: AccessPurpose): Access => mayAccess(state.facts, caller, entry, purpose, at);
  const { scope, because } = access('read');
  const view = seenView({ caseId, organisation, state, access: { scope, because }, now: at }) ?? null;
  return { scope, because, personalData: access('personal-data').scope !== 'NONE', view };
}
