/** A table of counts with its margins, as numbered cells and the sums that bind them. */

/** What is counted by what. `columns` is absent in a table of one dimension. */
export interface Counts {
  readonly rows: readonly string[];
  readonly columns?: readonly string[];
  /** Count of each row and column; with one dimension every row has one count. */
  readonly counts: readonly (readonly number[])[];
  /**
   * Size of the smallest group of people that a number tells of, where that is not the number itself: one person is counted
   * several times, or another published number is subtracted from it. Without a row or a column: of that total. 0: of nobody.
   */
  readonly group?: (row: string | undefined, column: string | undefined) => number;
}

/** One sum: the cells add up to the total. A total is itself a cell, and may be part of another sum. */
export interface Line {
  readonly cells: readonly number[];
  readonly total: number;
  /** A sum over a row; otherwise down a column. */
  readonly across: boolean;
}

export interface Grid {
  /** Counts of all cells, margins included; cell (row, column) has the number `row * width + column`. */
  readonly values: readonly number[];
  /** The smallest group of people that each cell tells of. */
  readonly groups: readonly number[];
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
export function gridOf({ rows, columns, counts, group }: Counts): Grid {
  const width = columns === undefined ? 1 : columns.length + 1;
  const height = rows.length + 1;
  const body = counts.map((row) => (columns === undefined ? row : [...row, sum(row)]));
  const values = [...body, upTo(width).map((column) => sum(body.map((row) => row[column] ?? 0)))].flat();
  const groups = values.map((value, cell) => {
    const told = group?.(rows[Math.floor(cell / width)], columns?.[cell % width]) ?? 0;
    return told > 0 ? Math.min(value, told) : value;
  });
  const line = (across: boolean, cells: readonly number[]): Line => ({
    across,
    cells: cells.slice(0, -1),
    total: cells.at(-1) ?? 0,
  });
  const down = upTo(width).map((column) =>
    line(
      false,
      upTo(height).map((row) => row * width + column),
    ),
  );
  if (columns === undefined) {
    return { values, groups, width, height, isTotal: (cell) => cell === height - 1, marginLines: [], lines: down };
  }
  const across = upTo(height).map((row) =>
    line(
      true,
      upTo(width).map((column) => row * width + column),
    ),
  );
  return {
    values,
    groups,
    width,
    height,
    isTotal: (cell) => cell % width === width - 1 || cell >= width * (height - 1),
    marginLines: [...across.slice(-1), ...down.slice(-1)],
    lines: [...across, ...down],
  };
}
