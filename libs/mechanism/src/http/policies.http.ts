/** `/v1/policies`: what each country decides by, open to all who take part; published and put in force by its coordinator. */
import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { IsObject, IsOptional, Matches } from 'class-validator';
import { InClear, MOMENT, Rejection } from '#kernel';
import { type CaseRequest, validate } from '#platform';
import { CurrentRequest, DocumentedRead, DocumentedWrite, type JsonSchema, named } from '#platform/nest';
import { Directory } from '../organisations/directory.js';
import { PolicyDesk } from '../policies/policy-desk.js';
import { DOCUMENT, FIRST_DOCUMENT, SECOND_DOCUMENT } from '../policy-schema.js';
import { type MechanismAnswers, policyPage, publishedPolicy } from '../published.js';
import { ANSWERS } from './shown.generated.js';

const tag = 'mechanism';
const ABSENT = 'there is no such policy';

interface Closed {
  readonly properties: object;
  readonly required: readonly string[];
}
/** A policy document, in any form that was ever published, and what its page says beyond it. */
function page(name: string, { properties, required }: Closed): JsonSchema {
  const extended = (document: object): JsonSchema => {
    const own = document as Closed;
    return { ...own, properties: { ...own.properties, ...properties }, required: [...own.required, ...required] };
  };
  return named(name, { anyOf: [DOCUMENT, SECOND_DOCUMENT, FIRST_DOCUMENT].map(extended) });
}
const PAGE = page('PolicyPage', ANSWERS.ofPolicy);
const PAGE_IN_FORCE = page('PolicyPageInForce', ANSWERS.ofPolicyInForce);

export class PublishPolicyBody {
  /** The whole document; a key that is wrong, missing or not known is named in the refusal. */
  @InClear() @IsObject() document!: object;
}

export class ActivatePolicyBody {
  /** A published version, such as `RO/2026-2`. */
  @InClear() @Matches(/^[A-Z]{2}\/\d{4}-\d{1,4}$/) version!: string;
  /** From when new cases follow it; at once when absent. */
  @InClear() @IsOptional() @Matches(MOMENT) from?: string;
}

@Controller('v1/policies')
export class PoliciesController {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(PolicyDesk) private readonly desk: PolicyDesk,
  ) {}

  @Get(':country')
  @DocumentedRead({
    tag, operationId: 'readPolicy', answer: PAGE_IN_FORCE, problems: ['not-found'],
    summary: 'The country policy in force: every value, where it comes from, and whether anybody confirmed it.',
    description: '`unknown` names the keys of which nobody knows what the country says. Also all versions and activations.',
  })
  policy(@CurrentRequest() { path }: CaseRequest): object {
    return known(publishedPolicy(this.directory.policies, path['country'] ?? '', this.desk.now()));
  }

  @Get(':country/:number')
  @DocumentedRead({
    tag, operationId: 'readPolicyVersion', answer: PAGE, problems: ['not-found'],
    summary: 'One version of a country policy, as it was published: `/v1/policies/RO/2026-1`.',
  })
  version(@CurrentRequest() { path }: CaseRequest): object {
    const version = `${path['country'] ?? ''}/${path['number'] ?? ''}`;
    const { policies } = this.directory;
    return known(policies.has(version) ? policyPage(policies.at(version)) : undefined);
  }

  @Post(':country/publication')
  @HttpCode(200)
  @DocumentedWrite({
    tag, operationId: 'publishPolicy', answer: ANSWERS.published, body: PublishPolicyBody, statuses: [200], ifMatch: false,
    summary: 'Publishes a version of a country policy. Nothing is decided by it yet.',
    description: 'By the coordinator of the country, in person. A version never changes.',
    problems: ['role-not-allowed', 'human-required', 'policy-invalid', 'policy-version-taken'],
  })
  async publish(@CurrentRequest() { caller, path, body }: CaseRequest): Promise<MechanismAnswers['published']> {
    const { document } = validate(PublishPolicyBody, body);
    const { version, hash } = await this.desk.publish(caller, path['country'] ?? '', document);
    return { version, hash };
  }

  @Post(':country/activation')
  @HttpCode(200)
  @DocumentedWrite({
    tag, operationId: 'activatePolicy', answer: ANSWERS.activated, body: ActivatePolicyBody, statuses: [200], ifMatch: false,
    summary: 'Puts a published version in force for new cases. A running case keeps its own until somebody changes it.',
    description: 'By the coordinator of the country, in person, and by another person than who published it.',
    problems: ['role-not-allowed', 'human-required', 'policy-unknown', 'policy-start-past', 'second-person-required'],
  })
  async activate(@CurrentRequest() { caller, path, body }: CaseRequest): Promise<MechanismAnswers['activated']> {
    const { version, from } = validate(ActivatePolicyBody, body);
    await this.desk.activate(caller, path['country'] ?? '', version, from);
    return { activations: this.directory.policies.history(path['country'] ?? '').activations };
  }
}

/** @throws Rejection `not-found` */
function known(page: object | undefined): object {
  if (page === undefined) throw new Rejection('unknown', 'not-found', ABSENT);
  return page;
}
