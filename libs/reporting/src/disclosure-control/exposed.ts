/** What a reader with a pencil can find out about the cells that are not shown. */
import type { Grid, Line } from './table.js';

/**
 * Suppressed cells whose exact count follows from the shown ones: by adding and subtracting sums, or because counts
 * are never negative. Rounding of totals is left out of account, so what is safe here is safer in print.
 *
 * The sums, written over the suppressed cells alone, are brought to reduced row echelon form; a cell follows exactly
 * when a row with that one cell is left. Source: G. T. Duncan, M. Elliot, J.-J. Salazar-González, Statistical
 * Confidentiality (2011), chapter 4 (linear disclosure and feasibility intervals of suppressed cells).
 */
export function exposed(grid: Grid, lines: readonly Line[], suppressed: ReadonlySet<number>): ReadonlySet<number> {
  return new Set([...byElimination(lines, suppressed), ...byBounds(grid, lines, suppressed)]);
}

function byElimination(lines: readonly Line[], suppressed: ReadonlySet<number>): number[] {
  const cells = [...suppressed];
  const matrix = lines.map(({ cells: parts, total }) =>
    cells.map((cell) => (cell === total ? -1 : parts.includes(cell) ? 1 : 0)),
  );
  return reduced(matrix).flatMap((row) => {
    const [first, second] = row.flatMap((value, index) => (value === 0 ? [] : [index]));
    return first === undefined || second !== undefined ? [] : [cells[first] ?? 0];
  });
}

/** Reduced row echelon form. Sums of tables are unimodular: elimination stays within whole numbers. */
function reduced(matrix: number[][]): number[][] {
  let done = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0); column++) {
    const pivotAt = matrix.findIndex((row, index) => index >= done && row[column] !== 0);
    const pivot = matrix[pivotAt];
    if (pivot === undefined) continue;
    matrix[pivotAt] = matrix[done] ?? pivot;
    const scale = pivot[column] ?? 1;
    const unit = pivot.map((value) => value / scale);
    matrix = matrix.map((row, index) => {
      const factor = row[column] ?? 0;
      return index === done ? unit : row.map((value, at) => value - factor * (unit[at] ?? 0));
    });
    done++;
  }
  return matrix;
}

/** Narrows the interval of each suppressed cell until nothing changes. Every narrowing is by at least one. */
function byBounds({ values }: Grid, lines: readonly Line[], suppressed: ReadonlySet<number>): number[] {
  const low = values.map((value, cell) => (suppressed.has(cell) ? 0 : value));
  const high = values.map((value, cell) => (suppressed.has(cell) ? Infinity : value));
  const at = (bounds: readonly number[], cell: number) => bounds[cell] ?? 0;
  const total = (bounds: readonly number[], cells: readonly number[]) =>
    cells.reduce((all, c) => all + at(bounds, c), 0);
  const narrow = (cell: number, atLeast: number, atMost: number): boolean => {
    const changes = atLeast > at(low, cell) || atMost < at(high, cell);
    low[cell] = Math.max(at(low, cell), atLeast);
    high[cell] = Math.min(at(high, cell), atMost);
    return changes;
  };
  const narrowLine = (line: Line): boolean => {
    let changed = narrow(line.total, total(low, line.cells), total(high, line.cells));
    for (const cell of line.cells) {
      const others = line.cells.filter((other) => other !== cell);
      const least = at(low, line.total) - total(high, others);
      const most = at(high, line.total) - total(low, others);
      changed = narrow(cell, least, most) || changed;
    }
    return changed;
  };
  while (lines.map(narrowLine).includes(true));
  return [...suppressed].filter((cell) => at(low, cell) === at(high, cell));
}
