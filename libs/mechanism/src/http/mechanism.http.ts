/** Reads of the mechanism itself: who takes part, who may be asked for what, by which rules. Nothing here is about a person. */
import { Controller, Get, Inject } from '@nestjs/common';
import { type CaseRequest, Problem } from '#platform';
import { CurrentRequest, DocumentedRead } from '#platform/nest';
import { Directory, type ProviderSearch } from '../organisations/directory.js';
import { publishedLabels } from '../published.js';
import type { Organisation } from '../reference.js';
import { REGIONS, SERVICE_CODES } from '../vocabulary.js';

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
  })
  organisations(@CurrentRequest() _request: CaseRequest): { readonly organisations: readonly object[] } {
    const organisations = this.directory
      .all()
      .map(({ id, name, kind, country, roles, status }) => ({ id, name, kind, country, roles, status }));
    return { organisations };
  }

  @Get('providers')
  @DocumentedRead({
    ...everyone,
    summary: 'Providers that may be asked for a service.',
    description: 'Active and accredited ones only. Accreditation for a group of services covers each of them.',
    operationId: 'listProviders',
    query: { service: 'Service code.', area: 'NUTS-2 region.', minor: '`true`: only providers that take minors.' },
    problems: ['query-invalid'],
  })
  providers(@CurrentRequest() { query }: CaseRequest): { readonly providers: readonly Organisation[] } {
    return { providers: this.directory.providers(searchOf(query)) };
  }

  @Get('labels')
  @DocumentedRead({
    ...everyone,
    summary: 'The names of all codes in English, Romanian and Latvian.',
    description: '`lists` has the names that a code has in one list; `common` those that it has in every other.',
    operationId: 'readLabels',
  })
  labels(@CurrentRequest() _request: CaseRequest): object {
    return publishedLabels();
  }
}
