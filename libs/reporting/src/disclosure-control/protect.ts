/**
 * Which cells of a table must not be shown. Source: domain.md 9.4; terms and method as in A. Hundepool et al.,
 * Statistical Disclosure Control (2012), chapter 4 (frequency tables: primary and secondary suppression, group
 * disclosure), whose tool τ-ARGUS solves the same problem for tables of any size.
 */
import { exposed } from './exposed.js';
import type { Grid, Line } from './table.js';

/**
 * Cells to suppress:
 * - primary: every number that tells of a group of 1 to k-1 people, totals included;
 * - group: where all members of a row or column fall into one cell, that whole line but its total, zeros too (but not
 *   the zeros of a row or column in which nobody is at all: they say nothing of anyone);
 * - complementary: of what else is needed, the smallest cells, until no suppressed cell can be worked out and the
 *   suppressed cells of a line together make at least k.
 *
 * Margins are settled first and by themselves, so a total is shown or hidden alike in every table of the same cases.
 */
export function suppressedCells(grid: Grid, k: number): ReadonlySet<number> {
  const suppressed = new Set<number>();
  grid.groups.forEach((group, cell) => {
    if (group > 0 && group < k) suppressed.add(cell);
  });
  for (const margin of grid.marginLines) settle(grid, [margin], suppressed, k);
  const nobody = grid.lines.filter(({ total }) => grid.values[total] === 0 && !suppressed.has(total));
  const empty = new Set(nobody.flatMap(({ cells }) => cells));
  const lines = grid.lines.map((line) => ({ ...line, cells: line.cells.filter((cell) => !empty.has(cell)) }));
  settle(grid, lines, suppressed, k);
  return suppressed;
}

/** Hides groups that share a trait, then adds to `suppressed` until the lines give nothing away. Ends: each round hides one more cell. */
function settle(grid: Grid, lines: readonly Line[], suppressed: Set<number>, k: number): void {
  for (const line of lines) if (sharesOneTrait(grid, line)) for (const cell of line.cells) suppressed.add(cell);
  for (;;) {
    const open = exposed(grid, lines, suppressed);
    const weak = lines.filter(
      (line) => isThin(grid, line, suppressed, k) || [...line.cells, line.total].some((cell) => open.has(cell)),
    );
    // Where all of a weak line is hidden already, what gives it away stands in another one.
    const next = nextToHide(grid, weak, suppressed) ?? (weak.length === 0 ? undefined : nextToHide(grid, lines, suppressed));
    if (next === undefined) return;
    suppressed.add(next);
  }
}

/** The hidden cells of a line are known together by their sum: that sum too must not be small. */
function isThin({ values }: Grid, { cells, total }: Line, suppressed: ReadonlySet<number>, k: number): boolean {
  const hidden = cells.filter((cell) => suppressed.has(cell)).reduce((all, cell) => all + (values[cell] ?? 0), 0);
  return !suppressed.has(total) && hidden > 0 && hidden < k;
}

/** Zeros are shown, unless they say of everyone in a group what they are. */
function sharesOneTrait({ values }: Grid, { cells }: Line): boolean {
  return cells.length > 1 && cells.filter((cell) => (values[cell] ?? 0) > 0).length === 1;
}

/** The smallest cell that is still shown: inner cells before totals, zeros last, since hiding a zero hides little. */
function nextToHide(grid: Grid, lines: readonly Line[], suppressed: ReadonlySet<number>): number | undefined {
  const shown = (cells: readonly number[]) => cells.filter((cell) => !suppressed.has(cell));
  const cost = (cell: number) =>
    (grid.isTotal(cell) ? 1e12 : 0) + (grid.values[cell] === 0 ? 1e9 : (grid.values[cell] ?? 0));
  const candidates = shown(lines.flatMap(({ cells }) => cells));
  const all = candidates.length > 0 ? candidates : shown(lines.map(({ total }) => total));
  return all.reduce<number | undefined>(
    (best, cell) => (best === undefined || cost(cell) < cost(best) ? cell : best),
    undefined,
  );
}
