import type { Role } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { access } from './projection.js';

/** A case that may be shown after one more decision, and where the page ends with it. */
export interface ListedCase {
  readonly stream: string;
  readonly notifiedAt: string;
}

export interface CasesQuery {
  readonly organisation: string;
  /** Roles that the caller holds and claims. */
  readonly roles: readonly Role[];
  /** The last case of the page before; absent on the first page. */
  readonly after?: ListedCase;
  readonly limit: number;
}

/**
 * The next cases, newest first, that the organisation has a ground to see: all for NRM_COORD, those under minor rules for
 * CP_AUTH, and those it works on. Keyset pages: a case that comes or goes meanwhile shifts nothing. Every row must be
 * decided again before it is shown.
 */
export async function casesFor(kysely: AnyDatabase, query: CasesQuery): Promise<readonly ListedCase[]> {
  const { organisation, roles, after, limit } = query;
  let cases = view(kysely, access, 'listed').select(['stream', 'notifiedAt']);
  if (!roles.includes('NRM_COORD')) {
    const engaged = view(kysely, access, 'ground').select('stream').where('organisation', '=', organisation);
    const ofChildren = roles.includes('CP_AUTH');
    cases = cases.where((where) =>
      where.or([where('stream', 'in', engaged), ...(ofChildren ? [where('minorRules', '=', 1)] : [])]),
    );
  }
  if (after !== undefined) {
    const { notifiedAt, stream } = after;
    cases = cases.where((where) =>
      where.or([
        where('notifiedAt', '<', notifiedAt),
        where.and([where('notifiedAt', '=', notifiedAt), where('stream', '<', stream)]),
      ]),
    );
  }
  const page = await cases.orderBy('notifiedAt', 'desc').orderBy('stream', 'desc').limit(limit).execute();
  return page.map(({ stream, notifiedAt }) => ({ stream, notifiedAt }));
}
