/** Unmet need by service and region. Source: domain.md 10.6, appendix C, 3. */
import type { Region } from '#mechanism';
import { view } from '#read-models';
import type { AnyDatabase } from '#read-models';
import type { Counts } from '../../disclosure-control/table.js';
import type { Report, ReportQuery } from '../../report.js';
import { countsOf } from '../../report.js';
import { serviceGap } from './projection.js';

const REGIONS = ['RO11', 'RO12', 'RO21', 'RO22', 'RO31', 'RO32', 'RO41', 'RO42', 'UNKNOWN'] satisfies Region[];
const DIMENSIONS = { service: [], region: REGIONS } as const;

type Dimension = 'service' | 'region';
type Grouped = Readonly<Record<string, string | number>>;

/** Cases that lacked something in the period, each once in every group. */
async function cases(kysely: AnyDatabase, { period }: ReportQuery, by: readonly string[]): Promise<readonly Grouped[]> {
  const counted = view(kysely, serviceGap, 'gap')
    .select((select) => select.fn.count<number | string>('stream').distinct().as('count'))
    .where('recordedAt', '>=', period.from)
    .where('recordedAt', '<', period.to);
  const found = by.length === 0 ? await counted.execute() : await counted.select([...by] as Dimension[]).groupBy([...by] as Dimension[]).execute();
  return found;
}

/** How many cases stand behind each cell and total: one that lacked eleven services is one, and a total over them tells of one. */
async function casesBehind(kysely: AnyDatabase, query: ReportQuery): Promise<Counts['group']> {
  const { rows, columns } = query;
  const ways: readonly (readonly string[])[] = [[], [rows], ...(columns === undefined ? [] : [[columns], [rows, columns]])];
  const behind = new Map<string, number>();
  for (const by of ways)
    for (const found of await cases(kysely, query, by))
      behind.set([by.includes(rows) ? found[rows] : '', columns !== undefined && by.includes(columns) ? found[columns] : ''].join('/'), Number(found['count']));
  return (row = '', column = '') => behind.get(`${row}/${column}`) ?? 0;
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
    const grouped = await cases(kysely, query, ['service', 'region']);
    const group = await casesBehind(kysely, query);
    return { ...countsOf(grouped, query, DIMENSIONS), ...(group === undefined ? {} : { group }) };
  },
};
