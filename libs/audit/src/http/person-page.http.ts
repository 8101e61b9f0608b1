/** `GET /v1/cases/{caseId}/person-page`: what the person is handed. */
import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Cases, seesAll } from '#casework/nest';
import { Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { disclosureStream } from '#privacy';
import { AUDIT, type Audit } from '../audit.js';
import { pageText, type PersonPage, personPage } from '../person-page/page.js';
import { PAGE_LANGUAGES, type PageLanguage } from '../person-page/words.js';
import { ofCase } from './question.js';
import { PERSON_PAGE } from './answers.js';

/**
 * Who hands it to her, and who answers for her data. Not PERSON: a token names an organisation, so a channel through which
 * people notify themselves would open the page of each of them to all (docs/adr/0016).
 */
const PAGE_ROLES: readonly Role[] = ['CM', 'DPO'];

function isLanguage(text: string): text is PageLanguage {
  return (PAGE_LANGUAGES as readonly string[]).includes(text);
}

@Controller('v1/cases/:caseId/person-page')
export class PersonPageController {
  constructor(
    @Inject(AUDIT) private readonly audit: Audit,
    @Inject(Cases) private readonly cases: Cases,
  ) {}

  @Get()
  @DocumentedRead({
    summary: 'Who knows what about the person, why, until when, and who tried: a page to be handed to her.',
    description: 'Print it only when it is safe for her to read it.',
    tag: 'agencies', operationId: 'readPersonPage', answer: PERSON_PAGE, query: { language: 'ro or en; ro when absent.', format: 'json or text; json when absent.' },
    produces: ['application/json', 'text/plain'], problems: ['not-found', 'role-not-allowed'],
  })
  async page(@CurrentRequest() request: CaseRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PersonPage | string> {
    const { caseId, state, access, now } = await this.cases.open(ofCase(request), 'read');
    const { organisation } = request.caller;
    // The page names everybody who knows of her: it is not for who oversees one of them.
    if (!seesAll({ organisation, state, access }) || !PAGE_ROLES.some((role) => access.roles.includes(role))) {
      throw new Rejection('not-allowed', 'role-not-allowed', 'the page is for the person and her case manager', { roles: PAGE_ROLES });
    }
    const { language = 'ro', format = 'json' } = request.query;
    if (!isLanguage(language) || !['json', 'text'].includes(format)) throw new Problem('query-invalid', 'language is ro or en, format is json or text');
    const page = await this.written(caseId, state.facts, language, now);
    if (format === 'json') return page;
    void reply.header('content-type', 'text/plain; charset=utf-8');
    return pageText(page);
  }

  private async written(caseId: string, facts: Parameters<typeof personPage>[0]['facts'], language: PageLanguage, now: string): Promise<PersonPage> {
    const { store, index, reference } = this.audit;
    await index.catchUp();
    const { organisations, policy } = reference();
    const disclosures = await store.readStream(disclosureStream(caseId));
    return personPage({ facts, disclosures, refusals: index.refusalsOf(caseId), organisations, mandates: index.mandates(), language, timeZone: policy.timeZone, now });
  }
}
