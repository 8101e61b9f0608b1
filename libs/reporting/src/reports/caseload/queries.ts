/** Counts of cases and of registered victims in a period, as it stood at the period's end. */
import type { IdentificationStatus } from '#casework';
import type { CitizenshipGroup, FormGroup, Region, Sex } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { AGE_GROUPS } from '../../age-group.js';
import type { Report, ReportQuery } from '../../report.js';
import type { Counts } from '../../disclosure-control/table.js';
import { countsOf } from '../../report.js';
import { caseload, REGISTERED } from './projection.js';

const REGIONS = ['RO11', 'RO12', 'RO21', 'RO22', 'RO31', 'RO32', 'RO41', 'RO42', 'UNKNOWN'] satisfies Region[];
const SEXES = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] satisfies Sex[];
const CITIZENSHIPS = ['THIS_COUNTRY', 'OTHER_EU', 'OTHER', 'UNKNOWN'] satisfies CitizenshipGroup[];
const FORMS = ['SEXUAL', 'LABOUR', 'OTHER', 'UNKNOWN'] satisfies FormGroup[];
const STATUSES = [
  'NONE',
  'POTENTIAL',
  'PRESUMED',
  'IDENTIFIED',
  'NOT_PRESUMED',
  'NOT_IDENTIFIED',
  'PRESUMED_DECLINED',
  'RECONSIDERATION',
] satisfies IdentificationStatus[];

const PERSON = { region: REGIONS, sex: SEXES, ageGroup: AGE_GROUPS, citizenship: CITIZENSHIPS, form: FORMS } as const;
const DIMENSIONS = { ...PERSON, status: STATUSES } as const;
type Dimension = keyof typeof DIMENSIONS;

/** A case has one situation at a moment, so rows counted are cases. */
async function count(kysely: AnyDatabase, by: 'notifiedAt' | 'registeredAt', query: ReportQuery) {
  const { period, rows, columns } = query;
  const dimensions = (columns === undefined ? [rows] : [rows, columns]) as Dimension[];
  let cases = view(kysely, caseload, 'situation')
    .select(dimensions)
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .where('recordedAt', '<', period.to)
    .where((where) => where.or([where('until', 'is', null), where('until', '>=', period.to)]))
    .where(by, '>=', period.from)
    .where(by, '<', period.to)
    .groupBy(dimensions);
  if (by === 'registeredAt') cases = cases.where('status', 'in', REGISTERED);
  return (await cases.execute()) as unknown as Record<string, string | number>[];
}

const countBy = async (kysely: AnyDatabase, by: 'notifiedAt' | 'registeredAt', query: ReportQuery): Promise<Counts> =>
  countsOf(await count(kysely, by, query), query, by === 'notifiedAt' ? DIMENSIONS : PERSON);

export const caseloadReport: Report = {
  name: 'caseload',
  counts: 'cases notified in the period',
  projection: caseload.name,
  dimensions: DIMENSIONS,
  count: (kysely, query) => countBy(kysely, 'notifiedAt', query),
};

/** What a table counts in a cell; without a row or a column, in that total. */
function within({ rows, columns, counts }: Counts, row: string | undefined, column: string | undefined): number {
  const ofRow = (line: readonly number[]) => line.reduce((all, one, c) => (column === undefined || columns?.[c] === column ? all + one : all), 0);
  return counts.reduce((all, line, r) => (row === undefined || rows[r] === row ? all + ofRow(line) : all), 0);
}

/**
 * domain.md 9.1: registered victims, presumed and identified, by the time of registration. Who reads the caseload beside it
 * subtracts one from the other: a number that would tell of a few who are not registered is not shown (9.4, differencing).
 */
export const registeredVictimsReport: Report = {
  name: 'registered-victims',
  counts: 'victims registered in the period and still so at its end',
  projection: caseload.name,
  dimensions: PERSON,
  async count(kysely, query) {
    const [registered, notified] = [await countBy(kysely, 'registeredAt', query), await countBy(kysely, 'notifiedAt', query)];
    const group: Counts['group'] = (row, column) => Math.abs(within(notified, row, column) - within(registered, row, column));
    return { ...registered, group };
  },
};
