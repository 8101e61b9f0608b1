import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type By, type History, openHistory } from '../../../../../test/support/history.js';
import { isSuppressed } from '../../disclosure-control/published.js';
import { periodOf } from '../../period.js';
import { publishedReport } from '../../report.js';
import { reportAsCsv } from '../../csv.js';
import { caseload } from '../caseload/projection.js';
import { assistedReport } from './queries.js';

const NOTIFIED = { statisticsOnly: false, region: 'RO21', sex: 'FEMALE', ageBand: '18-25', citizenship: 'OTHER', form: 'LABOUR' } as const;
const K = 11;

let history: History;
beforeEach(() => {
  history = openHistory([caseload]);
});
afterEach(() => history.close());

const notified = (stream: string, more: object = {}, by: By = {}) => history.add(stream, 'CaseNotified', { ...NOTIFIED, ...more }, by);
const session = (stream: string, programmes: readonly string[] = ['PROGRAM-EXEMPLU'], more: object = {}, by: By = {}) =>
  history.add(stream, 'ServiceSessionDelivered', { provider: 'clinica-aurora', beneficiary: 'DIRECT', programmes, ...more }, by);

const counted = async (rows: string, period = '2025'): Promise<object> => {
  await history.read();
  const { rows: categories, counts } = await assistedReport.count(history.kysely, { period: periodOf(period), rows });
  return Object.fromEntries(categories.flatMap((category, at) => (counts[at]?.[0] === 0 ? [] : [[category, counts[at]?.[0]]])));
};
const published = async (rows: string, columns?: string) => {
  await history.read();
  return publishedReport(history.kysely, assistedReport, { period: periodOf('2025'), rows, ...(columns === undefined ? {} : { columns }) }, K);
};
const shown = async (rows: string, category: string): Promise<unknown> => {
  const { table } = await published(rows);
  const cell = table.cells[table.rows.indexOf(category)]?.[0];
  return cell === undefined || isSuppressed(cell) ? 'x' : cell.count;
};
/** So many persons helped in a region, by a provider, for programmes. */
async function helped(region: string, persons: number, programmes: readonly string[] = ['A'], provider = 'clinica-aurora', from = 0): Promise<void> {
  for (let n = from; n < from + persons; n++) {
    await notified(`${region}-${String(n)}`, { region });
    await session(`${region}-${String(n)}`, programmes, { provider });
  }
}

describe('who was assisted', () => {
  it('is counted once, however often and by whomever she was helped', async () => {
    await notified('case-1');
    for (const provider of ['clinica-aurora', 'clinica-aurora', 'casa-verde']) await session('case-1', ['A'], { provider });
    await session('case-1', ['A'], {}, { at: '2025-08-01T00:00:00.000Z' });
    expect([await counted('region'), await counted('programme')]).toEqual([{ RO21: 1 }, { A: 1 }]);
  });

  it.each(['FormalIdentificationDeclined', 'FormalIdentificationRefused', 'ScreenedOut', 'VictimFormallyIdentified', undefined] as const)(
    'whatever was decided of her: %s (INV-6, scenario 8)',
    async (decided) => {
      await notified('case-1');
      if (decided !== undefined) await history.add('case-1', decided, {});
      await session('case-1');
      expect(await counted('sex')).toEqual({ FEMALE: 1 });
    },
  );

  it('counts in each programme that paid for it, and among all also where none did', async () => {
    await notified('case-1');
    await notified('case-2');
    await session('case-1', ['A', 'B']);
    await session('case-2', []);
    expect([await counted('programme'), await counted('region')]).toEqual([{ A: 1, B: 1 }, { RO21: 2 }]);
  });

  it('is not somebody else who was helped for her sake, nor who is only waiting', async () => {
    await notified('case-1');
    await session('case-1', ['A'], { beneficiary: 'INDIRECT' });
    await history.add('case-1', 'ServiceStarted', {});
    expect(await counted('region')).toEqual({});
  });

  it('is counted in the period in which it was recorded, as she was known at its end; a late entry changes no earlier figure (scenario 10)', async () => {
    await notified('case-1', {}, { at: '2024-02-01T00:00:00.000Z' });
    await session('case-1', ['A'], {}, { at: '2025-03-31T23:59:59.999Z' });
    await history.add('case-1', 'AgeRecorded', { ageBand: '14-17', ageStatus: 'DOCUMENTED' }, { at: '2025-05-01T00:00:00.000Z' });
    const before = [await counted('ageGroup', '2025-Q1'), await counted('ageGroup', '2025'), await counted('ageGroup', '2025-Q2')];
    expect(before).toEqual([{ ADULT: 1 }, { CHILD: 1 }, {}]);
    await session('case-1', ['A'], {}, { at: '2026-01-01T00:00:00.000Z', occurredAt: '2025-04-02T00:00:00.000Z' });
    expect([await counted('ageGroup', '2025-Q1'), await counted('ageGroup', '2025'), await counted('ageGroup', '2025-Q2')]).toEqual(before);
    expect(await counted('programme', '2026')).toEqual({ A: 1 });
  });

  it('stays counted when she is erased (scenario 12)', async () => {
    await notified('case-1');
    await session('case-1');
    await history.add('case-1', 'ErasureOrdered', {});
    await history.add('case-1', 'IdentityErased', {});
    expect(await counted('region')).toEqual({ RO21: 1 });
  });
});

describe('published', () => {
  it('shows k persons and no fewer, and adds no programmes up (INV-13)', async () => {
    await helped('RO11', 11, ['A', 'B']);
    await helped('RO32', 12, ['A']);
    expect([await shown('programme', 'A'), await shown('programme', 'B')]).toEqual([23, 11]);
    const one = await published('programme');
    expect('total' in one.table).toBe(false);
    expect(reportAsCsv(one)).toBe('programme,count\r\nA,23\r\nB,11\r\n');
    const two = await published('programme', 'region');
    expect(two.table).toMatchObject({ rowTotals: [{ count: 25 }, { count: 10 }], columnTotals: [] });
    expect(reportAsCsv(await published('region', 'programme')).split('\r\n').filter((line) => line.includes('TOTAL'))).toEqual(['TOTAL,A,25', 'TOTAL,B,10']);
    await helped('RO42', 1, ['C']);
    expect(await shown('programme', 'C')).toBe('x');
  });

  it('does not give away how few were assisted without the programme', async () => {
    await helped('RO11', 30, ['A']);
    await helped('RO11', 3, [], 'clinica-aurora', 30);
    await helped('RO32', 12, ['A']);
    for (let n = 0; n < 20; n++) await notified(`none-${String(n)}`, { region: 'RO11' });
    expect([await shown('region', 'RO11'), await shown('programme', 'A')]).toEqual([33, 'x']);
  });

  it('does not give away how few of those notified were not assisted, nor how few of the registered', async () => {
    await helped('RO11', 20);
    for (let n = 0; n < 3; n++) await notified(`more-${String(n)}`, { region: 'RO11' });
    await helped('RO32', 20);
    for (let n = 0; n < 20; n++) await notified(`many-${String(n)}`, { region: 'RO32' });
    expect([await shown('region', 'RO11'), await shown('region', 'RO32')]).toEqual(['x', 'x']);
    await helped('RO21', 15);
    for (let n = 0; n < 15; n++) await notified(`none-${String(n)}`, { region: 'RO21' });
    for (let n = 0; n < 12; n++) await history.add(`RO21-${String(n)}`, 'VictimPresumed', {});
    expect(await shown('region', 'RO21')).toBe('x');
    for (let n = 12; n < 15; n++) await history.add(`RO21-${String(n)}`, 'VictimPresumed', {});
    expect(await shown('region', 'RO42')).toBe(0);
  });

  it('does not give away one person to a provider that helped all the others', async () => {
    await helped('RO11', 12);
    await helped('RO11', 1, ['A'], 'casa-verde', 12);
    await helped('RO32', 12, ['B']);
    expect([await shown('region', 'RO11'), await shown('programme', 'A')]).toEqual(['x', 'x']);
    expect(await shown('programme', 'B')).toBe(12);
  });
});
