import { describe, expect, it } from '@jest/globals';
import { csv, reportAsCsv } from './csv.js';
import { publish } from './disclosure-control/published.js';
import type { PublishedReport } from './report.js';

describe('comma-separated values', () => {
  it('ends every line with CR LF, also the last', () => {
    expect(
      csv([
        ['service', 'count'],
        ['PSY', 12],
      ]),
    ).toBe('service,count\r\nPSY,12\r\n');
    expect(csv([])).toBe('');
  });

  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote, doubled', 'the "house"', '"the ""house"""'],
    ['a line break', 'one\ntwo', '"one\ntwo"'],
    ['a carriage return', 'one\rtwo', '"one\rtwo"'],
  ])('quotes a field with %s', (_what, text, field) => {
    expect(csv([[text, 1]])).toBe(`${field},1\r\n`);
  });

  it.each(['=1+1', '+40 21', '-2', '@SUM(A1)', '\tx', '＝1', '＋1', '－1', '＠A1'])('makes %j plain text', (text) => {
    expect(csv([[text]])).toBe(`'${text}\r\n`);
  });

  it.each(['\r=1', '\n=1', '=HYPERLINK("http://a.example","b"),c'])('makes %j plain text, and quotes it', (text) => {
    expect(csv([[text]])).toBe(`"'${text.replaceAll('"', '""')}"\r\n`);
  });

  it('leaves alone what only holds such a character further on, and numbers', () => {
    expect(csv([['a=b', 'RO-11', '18-25', -3]])).toBe('a=b,RO-11,18-25,-3\r\n');
  });

  it('keeps Romanian letters as they are', () => {
    expect(csv([['Învățământ și sănătate', 'Țara Făgărașului']])).toBe('Învățământ și sănătate,Țara Făgărașului\r\n');
  });
});

describe('a report as comma-separated values', () => {
  const report = (shape: Pick<PublishedReport, 'rows' | 'columns' | 'table'>): PublishedReport => {
    const { rows, columns, table } = shape;
    const head = { report: 'caseload', counts: 'cases', period: '2025', asOf: '2026-01-01T00:00:00.000Z', k: 11 };
    return { ...head, rows, ...(columns === undefined ? {} : { columns }), table };
  };

  it('has a line a category and the rounded total last', () => {
    const table = publish({ rows: ['FEMALE', 'MALE'], counts: [[21], [12]] }, 11);
    expect(reportAsCsv(report({ rows: 'sex', table }))).toBe('sex,count\r\nFEMALE,21\r\nMALE,12\r\nTOTAL,35\r\n');
  });

  it('has a line a cell in a table of two dimensions, totals under TOTAL', () => {
    const counts = {
      rows: ['FEMALE', 'MALE'],
      columns: ['RO11', 'RO32'],
      counts: [
        [21, 31],
        [41, 51],
      ],
    };
    const lines = reportAsCsv(report({ rows: 'sex', columns: 'region', table: publish(counts, 11) })).split('\r\n');
    expect(lines).toEqual([
      'sex,region,count',
      'FEMALE,RO11,21',
      'FEMALE,RO32,31',
      'FEMALE,TOTAL,50',
      'MALE,RO11,41',
      'MALE,RO32,51',
      'MALE,TOTAL,90',
      'TOTAL,RO11,60',
      'TOTAL,RO32,80',
      'TOTAL,TOTAL,145',
      '',
    ]);
  });
});
