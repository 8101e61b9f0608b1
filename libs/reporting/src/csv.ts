/** Comma-separated values: RFC 4180, and safe to open in a spreadsheet. */
import type { PublishedReport } from './report.js';
import type { PublishedCell } from './disclosure-control/published.js';
import { isSuppressed } from './disclosure-control/published.js';

/** A spreadsheet runs a text that begins so as a formula: it is made plain text. Source: OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

const field = (value: string | number): string => {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Lines of fields; every line ends with CR LF. */
export function csv(lines: readonly (readonly (string | number)[])[]): string {
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

/** One line a cell, totals last in their row and column under the word TOTAL; none where categories overlap. */
export function reportAsCsv({ rows, columns, table }: PublishedReport): string {
  const value = (cell: PublishedCell | undefined) => (cell === undefined || isSuppressed(cell) ? '' : cell.count);
  if (columns === undefined) {
    const cells = table.rows.map((row, at) => [row, value(table.cells[at]?.[0])]);
    return csv([[rows, 'count'], ...cells, ...(table.total === undefined ? [] : [['TOTAL', value(table.total)]])]);
  }
  const across = [...table.columns, 'TOTAL'];
  const line = (row: string, cells: readonly PublishedCell[]) =>
    cells.map((cell, at) => [row, across[at] ?? '', value(cell)]);
  const body = table.rows.flatMap((row, at) =>
    line(row, [...(table.cells[at] ?? []), ...table.rowTotals.slice(at, at + 1)]),
  );
  const last = [...table.columnTotals, ...(table.total === undefined ? [] : [table.total])];
  return csv([[rows, columns, 'count'], ...body, ...line('TOTAL', last)]);
}
