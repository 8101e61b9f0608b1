/** Single unmet requests, for the coordinator's desk only: what to look for places for. Source: domain.md appendix C, 3. */
import type { Region, ServiceCode } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { type Territory, casesIn } from '../desk/queries.js';
import type { Gap } from './projection.js';
import { serviceGap } from './projection.js';

/** A request for one service that nobody met, and the stream of its case, which the edge replaces by an alias. */
export interface UnmetRequest extends Omit<Gap, 'askedBy' | 'asked'> {
  readonly stream: string;
}
/** Where a page ended. */
export interface UnmetPlace {
  readonly recordedAt: string;
  readonly stream: string;
  readonly key: string;
}
export interface UnmetPage {
  readonly rows: readonly UnmetRequest[];
  /** Where the next page goes on; absent on the last. */
  readonly last?: UnmetPlace;
}

export interface UnmetQuery {
  readonly service?: ServiceCode;
  readonly region?: Region;
}

/** Query parameters as they come; a code that nobody uses finds nothing. */
export function unmetQueryOf({ service, region }: Readonly<Record<string, string>>): UnmetQuery {
  return {
    ...(service === undefined ? {} : { service: service as ServiceCode }),
    ...(region === undefined ? {} : { region: region as Region }),
  };
}

/** Newest first, of a territory. The gap itself stays at erasure, to be counted; only what still is on the desk is listed one by one. */
export async function unmetRequests(
  kysely: AnyDatabase,
  { service, region, territory, limit, after }: UnmetQuery & { readonly territory: Territory; readonly limit: number; readonly after?: UnmetPlace | undefined },
): Promise<UnmetPage> {
  const onTheDesk = casesIn(kysely, territory).select('stream');
  let gaps = view(kysely, serviceGap, 'gap').select(['stream', 'key', 'service', 'region', 'recordedAt', 'reason']).where('stream', 'in', onTheDesk);
  if (service !== undefined) gaps = gaps.where('service', '=', service);
  if (region !== undefined) gaps = gaps.where('region', '=', region);
  if (after !== undefined) gaps = gaps.where((row) => row.or([
    row('recordedAt', '<', after.recordedAt),
    row.and([row('recordedAt', '=', after.recordedAt), row('stream', '>', after.stream)]),
    row.and([row('recordedAt', '=', after.recordedAt), row('stream', '=', after.stream), row('key', '>', after.key)]),
  ]));
  const rows = await gaps.orderBy('recordedAt', 'desc').orderBy('stream').orderBy('key').limit(limit).execute();
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    rows: rows.map(({ key: _key, ...row }) => row),
    ...(last === undefined ? {} : { last: { recordedAt: last.recordedAt, stream: last.stream, key: last.key } }),
  };
}
