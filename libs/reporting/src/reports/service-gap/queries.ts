/** Unmet need by service and region. Source: domain.md 10.6, appendix C, 3. */
import type { Region } from '#mechanism';
import { view } from '#read-models';
import type { Report } from '../../report.js';
import { countsOf } from '../../report.js';
import { serviceGap } from './projection.js';

const REGIONS = ['RO11', 'RO12', 'RO21', 'RO22', 'RO31', 'RO32', 'RO41', 'RO42', 'UNKNOWN'] satisfies Region[];
const DIMENSIONS = { service: [], region: REGIONS } as const;

/**
 * One count is one case that lacked one service in one region, however often it was asked for: a cell counts people,
 * which is what disclosure control protects. Sums over services count a case once for each service that it lacked.
 */
export const serviceGapReport: Report = {
  name: 'service-gap',
  counts: 'cases that lacked the service in the period; totals over services count a case once a service',
  projection: serviceGap.name,
  dimensions: DIMENSIONS,
  async count(kysely, query) {
    const { period } = query;
    const grouped = await view(kysely, serviceGap, 'gap')
      .select(['service', 'region'])
      .select((select) => select.fn.count<number | string>('stream').distinct().as('count'))
      .where('recordedAt', '>=', period.from)
      .where('recordedAt', '<', period.to)
      .groupBy(['service', 'region'])
      .execute();
    return countsOf(grouped, query, DIMENSIONS);
  },
};
