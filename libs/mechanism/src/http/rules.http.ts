/** `/v1/catalogues`, `/v1/instruments`: what a screening and an assessment ask, and how they come out; open to all who take part. */
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { IsObject } from 'class-validator';
import { InClear, Rejection } from '#kernel';
import { type CaseRequest, validate } from '#platform';
import { closed, CurrentRequest, DocumentedRead, DocumentedWrite, list, named } from '#platform/nest';
import { Directory } from '../organisations/directory.js';
import { PolicyDesk } from '../policies/policy-desk.js';
import { type MechanismAnswers, type RulePages, publishedRules, rulePage } from '../published.js';
import type { RuleKind } from '../rules/rule-events.js';
import { ANSWERS } from './shown.generated.js';

const tag = 'mechanism';
const problems = ['role-not-allowed', 'human-required', 'rules-invalid', 'rules-version-taken'] as const;
const description = 'By a coordinator of a country, in person. A version never changes; it counts where a policy in force names it.';

const CATALOGUE = named('CataloguePage', ANSWERS.catalogue);
const INSTRUMENT = named('InstrumentPage', ANSWERS.instrument);

export class PublishRulesBody {
  /** The whole document; a key that is wrong, missing or not known is named in the refusal. */
  @InClear() @IsObject() document!: object;
}

@Controller('v1')
export class RulesController {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PolicyDesk) private readonly desk: PolicyDesk,
  ) {}

  @Get('catalogues')
  @DocumentedRead({
    tag, operationId: 'readCatalogues', answer: closed({ catalogues: list(CATALOGUE), instruments: list(INSTRUMENT) }),
    summary: 'All published versions of the indicator catalogues and of the risk instruments, with names in three languages.',
    description: 'Which of them counts for a new case, the policy of its country says: `id.catalogue`, `risk.instrument`.',
  })
  catalogues(@CurrentRequest() _request: CaseRequest): RulePages {
    return publishedRules(this.directory.rules);
  }

  @Get('catalogues/:id/:number')
  @DocumentedRead({
    tag, operationId: 'readCatalogue', answer: CATALOGUE, problems: ['not-found'],
    summary: 'One version of a catalogue, as it was published: `/v1/catalogues/DELPHI/2009-1`.',
  })
  catalogue(@CurrentRequest() { path }: CaseRequest): MechanismAnswers['catalogue'] {
    return rulePage(known(this.directory.rules.catalogues.get(versionIn(path))));
  }

  @Get('instruments/:id/:number')
  @DocumentedRead({
    tag, operationId: 'readInstrument', answer: INSTRUMENT, problems: ['not-found'],
    summary: 'One version of a risk instrument, as it was published: `/v1/instruments/RA-1/1`.',
  })
  instrument(@CurrentRequest() { path }: CaseRequest): MechanismAnswers['instrument'] {
    return rulePage(known(this.directory.rules.instruments.get(versionIn(path))));
  }

  @Post('catalogues/publication')
  @HttpCode(200)
  @DocumentedWrite({
    tag, operationId: 'publishCatalogue', answer: ANSWERS.published, body: PublishRulesBody, statuses: [200], ifMatch: false, problems, description,
    summary: 'Publishes a version of an indicator catalogue. Nobody is screened by it yet.',
  })
  publishCatalogue(@CurrentRequest() request: CaseRequest): Promise<MechanismAnswers['published']> {
    return this.publish('catalogue', request);
  }

  @Post('instruments/publication')
  @HttpCode(200)
  @DocumentedWrite({
    tag, operationId: 'publishInstrument', answer: ANSWERS.published, body: PublishRulesBody, statuses: [200], ifMatch: false, problems, description,
    summary: 'Publishes a version of a risk instrument. No risk is assessed by it yet.',
  })
  publishInstrument(@CurrentRequest() request: CaseRequest): Promise<MechanismAnswers['published']> {
    return this.publish('instrument', request);
  }

  private publish(kind: RuleKind, { caller, body }: CaseRequest): Promise<MechanismAnswers['published']> {
    return this.desk.publishRule(caller, kind, validate(PublishRulesBody, body).document);
  }
}

const versionIn = ({ id = '', number = '' }: CaseRequest['path']): string => `${id}/${number}`;

/** @throws Rejection `not-found` */
function known<Rule>(rule: Rule | undefined): Rule {
  if (rule === undefined) throw new Rejection('unknown', 'not-found', 'there is no such version');
  return rule;
}
