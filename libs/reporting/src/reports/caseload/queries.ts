/** Counts of cases and of registered victims in a period, as it stood at the period's end. */
import type { IdentificationStatus } from '#casework';
import type { CitizenshipGroup, FormGroup, Region, Sex } from '#mechanism';
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { AGE_GROUPS } from '../../age-group.js';
import type { Report, ReportQuery } from '../../report.js';
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

const reportBy = (name: string, by: 'notifiedAt' | 'registeredAt', counts: string, dimensions: Report['dimensions']) =>
  ({
    name,
    counts,
    projection: caseload.name,
    dimensions,
    count: async (kysely, query) => countsOf(await count(kysely, by, query), query, dimensions),
  }) satisfies Report;

export const caseloadReport = reportBy('caseload', 'notifiedAt', 'cases notified in the period', DIMENSIONS);

/** domain.md 9.1: registered victims, presumed and identified, by the time of registration. */
export const registeredVictimsReport = reportBy(
  'registered-victims',
  'registeredAt',
  'victims registered in the period and still so at its end',
  PERSON,
);
