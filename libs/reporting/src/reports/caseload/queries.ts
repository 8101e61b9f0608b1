/** Counts of cases and of registered victims in a period, as it stood at the period's end. */
import type { IdentificationStatus } from '#casework';
import type { CitizenshipGroup, FormGroup, Region, Sex } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { AGE_GROUPS } from '../../age-group.js';
import type { Report, ReportQuery } from '../../report.js';
import { type Axes, type Grouped, readersOf, type Tally, tallyOf, withTotals } from '../../disclosure-control/readers.js';
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

/** What is known of a person in clear, and may be counted by. */
export const PERSON = { region: REGIONS, sex: SEXES, ageGroup: AGE_GROUPS, citizenship: CITIZENSHIPS, form: FORMS } as const;
const DIMENSIONS = { ...PERSON, status: STATUSES } as const;
export type Dimension = keyof typeof DIMENSIONS;

/** Every case as it was known at the end of the period; it has one situation at a moment. */
export function situationsAtTheEnd(kysely: AnyDatabase, { to }: ReportQuery['period']) {
  return view(kysely, caseload, 'situation')
    .where('recordedAt', '<', to)
    .where((where) => where.or([where('until', 'is', null), where('until', '>=', to)]));
}

/** What the caseload counts: cases notified in the period. Or registered victims: registered in it, and still so at its end. */
export type Counted = 'notifiedAt' | 'registeredAt';

/** Cases by dimension and by the organisations that know of them. */
async function count(kysely: AnyDatabase, by: Counted, period: ReportQuery['period'], axes: Axes): Promise<readonly Grouped[]> {
  const dimensions = [axes.rows, axes.columns].filter((name) => name !== undefined) as Dimension[];
  let cases = situationsAtTheEnd(kysely, period).where(by, '>=', period.from).where(by, '<', period.to);
  if (by === 'registeredAt') cases = cases.where('status', 'in', REGISTERED);
  return cases
    .select([...dimensions, 'knownTo'])
    .select((select) => select.fn.countAll<number | string>().as('count'))
    .groupBy([...dimensions, 'knownTo'])
    .execute();
}

/** How many people each number counts, and of how many of them an organisation knows. An axis of another report is left out. */
export async function casesCounted(kysely: AnyDatabase, by: Counted, period: ReportQuery['period'], axes: Axes): Promise<Tally> {
  const grouped = await count(kysely, by, period, axes);
  const known = grouped.flatMap((one) => (JSON.parse(String(one['knownTo'])) as string[]).map((organisation) => ({ ...one, organisation })));
  return tallyOf(withTotals(grouped, axes), withTotals(known, axes), axes);
}

export const caseloadReport: Report = {
  name: 'caseload',
  counts: 'cases notified in the period',
  projection: caseload.name,
  dimensions: DIMENSIONS,
  async count(kysely, query) {
    const counts = countsOf(await count(kysely, 'notifiedAt', query.period, query), query, DIMENSIONS);
    return { ...counts, readers: readersOf(await casesCounted(kysely, 'notifiedAt', query.period, query)) };
  },
};

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
    const counts = countsOf(await count(kysely, 'registeredAt', query.period, query), query, PERSON);
    const [registered, notified] = [await casesCounted(kysely, 'registeredAt', query.period, query), await casesCounted(kysely, 'notifiedAt', query.period, query)];
    return { ...counts, readers: readersOf(registered, [notified]) };
  },
};
