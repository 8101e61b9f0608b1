/** Reads of the mechanism itself: who takes part, who may be asked for what, by which rules. Nothing here is about a person. */
import { Controller, Get, Inject } from '@nestjs/common';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { Directory, type ProviderSearch } from '../organisations/directory.js';
import { type MechanismAnswers, publishedLabels, publishedOrganisation } from '../published.js';
import { REGIONS, SERVICE_CODES } from '../vocabulary.js';
import { ANSWERS } from './shown.generated.js';

const everyone = { tag: 'mechanism' } as const;

/** @throws Problem when the value is not on the list */
function listed<Code extends string>(
  codes: readonly Code[],
  field: string,
  value: string | undefined,
): { [field: string]: Code } {
  if (value === undefined) return {};
  const code = codes.find((one) => one === value);
  if (code === undefined) throw new Problem('query-invalid', `${field} is not a value of its list`);
  return { [field]: code };
}

function searchOf({ service, area, minor }: Readonly<Record<string, string | undefined>>): ProviderSearch {
  const forMinor = listed(['true', 'false'], 'forMinor', minor)['forMinor'];
  return {
    ...listed(SERVICE_CODES, 'service', service),
    ...listed(REGIONS, 'region', area),
    ...(forMinor === undefined ? {} : { forMinor: forMinor === 'true' }),
  };
}

@Controller('v1')
export class MechanismController {
  constructor(@Inject(Directory) private readonly directory: Directory) {}

  @Get('organisations')
  @DocumentedRead({
    ...everyone,
    summary: 'The organisations of the mechanism and the roles that each holds.',
    operationId: 'listOrganisations',
    answer: ANSWERS.organisations,
  })
  organisations(@CurrentRequest() _request: CaseRequest): MechanismAnswers['organisations'] {
    return { organisations: this.directory.all().map(publishedOrganisation) };
  }

  @Get('providers')
  @DocumentedRead({
    ...everyone,
    summary: 'Providers that may be asked for a service.',
    description: 'Active and accredited ones only. Accreditation for a group of services covers each of them.',
    operationId: 'listProviders',
    answer: ANSWERS.providers,
    query: { service: 'Service code.', area: 'NUTS-2 region.', minor: '`true`: only providers that take minors.' },
    problems: ['query-invalid'],
  })
  providers(@CurrentRequest() { query }: CaseRequest): MechanismAnswers['providers'] {
    return { providers: this.directory.providers(searchOf(query)) };
  }

  @Get('labels')
  @DocumentedRead({
    ...everyone,
    summary: 'The names of all codes in English, Romanian and Latvian.',
    description: '`lists` has the names that a code has in one list; `common` those that it has in every other.',
    operationId: 'readLabels',
    answer: ANSWERS.labels,
  })
  labels(@CurrentRequest() _request: CaseRequest): MechanismAnswers['labels'] {
    return publishedLabels();
  }
}
