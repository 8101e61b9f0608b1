/** What the auditor's routes share: a case by its path, and moments in a query. */
import type { AliasRegister } from '#privacy';
import { MOMENT } from '#kernel';
import { type CaseRequest, Problem } from '#platform';
import type { Moment } from '../history/history.js';

/** The request with nothing but the case in its path: what else stands there is no alias. */
export function ofCase(request: CaseRequest): CaseRequest {
  return { ...request, path: { caseId: request.path['caseId'] ?? '' } };
}

/** A moment of a query as ISO 8601 in UTC. @throws Problem `query-invalid` when it has no zone or is none */
export function timeOf(text: string, name: string): string {
  const time = MOMENT.test(text) ? new Date(text) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) throw new Problem('query-invalid', `${name} is an ISO 8601 moment with zone`);
  return time.toISOString();
}

/** A count of a query or path. @throws Problem `query-invalid` */
export function countOf(text: string, name: string, most: number): number {
  const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(count) || count > most) throw new Problem('query-invalid', `${name} is a number up to ${String(most)}`);
  return count;
}

/** The moment that a query asks for: `revision`, `asOf` (recorded until then) or `factsAsOf` (happened until then). */
export function momentOf({ revision, asOf, factsAsOf }: CaseRequest['query']): Moment | undefined {
  if ([revision, asOf, factsAsOf].filter((one) => one !== undefined).length > 1) throw new Problem('query-invalid', 'ask for one moment only');
  if (revision !== undefined) return { revision: countOf(revision, 'revision', 999_999_999) };
  if (asOf !== undefined) return { recordedAt: timeOf(asOf, 'asOf') };
  return factsAsOf === undefined ? undefined : { factTime: timeOf(factsAsOf, 'factsAsOf') };
}

/** How an organisation knows the things of one case. */
export function namesOf(aliases: AliasRegister, organisation: string, caseId: string) {
  return (identifier: string): Promise<string> => aliases.aliasFor(organisation, identifier === caseId ? 'case' : 'thing', identifier, caseId);
}
