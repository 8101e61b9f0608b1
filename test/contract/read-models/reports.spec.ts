/** Every report of the same log is the same, whichever engine holds its rows. */
import type { Database } from '#database';
import { REPORTS, caseload, periodOf, publishedReport, serviceGap } from '#reporting';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ENGINES, type EngineForTests, startEngine } from '../../support/engines.js';
import { type History, openHistory, rebuildInto } from '../../support/history.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

/** What the reports count in. */
const COUNTED = [caseload, serviceGap];
const REGIONS = ['RO11', 'RO21', 'RO32'] as const;
const SEXES = ['FEMALE', 'MALE'] as const;
const HOUSES = ['casa-lumina', 'asociatia-punte', 'azilul-deschis'];
const pick = <T>(of: readonly T[], number: number): T => of[number % of.length]!;

let history: History;
const engines: EngineForTests[] = [];
const databases: Database<unknown>[] = [];

async function aCase(number: number): Promise<void> {
  const stream = `case-${String(number)}`;
  const by = { organisation: pick(HOUSES, number) };
  await history.add(stream, 'CaseNotified', { statisticsOnly: false, region: pick(REGIONS, number), sex: pick(SEXES, number), ageBand: '18-25', citizenship: 'OTHER', form: 'LABOUR' }, by);
  if (number % 4 > 0) await history.add(stream, 'VictimPresumed', {}, by);
  if (number % 3 > 0) await history.add(stream, 'ServiceSessionDelivered', { provider: pick(HOUSES, number + 1), beneficiary: 'DIRECT', programmes: pick([[], ['A'], ['A', 'B']], number) });
  await history.add(stream, 'ReferralRequested', { referralId: 'r', services: ['MED', 'PSY'], recipient: pick(HOUSES, number + 2), replyBy: '2025-01-02T00:00:00.000Z' }, by);
  if (number % 2 > 0) await history.add(stream, 'ReferralExpired', { referralId: 'r' });
}

beforeAll(async () => {
  history = openHistory(COUNTED);
  for (let number = 0; number < 60; number++) await aCase(number);
  await history.read();
  for (const name of ENGINES) {
    const engine = await startEngine(name);
    engines.push(engine);
    const database = engine.open<unknown>(await engine.freshAddress());
    databases.push(database);
    await rebuildInto(database, history.store, COUNTED);
  }
}, POSTGRES_START_MILLISECONDS);
afterAll(async () => {
  await history.close();
  for (const database of databases) await database.close();
  for (const engine of engines) await engine.stop();
}, POSTGRES_START_MILLISECONDS);

const QUERIES = REPORTS.flatMap((report) => {
  const names = Object.keys(report.dimensions);
  const pairs = names.flatMap((rows) => [undefined, ...names.filter((name) => name !== rows)].map((columns) => ({ rows, columns })));
  return pairs.map(({ rows, columns }) => ({ report, name: `${report.name} by ${[rows, columns].filter(Boolean).join(' and ')}`, query: { period: periodOf('2025'), rows, ...(columns === undefined ? {} : { columns }) } }));
});

it.each(QUERIES)('$name', async ({ report, query }) => {
  const here = await publishedReport(history.kysely, report, query, 5);
  for (const { kysely } of databases) expect(await publishedReport(kysely, report, query, 5)).toEqual(here);
});
