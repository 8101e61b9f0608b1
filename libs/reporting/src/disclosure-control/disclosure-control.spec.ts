import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exposed } from './exposed.js';
import { suppressedCells } from './protect.js';
import type { PublishedTable } from './published.js';
import { asExport, isSuppressed, publish, suppressions } from './published.js';
import type { Counts } from './table.js';
import { gridOf } from './table.js';

const table = (...counts: number[][]): Counts => ({
  rows: counts.map((_, row) => `r${row}`),
  columns: (counts[0] ?? []).map((_, column) => `c${column}`),
  counts,
});
const list = (...counts: number[]): Counts => ({
  rows: counts.map((_, row) => `r${row}`),
  counts: counts.map((count) => [count]),
});
const shown = ({ cells }: PublishedTable) =>
  cells.map((row) => row.map((cell) => (isSuppressed(cell) ? 'x' : cell.count)));

describe('a published table', () => {
  it('shows what is large enough and rounds its totals to base 5', () => {
    const published = publish(table([21, 32], [43, 16]), 11);
    expect(shown(published)).toEqual([
      [21, 32],
      [43, 16],
    ]);
    expect(published.rowTotals).toEqual([{ count: 55 }, { count: 60 }]);
    expect(published.columnTotals).toEqual([{ count: 65 }, { count: 50 }]);
    expect(published.total).toEqual({ count: 110 });
  });

  it('suppresses 1 to k-1, and shows k', () => {
    expect(shown(publish(list(10, 11, 1, 40), 11))).toEqual([['x'], [11], ['x'], [40]]);
  });

  it('suppresses the next smallest cell beside a single one, in its row and its column', () => {
    expect(shown(publish(table([3, 50, 20], [40, 60, 30], [70, 80, 90]), 11))).toEqual([
      ['x', 50, 'x'],
      ['x', 60, 'x'],
      [70, 80, 90],
    ]);
  });

  it('does not let two cells of one person each stand for their sum', () => {
    expect(shown(publish(list(1, 1, 40, 50), 11))).toEqual([['x'], ['x'], ['x'], [50]]);
  });

  it('shows a zero, but not where it says of all members of a group what they are', () => {
    expect(shown(publish(table([20, 0, 30], [15, 25, 35], [45, 55, 65]), 11))[0]).toEqual([20, 0, 30]);
    expect(shown(publish(table([20, 0, 0], [15, 25, 35], [45, 55, 65]), 11))[0]).toEqual(['x', 'x', 'x']);
  });

  it('hides a total below k, and what would give it away', () => {
    const published = publish(table([2, 3], [40, 50], [20, 30]), 11);
    expect(published.rowTotals.map(isSuppressed)).toEqual([true, false, true]);
    expect(published.total).toEqual({ count: 145 });
  });

  it('finds a cell that only several sums together give away', () => {
    const grid = gridOf(table([20, 30, 40, 50], [20, 30, 40, 50], [20, 30, 40, 50], [20, 30, 40, 50]));
    const at = (row: number, column: number) => row * grid.width + column;
    const corners = [0, 2].flatMap((from) => [0, 1, 5, 6].map((offset) => from * (grid.width + 1) + offset));
    expect(exposed(grid, grid.lines, new Set(corners))).toEqual(new Set());
    expect(exposed(grid, grid.lines, new Set([...corners, at(1, 2)]))).toEqual(new Set([at(1, 2)]));
  });

  it('finds zeros that can not be anything else, since no count is below zero', () => {
    const grid = gridOf(table([0, 0], [5, 7]));
    expect(exposed(grid, grid.lines, new Set([0, 1, 3, 4]))).toEqual(new Set([0, 1, 3, 4]));
  });

  it('shows and hides a total alike in every table of the same cases', () => {
    const hiddenRows = (published: PublishedTable) => published.rowTotals.map(isSuppressed);
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 })), {
      minLength: 2,
      maxLength: 4,
    });
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (split, parts) => {
          const sizes = split.map(([first, second]) => first + second);
          const otherwise = sizes.map((size, row) => Math.round(size * (parts[row] ?? 0)));
          const bySex = publish(table(...split.map((row) => [...row])), 11);
          const byAge = publish(
            table(...sizes.map((size, row) => [otherwise[row] ?? 0, size - (otherwise[row] ?? 0)])),
            11,
          );
          expect(hiddenRows(bySex)).toEqual(hiddenRows(byAge));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('an export', () => {
  it('is the table when every cell may be shown', () => {
    const published = publish(list(20, 30), 11);
    expect(asExport(published, [])).toBe(published);
  });

  it('is refused with a suppressed cell, and says how to widen it', () => {
    const widen = ['columns='];
    expect(() => asExport(publish(list(3, 30, 40), 11), widen)).toThrow(
      expect.objectContaining({ kind: 'rule-broken', code: 'export-would-disclose', details: { cells: 2, widen } }),
    );
  });
});

/**
 * Whether another table, with other counts in `cell`, would be published as the same shown cells and exact totals.
 * Sums of a two-way table are unimodular: where any other table fits, one fits that differs by at most one in each inner
 * cell. So trying -1, 0 and 1 everywhere finds it, and shares no thought with the code that it tests.
 */
function canBeOther(counts: Counts, hidden: ReadonlySet<number>, cell: number): boolean {
  const grid = gridOf(counts);
  const inner = [...hidden].filter((at) => !grid.isTotal(at));
  const fits = (changes: ReadonlyMap<number, number>): boolean => {
    const other = counts.counts.map((row, r) => row.map((count, c) => count + (changes.get(r * grid.width + c) ?? 0)));
    if (other.flat().some((count) => count < 0)) return false;
    const { values } = gridOf({ ...counts, counts: other });
    return (
      values.every((value, at) => hidden.has(at) || value === grid.values[at]) && values[cell] !== grid.values[cell]
    );
  };
  const tryFrom = (index: number, changes: Map<number, number>): boolean => {
    const at = inner[index];
    if (at === undefined) return fits(changes);
    return [0, 1, -1].some((change) => tryFrom(index + 1, changes.set(at, change)));
  };
  return tryFrom(0, new Map());
}

describe('no suppressed cell can be worked out', () => {
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 3, max: 9 }));
  const twoWay = fc
    .record({ height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 3 }) })
    .chain(({ height, width }) =>
      fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    )
    .map((counts) => table(...counts));
  const oneWay = fc.array(count, { minLength: 1, maxLength: 6 }).map((counts) => list(...counts));

  it('by taking sums that are shown from each other, where a whole line is hidden', () => {
    const counts = table([0, 0, 3], [2, 1, 3], [0, 0, 1]);
    const hidden = suppressedCells(gridOf(counts), 3);
    for (const cell of hidden) expect(canBeOther(counts, hidden, cell)).toBe(true);
  });

  it('by any arithmetic on what is shown', () => {
    fc.assert(
      fc.property(fc.oneof(twoWay, oneWay), (counts) => {
        const hidden = suppressedCells(gridOf(counts), 3);
        for (const cell of hidden) expect(canBeOther(counts, hidden, cell)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('and no count below k is shown', () => {
    fc.assert(
      fc.property(fc.oneof(twoWay, oneWay), (counts) => {
        const grid = gridOf(counts);
        const hidden = suppressedCells(grid, 3);
        expect(grid.values.filter((value, cell) => value > 0 && value < 3 && !hidden.has(cell))).toEqual([]);
        expect(suppressions(publish(counts, 3))).toBe(hidden.size);
      }),
    );
  });
});
