/**
 * Which cells of a table must not be shown. Source: domain.md 9.4, docs/adr/0023; terms and method as in A. Hundepool et al.,
 * Statistical Disclosure Control (2012): frequency tables (primary and secondary suppression, group disclosure), and from
 * magnitude tables the respondent who subtracts what it contributed itself; its tool τ-ARGUS solves the same for any size.
 */
import { exposed } from './exposed.js';
import type { Grid, Line, Told } from './table.js';

/**
 * Cells to suppress:
 * - primary: every number that tells some reader of 1 to k-1 people whom that reader does not know, totals included: people
 *   whom it counts, or whom another report counts beside it;
 * - group: where all members of a row or column fall into one cell, that whole line but its total, zeros too (but not
 *   the zeros of a row or column in which nobody is at all: they say nothing of anyone);
 * - complementary: of what else is needed, the smallest cells, until no suppressed cell can be worked out and the
 *   suppressed cells of a line together tell no reader of 1 to k-1 people either.
 *
 * Margins are settled first and by themselves, so a total is shown or hidden alike in every table of the same cases.
 */
export function suppressedCells(grid: Grid, k: number): ReadonlySet<number> {
  const suppressed = new Set([...grid.values.keys()].filter((cell) => grid.readers.some((reader) => tellsOfFew(reader, cell, k))));
  for (const margin of grid.marginLines) settle(grid, [margin], suppressed, k);
  const nobody = grid.lines.filter(({ total }) => grid.values[total] === 0 && !suppressed.has(total));
  const empty = new Set(nobody.flatMap(({ cells }) => cells));
  const lines = grid.lines.map((line) => ({ ...line, cells: line.cells.filter((cell) => !empty.has(cell)) }));
  settle(grid, lines, suppressed, k);
  return suppressed;
}

/** A number of people between nobody and k. What two reports differ by can be negative. */
const isFew = (people: number, k: number): boolean => people !== 0 && Math.abs(people) < k;

/** Where nobody is counted, what is left is the other report's own number, which hides it itself when it is small. */
const areFew = (counted: number, left: number, k: number): boolean => isFew(counted, k) || (counted !== 0 && isFew(left, k));

const tellsOfFew = ({ counted, left }: Told, cell: number, k: number): boolean => areFew(counted[cell] ?? 0, left?.[cell] ?? 0, k);

/** Hides groups that share a trait, then adds to `suppressed` until the lines give nothing away. Ends: each round hides one more cell. */
function settle(grid: Grid, lines: readonly Line[], suppressed: Set<number>, k: number): void {
  for (const line of lines) if (sharesOneTrait(grid, line)) for (const cell of line.cells) suppressed.add(cell);
  for (;;) {
    const open = workedOut(grid, lines, suppressed, k);
    const weak = lines.filter(
      (line) => grid.readers.some((reader) => isThin(reader, line, suppressed, k)) || [...line.cells, line.total].some((cell) => open.has(cell)),
    );
    // Where all of a weak line is hidden already, what gives it away stands in another one.
    const next = nextToHide(grid, weak, suppressed) ?? (weak.length === 0 ? undefined : nextToHide(grid, lines, suppressed));
    if (next === undefined) return;
    suppressed.add(next);
  }
}

/** Hidden cells that follow from what is shown; of a reader who knows some of the people, those that tell it of a few others. */
function workedOut(grid: Grid, lines: readonly Line[], suppressed: ReadonlySet<number>, k: number): ReadonlySet<number> {
  const open = new Set(exposed(grid, lines, suppressed));
  const byBounds = new Map<string, ReadonlySet<number>>();
  for (const reader of grid.readers) {
    const few = [...suppressed].filter((cell) => !open.has(cell) && tellsOfFew(reader, cell, k));
    if (few.length === 0) continue;
    // Most readers know all people of no hidden cell: for them the answer is the same.
    const bounds = [...suppressed].filter((cell) => reader.counted[cell] === 0).join();
    const found = byBounds.get(bounds) ?? exposed(grid, lines, suppressed, reader.counted);
    byBounds.set(bounds, found);
    for (const cell of few) if (found.has(cell)) open.add(cell);
  }
  return open;
}

/** The hidden cells of a line are known together by their sum: that sum too must not tell of a few. */
function isThin({ counted, left }: Told, line: Line, suppressed: ReadonlySet<number>, k: number): boolean {
  const hidden = line.cells.filter((cell) => suppressed.has(cell));
  if (suppressed.has(line.total) || hidden.length === 0) return false;
  const rest = (people: readonly number[]) => line.cells.reduce((all, cell) => (suppressed.has(cell) ? all : all - (people[cell] ?? 0)), people[line.total] ?? 0);
  // Where one person is counted in several cells, there are at least as many as in the largest.
  const together = Math.max(rest(counted), ...hidden.map((cell) => counted[cell] ?? 0));
  return areFew(together, left === undefined ? 0 : rest(left), k);
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
