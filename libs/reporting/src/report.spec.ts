import { describe, expect, it } from '@jest/globals';
import { publish } from './disclosure-control/published.js';
import type { Counts } from './disclosure-control/table.js';
import { periodOf } from './period.js';
import type { PublishedReport, Report } from './report.js';
import { countsOf, exportedReport, publishedReport, queryOf } from './report.js';

const DIMENSIONS = { sex: ['FEMALE', 'MALE'], region: ['RO11', 'RO32'], service: [] };
const counted = (counts: Counts): Report => ({
  name: 'invented',
  counts: 'cases',
  projection: 'none',
  dimensions: DIMENSIONS,
  count: () => Promise.resolve(counts),
});
const REPORT = counted({ rows: [], counts: [] });
const period = periodOf('2025');
const refuses = (kind: string, code: string, details?: object) =>
  expect.objectContaining({
    kind,
    code,
    ...(details === undefined ? {} : { details: expect.objectContaining(details) as unknown }),
  });

describe('the query of a report', () => {
  const options = { calendar: 'year', now: '2026-03-01T00:00:00.000Z' } as const;

  it('takes the first dimension when none is asked for, and no columns', () => {
    expect(queryOf(REPORT, { period: '2025' }, options)).toEqual({ period, rows: 'sex' });
    expect(queryOf(REPORT, { period: '2025', rows: 'region', columns: 'sex' }, options)).toEqual({
      period,
      rows: 'region',
      columns: 'sex',
    });
  });

  it('is refused for a period of another length: their difference would give small counts away', () => {
    const refusal = refuses('rule-broken', 'period-not-published', { calendar: 'year' });
    expect(() => queryOf(REPORT, { period: '2025-Q1' }, options)).toThrow(refusal);
    expect(queryOf(REPORT, { period: '2025-Q1' }, { ...options, calendar: 'quarter' }).period.name).toBe('2025-Q1');
  });

  it('is refused until the period is over, to the millisecond', () => {
    const ask = (now: string) => queryOf(REPORT, { period: '2026' }, { ...options, now });
    expect(() => ask('2026-12-31T23:59:59.999Z')).toThrow(
      refuses('rule-broken', 'period-not-over', { availableFrom: '2027-01-01T00:00:00.000Z' }),
    );
    expect(ask('2027-01-01T00:00:00.000Z').period.name).toBe('2026');
  });

  it.each([
    { rows: 'name' },
    { columns: 'name' },
    { rows: 'sex', columns: 'sex' },
    { columns: 'sex' },
    { rows: 'constructor' },
  ])('is refused for %j', (asked) => {
    const refusal = refuses('invalid', 'dimension-invalid', { dimensions: ['sex', 'region', 'service'] });
    expect(() => queryOf(REPORT, { period: '2025', ...asked }, options)).toThrow(refusal);
  });

  it('is refused without a period', () => {
    expect(() => queryOf(REPORT, {}, options)).toThrow(refuses('invalid', 'period-invalid'));
  });
});

describe('the counts of a report', () => {
  const grouped = [
    { sex: 'FEMALE', region: 'RO32', service: 'PSY', count: 3 },
    { sex: 'FEMALE', region: 'RO32', service: 'MED', count: '4' },
    { sex: 'MALE', region: 'RO11', service: 'PSY', count: 2n as unknown as number },
  ];

  it('hold every listed category, zeros too, and add up what is finer; engines answer numbers, texts or big integers', () => {
    expect(countsOf(grouped, { period, rows: 'sex' }, DIMENSIONS)).toEqual({
      rows: ['FEMALE', 'MALE'],
      counts: [[7], [2]],
    });
    expect(countsOf(grouped, { period, rows: 'region', columns: 'sex' }, DIMENSIONS)).toEqual({
      rows: ['RO11', 'RO32'],
      columns: ['FEMALE', 'MALE'],
      counts: [
        [0, 2],
        [7, 0],
      ],
    });
  });

  it('hold the categories that occur, each once and in order, where none are listed', () => {
    expect(countsOf(grouped, { period, rows: 'service' }, DIMENSIONS)).toEqual({
      rows: ['MED', 'PSY'],
      counts: [[4], [5]],
    });
    expect(countsOf([], { period, rows: 'service' }, DIMENSIONS)).toEqual({ rows: [], counts: [] });
  });
});

describe('a published report', () => {
  it('says what it counts, of which period, up to when, and passes disclosure control', async () => {
    const query = { period, rows: 'sex' };
    const published = await publishedReport(
      {} as never,
      counted({ rows: ['FEMALE', 'MALE'], counts: [[30], [3]] }),
      query,
      11,
    );
    expect(published).toEqual({
      report: 'invented',
      counts: 'cases',
      period: '2025',
      asOf: '2026-01-01T00:00:00.000Z',
      rows: 'sex',
      k: 11,
      table: expect.objectContaining({ cells: [[{ suppressed: true }], [{ suppressed: true }]], total: { count: 35 } }),
    });
  });
});

describe('an exported report', () => {
  const published = (counts: Counts, columns?: string, name = '2025'): PublishedReport => ({
    report: 'invented',
    counts: 'cases',
    period: name,
    asOf: '2026-01-01T00:00:00.000Z',
    rows: 'sex',
    k: 11,
    ...(columns === undefined ? {} : { columns }),
    table: publish(counts, 11),
  });
  const small: Counts = {
    rows: ['FEMALE', 'MALE'],
    columns: ['RO11', 'RO32'],
    counts: [
      [30, 30],
      [30, 3],
    ],
  };

  it('is the report itself when every cell is shown', () => {
    const report = published({ rows: ['FEMALE', 'MALE'], counts: [[30], [12]] });
    expect(exportedReport(report)).toBe(report);
  });

  it('is refused with a suppressed cell, and says by which query it would be wider (INV-14, R-17)', () => {
    const wider = 'a dimension with fewer and larger categories';
    const refusal = (widen: readonly string[]) => refuses('rule-broken', 'export-would-disclose', { widen });
    expect(() => exportedReport(published(small, 'region'))).toThrow(refusal(['rows=sex', 'rows=region', wider]));
    expect(() => exportedReport(published(small, 'region', '2025-Q1'))).toThrow(
      refusal(['rows=sex', 'rows=region', 'period=2025', wider]),
    );
    expect(() => exportedReport(published({ rows: ['FEMALE', 'MALE'], counts: [[30], [3]] }))).toThrow(
      refusal([wider]),
    );
  });

  it('counts the cells that stand in its way, those hidden to protect another among them', () => {
    expect(() => exportedReport(published(small, 'region'))).toThrow(
      refuses('rule-broken', 'export-would-disclose', { cells: 4 }),
    );
  });
});
