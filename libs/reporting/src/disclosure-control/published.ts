/** The only shape in which counts of people leave the house. */
import { Rejection } from '#kernel';
import { suppressedCells } from './protect.js';
import type { Counts } from './table.js';
import { gridOf } from './table.js';

/** A count that may be seen, or that there is one which may not. Which kind of suppression it is stays untold. */
export type PublishedCell = { readonly count: number } | { readonly suppressed: true };

export interface PublishedTable {
  readonly rows: readonly string[];
  /** Empty in a table of one dimension. */
  readonly columns: readonly string[];
  /** A list for every row; one cell each in a table of one dimension. */
  readonly cells: readonly (readonly PublishedCell[])[];
  /** Rounded to base 5. Empty in a table of one dimension, and where the categories of the columns overlap. */
  readonly rowTotals: readonly PublishedCell[];
  /** Rounded to base 5. Empty in a table of one dimension, and where the categories of the rows overlap. */
  readonly columnTotals: readonly PublishedCell[];
  /** Rounded to base 5. Absent where categories overlap: a sum would count some people twice (domain.md, INV-13). */
  readonly total?: PublishedCell;
}

const SUPPRESSED: PublishedCell = { suppressed: true };
const ROUNDING_BASE = 5;
const rounded = (count: number) => Math.round(count / ROUNDING_BASE) * ROUNDING_BASE;

/** A table fit to be shown: what tells of a few is suppressed, so that it can not be worked out, and totals rounded. */
export function publish(counts: Counts, k: number): PublishedTable {
  const grid = gridOf(counts);
  const hidden = suppressedCells(grid, k);
  const cell = (at: number): PublishedCell => {
    const value = grid.values[at] ?? 0;
    return hidden.has(at) ? SUPPRESSED : { count: grid.isTotal(at) ? rounded(value) : value };
  };
  const { width, height } = grid;
  const last = width - 1;
  const twoWay = counts.columns !== undefined;
  const { overlapping } = counts;
  const line = (row: number, from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => cell(row * width + from + index));
  return {
    rows: counts.rows,
    columns: counts.columns ?? [],
    cells: counts.rows.map((_, row) => line(row, 0, twoWay ? last : width)),
    rowTotals: twoWay && overlapping !== 'columns' ? counts.rows.map((_, row) => cell(row * width + last)) : [],
    columnTotals: twoWay && overlapping !== 'rows' ? line(height - 1, 0, last) : [],
    ...(overlapping === undefined ? { total: cell(width * height - 1) } : {}),
  };
}

export const isSuppressed = (cell: PublishedCell): cell is { readonly suppressed: true } => 'suppressed' in cell;

/** How many cells and totals of a table are suppressed. */
export function suppressions({ cells, rowTotals, columnTotals, total }: PublishedTable): number {
  return [...cells.flat(), ...rowTotals, ...columnTotals, ...(total === undefined ? [] : [total])].filter(isSuppressed).length;
}

/**
 * The table as an export, whose cells are all shown.
 * @param widen wider tables to ask for instead, in words of the query
 * @throws Rejection `export-would-disclose` when a cell is suppressed; nothing is trimmed silently (INV-14, R-17)
 */
export function asExport(table: PublishedTable, widen: readonly string[]): PublishedTable {
  const cells = suppressions(table);
  if (cells === 0) return table;
  throw new Rejection(
    'rule-broken',
    'export-would-disclose',
    'an export with suppressed cells is refused: ask for a wider table',
    {
      cells,
      widen,
    },
  );
}
