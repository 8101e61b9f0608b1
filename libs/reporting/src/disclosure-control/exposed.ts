/** What a reader with a pencil can find out about the cells that are not shown. */
import type { Grid, Line } from './table.js';

/** From a sum across to a sum down where the cell can be larger; back where it can be smaller. */
interface Step {
  readonly cell: number;
  readonly from: string;
  readonly to: string;
}

/**
 * Suppressed cells whose exact count follows from the shown ones: by adding and subtracting sums, or because there can not be
 * fewer people in a cell than the reader knows of; `counted` are those whom the reader does not know, everybody when absent.
 * Rounding of totals is left out of account, so what is safe here is safer in print.
 *
 * Each cell joins the sum across and the sum down that it is part of. It can have another count exactly when a change
 * of one can be carried on, from sum to sum through other suppressed cells, until it comes back to where it began.
 * Source: D. Gusfield, A Graph Theoretic Approach to Statistical Data Security, SIAM J. Comput. 17(3), 1988.
 */
export function exposed(grid: Grid, lines: readonly Line[], suppressed: ReadonlySet<number>, counted = grid.values): ReadonlySet<number> {
  const hidden = [...suppressed].filter((cell) =>
    lines.some((line) => line.total === cell || line.cells.includes(cell)),
  );
  const steps = hidden.flatMap((cell) => stepsOf(grid, lines, cell, counted));
  const canBeOther = new Set(steps.filter((step) => isReachable(steps, step)).map(({ cell }) => cell));
  return new Set(hidden.filter((cell) => !canBeOther.has(cell)));
}

function stepsOf(grid: Grid, lines: readonly Line[], cell: number, counted: readonly number[]): Step[] {
  const node = (across: boolean) => {
    const at = lines.findIndex((line) => line.across === across && (line.total === cell || line.cells.includes(cell)));
    // A cell that is part of one sum only can change on its other side as it likes.
    return at < 0 ? 'free' : String(at);
  };
  const larger = { cell, from: node(true), to: node(false) };
  const smaller = { cell, from: larger.to, to: larger.from };
  // A total stands on the other side of its equation: there, larger is smaller. In the grand total the two cancel out.
  const [grows, shrinks] = totalsOf(grid, cell) === 1 ? [smaller, larger] : [larger, smaller];
  return counted[cell] === 0 ? [grows] : [grows, shrinks];
}

/** How many sums the cell is the total of. */
const totalsOf = ({ lines }: Grid, cell: number): number => lines.filter(({ total }) => total === cell).length;

/** Whether other cells lead from the end of a step back to its beginning. */
function isReachable(steps: readonly Step[], { cell, from, to }: Step): boolean {
  const reached = new Set([to]);
  for (const node of reached) {
    for (const step of steps) if (step.from === node && step.cell !== cell) reached.add(step.to);
  }
  return reached.has(from);
}
