/**
 * Persons assisted in a period. Formal identification plays no part: who declined it is counted like everybody (INV-6,
 * appendix C, 8). Source: domain.md 9.2 (received assistance), 10, 10.4.
 */
import type { AnyDatabase } from '#read-models';
import { view } from '#read-models';
import { type Axes, type Grouped, readersOf, type Tally, tallyOf, withTotals } from '../../disclosure-control/readers.js';
import type { Report, ReportQuery } from '../../report.js';
import { countsOf } from '../../report.js';
import { caseload, NO_PROGRAMME } from '../caseload/projection.js';
import { casesCounted, PERSON, situationsAtTheEnd } from '../caseload/queries.js';

const PROGRAMME = 'programme';
const DIMENSIONS = { ...PERSON, [PROGRAMME]: [] } as const;
type Dimension = keyof typeof DIMENSIONS | 'organisation';

/** Sessions of the period, with what is known of the person at its end. */
function sessionsOf(kysely: AnyDatabase, period: ReportQuery['period'], { rows, columns }: Axes) {
  const persons = situationsAtTheEnd(kysely, period).select(['stream', 'region', 'sex', 'ageGroup', 'citizenship', 'form']);
  const sessions = view(kysely, caseload, 'assisted').where('recordedAt', '>=', period.from).where('recordedAt', '<', period.to);
  const counted = rows === PROGRAMME || columns === PROGRAMME ? sessions.where('programme', '<>', NO_PROGRAMME) : sessions;
  return kysely.selectFrom(counted.select(['stream', 'programme', 'provider as organisation']).as('session'))
    .innerJoin(persons.as('person'), 'person.stream', 'session.stream');
}

/** Persons, each once in every group. */
async function count(kysely: AnyDatabase, period: ReportQuery['period'], axes: Axes, ...also: readonly Dimension[]): Promise<readonly Grouped[]> {
  const by = [...[axes.rows, axes.columns].filter((name) => name !== undefined), ...also] as Dimension[];
  const persons = sessionsOf(kysely, period, axes).select((select) => select.fn.count<number | string>('session.stream').distinct().as('count'));
  return by.length === 0 ? persons.execute() : persons.select(by).groupBy(by).execute();
}

/** How many persons each number counts, and how many of them each provider helped. */
async function assisted(kysely: AnyDatabase, period: ReportQuery['period'], axes: Axes): Promise<Tally> {
  const everybody = withTotals(await count(kysely, period, axes), axes);
  return tallyOf(everybody, withTotals(await count(kysely, period, axes, 'organisation'), axes), axes);
}

/** The table without its programmes: what other reports count in the same place. */
function withoutProgramme({ rows, columns }: ReportQuery): Axes {
  return { ...(rows === PROGRAMME ? {} : { rows }), ...(columns === undefined || columns === PROGRAMME ? {} : { columns }) };
}

/** What stands in hand beside this report: the caseload, the registered victims, and of a programme all who were assisted. */
async function beside(kysely: AnyDatabase, query: ReportQuery): Promise<readonly Tally[]> {
  const axes = withoutProgramme(query);
  const cases = [await casesCounted(kysely, 'notifiedAt', query.period, axes), await casesCounted(kysely, 'registeredAt', query.period, axes)];
  const ofProgrammes = overlapping(query) !== undefined;
  return ofProgrammes ? [...cases, await assisted(kysely, query.period, axes)] : cases;
}

/** A person may be helped by several programmes: what they count is never added up (INV-13). */
function overlapping({ rows, columns }: ReportQuery): 'rows' | 'columns' | undefined {
  return rows === PROGRAMME ? 'rows' : columns === PROGRAMME ? 'columns' : undefined;
}

/**
 * One count is one person to whom at least one session was delivered in the period, accompaniment to court among them. A
 * session that a programme pays counts for it; a person whom several pay is counted in each, and nowhere twice.
 */
export const assistedReport: Report = {
  name: 'assisted',
  counts: 'persons to whom at least one service session was delivered in the period, each once; by programme, each once a programme',
  projection: caseload.name,
  dimensions: DIMENSIONS,
  async count(kysely, query) {
    const counts = countsOf(await count(kysely, query.period, query), query, DIMENSIONS);
    const over = overlapping(query);
    const readers = readersOf(await assisted(kysely, query.period, query), await beside(kysely, query));
    return { ...counts, readers, ...(over === undefined ? {} : { overlapping: over }) };
  },
};
