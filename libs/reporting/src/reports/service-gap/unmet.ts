/** Single unmet requests, for the coordinator's desk only: what to look for places for. Source: domain.md appendix C, 3. */
import type { Region, ServiceCode } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { desk } from '../desk/projection.js';
import type { Gap } from './projection.js';
import { serviceGap } from './projection.js';

/** A request for one service that nobody met, and the stream of its case, which the edge replaces by an alias. */
export interface UnmetRequest extends Gap {
  readonly stream: string;
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

/** Newest first. The gap itself stays at erasure, to be counted; only what still is on the desk is listed one by one. */
export async function unmetRequests(
  kysely: AnyDatabase,
  { service, region, limit }: UnmetQuery & { readonly limit: number },
): Promise<readonly UnmetRequest[]> {
  const onTheDesk = view(kysely, desk, 'desk').select('stream');
  let gaps = view(kysely, serviceGap, 'gap').selectAll().where('stream', 'in', onTheDesk);
  if (service !== undefined) gaps = gaps.where('service', '=', service);
  if (region !== undefined) gaps = gaps.where('region', '=', region);
  const rows = await gaps.orderBy('recordedAt', 'desc').orderBy('stream').orderBy('key').limit(limit).execute();
  return rows.map(({ key: _key, ...row }) => row);
}
