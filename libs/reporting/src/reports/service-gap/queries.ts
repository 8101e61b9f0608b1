/** Unmet need by service and region. Source: domain.md 10.6, appendix C, 3. */
import type { Region } from '#mechanism';
import { view } from '#read-models';
import type { AnyDatabase } from '#read-models';
import { type Grouped, readersOf, type Tally, tallyOf } from '../../disclosure-control/readers.js';
import type { Report, ReportQuery } from '../../report.js';
import { countsOf } from '../../report.js';
import { serviceGap } from './projection.js';

const REGIONS = ['RO11', 'RO12', 'RO21', 'RO22', 'RO31', 'RO32', 'RO41', 'RO42', 'UNKNOWN'] satisfies Region[];
const DIMENSIONS = { service: [], region: REGIONS } as const;

type Dimension = 'service' | 'region' | 'organisation';

/** Gaps of the period, once for each organisation that knows of it: who asked, and who was asked. */
function gapsKnown(kysely: AnyDatabase, { period }: ReportQuery) {
  const gaps = view(kysely, serviceGap, 'gap').where('recordedAt', '>=', period.from).where('recordedAt', '<', period.to);
  const columns = ['stream', 'service', 'region'] as const;
  return gaps.select([...columns, 'askedBy as organisation'])
    .unionAll(gaps.select([...columns, (gap) => gap.ref('asked').$notNull().as('organisation')]).where('asked', 'is not', null));
}

/** Cases that lacked something, each once in every group. */
async function count(kysely: AnyDatabase, query: ReportQuery, by: readonly Dimension[]): Promise<readonly Grouped[]> {
  const cases = kysely.selectFrom(gapsKnown(kysely, query).as('gap')).select((select) => select.fn.count<number | string>('stream').distinct().as('count'));
  return by.length === 0 ? cases.execute() : cases.select(by).groupBy(by).execute();
}

/**
 * How many cases stand behind each cell and total, each once: one that lacked eleven services is one, and a total over them
 * tells of one. Counted anew in every way that the table adds up.
 */
async function casesBehind(kysely: AnyDatabase, query: ReportQuery): Promise<Tally> {
  const { rows, columns } = query;
  const ways = (columns === undefined ? [[], [rows]] : [[], [rows], [columns], [rows, columns]]) as Dimension[][];
  const [behind, recorded]: [Grouped[], Grouped[]] = [[], []];
  for (const by of ways) {
    behind.push(...(await count(kysely, query, by)));
    recorded.push(...(await count(kysely, query, [...by, 'organisation'])));
  }
  return tallyOf(behind, recorded, query);
}

/**
 * One count is one case that lacked one service in one region, however often it was asked for: a cell counts people,
 * which is what disclosure control protects. Sums over services count a case once for each service that it lacked, and are
 * shown where enough cases stand behind them.
 */
export const serviceGapReport: Report = {
  name: 'service-gap',
  counts: 'cases that lacked the service in the period; totals over services count a case once a service',
  projection: serviceGap.name,
  dimensions: DIMENSIONS,
  async count(kysely, query) {
    const grouped = await count(kysely, query, ['service', 'region']);
    return { ...countsOf(grouped, query, DIMENSIONS), readers: readersOf(await casesBehind(kysely, query)) };
  },
};
