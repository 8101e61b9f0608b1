/** A table of counts with its margins, as numbered cells and the sums that bind them. */

/** Of how many people a number tells. Without a row or a column: that total. */
export type People = (row: string | undefined, column: string | undefined) => number;

/**
 * What a number still tells somebody who knows some of the people already: an organisation of those that it recorded itself,
 * or whoever has another report in hand.
 */
export interface Reader {
  /** People whom the number counts and the reader does not know. */
  readonly counted: People;
  /** People whom another published number counts and this one does not, without those whom the reader knows. */
  readonly left?: People;
}

/** What is counted by what. `columns` is absent in a table of one dimension. */
export interface Counts {
  readonly rows: readonly string[];
  readonly columns?: readonly string[];
  /** Count of each row and column; with one dimension every row has one count. */
  readonly counts: readonly (readonly number[])[];
  /** Who reads it beside those who know of nobody; none when absent. */
  readonly readers?: readonly Reader[];
  /** Where one person may fall into several categories: no sum over them is published (domain.md, INV-13). */
  readonly overlapping?: 'rows' | 'columns';
}

/** One sum: the cells add up to the total. A total is itself a cell, and may be part of another sum. */
export interface Line {
  readonly cells: readonly number[];
  readonly total: number;
  /** A sum over a row; otherwise down a column. */
  readonly across: boolean;
}

/** What each number tells one reader, cell by cell. */
export interface Told {
  readonly counted: readonly number[];
  readonly left?: readonly number[];
}

export interface Grid {
  /** Counts of all cells, margins included; cell (row, column) has the number `row * width + column`. */
  readonly values: readonly number[];
  /** Who knows of nobody comes first. */
  readonly readers: readonly Told[];
  readonly width: number;
  readonly height: number;
  readonly isTotal: (cell: number) => boolean;
  /** Sums of margins come first: they are shared with every other table over the same dimension. */
  readonly marginLines: readonly Line[];
  readonly lines: readonly Line[];
}

const upTo = (length: number) => Array.from({ length }, (_, index) => index);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** Adds the margins: row totals, column totals and the grand total; with one dimension the total alone. */
export function gridOf(counts: Counts): Grid {
  const { rows, columns } = counts;
  const width = columns === undefined ? 1 : columns.length + 1;
  const height = rows.length + 1;
  const body = counts.counts.map((row) => (columns === undefined ? row : [...row, sum(row)]));
  const values = [...body, upTo(width).map((column) => sum(body.map((row) => row[column] ?? 0)))].flat();
  const each = (people: People) => values.map((_, cell) => people(rows[Math.floor(cell / width)], columns?.[cell % width]));
  const told = ({ counted, left }: Reader): Told => ({ counted: each(counted), ...(left === undefined ? {} : { left: each(left) }) });
  return {
    values,
    readers: [{ counted: values }, ...(counts.readers ?? []).map(told)],
    width,
    height,
    isTotal: (cell) => (columns !== undefined && cell % width === width - 1) || cell >= width * (height - 1),
    ...sumsOf(counts, width, height),
  };
}

/** The sums that are published. */
function sumsOf({ columns, overlapping }: Counts, width: number, height: number): Pick<Grid, 'lines' | 'marginLines'> {
  const line = (across: boolean, cells: readonly number[]): Line => ({ across, cells: cells.slice(0, -1), total: cells.at(-1) ?? 0 });
  const down = upTo(width).map((column) => line(false, upTo(height).map((row) => row * width + column)));
  const across = upTo(height).map((row) => line(true, upTo(width).map((column) => row * width + column)));
  if (columns === undefined) return { marginLines: [], lines: overlapping === undefined ? down : [] };
  if (overlapping === 'rows') return { marginLines: [], lines: across.slice(0, -1) };
  if (overlapping === 'columns') return { marginLines: [], lines: down.slice(0, -1) };
  return { marginLines: [...across.slice(-1), ...down.slice(-1)], lines: [...across, ...down] };
}
