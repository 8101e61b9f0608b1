/** Who knows some of the people in a table subtracts them. What is left is nobody, many, or not to be worked out. docs/adr/0023 */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { suppressedCells } from './protect.js';
import { isSuppressed, publish } from './published.js';
import { readersOf, tallyOf, withTotals } from './readers.js';
import { type Counts, type Grid, gridOf } from './table.js';

/** Counts of an organisation, row by row. */
type Own = readonly (readonly number[])[];
const plus = (tables: readonly Own[], height: number, width: number): number[][] =>
  Array.from({ length: height }, (_, r) => Array.from({ length: width }, (_own, c) => tables.reduce((all, own) => all + (own[r]?.[c] ?? 0), 0)));

const grouped = (own: Own, organisation: string) => own.flatMap((row, r) => row.map((count, c) => ({ rows: `r${String(r)}`, columns: `c${String(c)}`, organisation, count })));

/** A table to which several organisations contributed, beside another report of the same cells. */
function table(owns: readonly Own[], others: readonly (readonly Own[])[] = []): Counts {
  const [first = []] = owns;
  const [height, width] = [first.length, first[0]?.length ?? 0];
  const axes = { rows: 'rows', columns: 'columns' };
  const tally = (all: readonly Own[]) => {
    const counted = withTotals(all.flatMap((own, index) => grouped(own, `organisation-${String(index)}`)), axes);
    return tallyOf(counted, counted, axes);
  };
  return {
    rows: first.map((_, r) => `r${String(r)}`), columns: (first[0] ?? []).map((_, c) => `c${String(c)}`), counts: plus(owns, height, width),
    readers: readersOf(tally(owns), others.map(tally)),
  };
}
const cells = (counts: Counts, k: number) => publish(counts, k).cells.map((row) => row.map((cell) => (isSuppressed(cell) ? 'x' : cell.count)));
const isFew = (people: number, k: number): boolean => people > 0 && people < k;

describe('an organisation that knows its own rows', () => {
  it('does not read off the one other person of a cell that it wrote', () => {
    expect(cells(table([[[10, 0, 40]], [[1, 30, 0]], [[0, 15, 30]]]), 11)).toEqual([['x', 'x', 70]]);
  });

  it('is shown what it wrote alone, and what many others wrote', () => {
    expect(cells(table([[[20, 12]], [[0, 11]]]), 11)).toEqual([[20, 23]]);
  });

  it('does not read off a total either', () => {
    const { rowTotals, total } = publish(table([[[9, 9], [30, 0]], [[1, 1], [0, 30]]]), 11);
    expect([rowTotals[0], total]).toEqual([{ suppressed: true }, { count: 80 }]);
  });

  it('does not add up hidden cells to a few others', () => {
    const counts = table([[[2, 8, 50]], [[1, 1, 60]]]);
    // 12 in the two small cells together, ten of them its own.
    expect(cells(counts, 11)).toEqual([['x', 'x', 'x']]);
  });

  it('is not told from the table who that is: a cell is hidden, and no more', () => {
    const [one, other] = [publish(table([[[10, 40]], [[1, 30]]]), 11), publish(table([[[1, 40]], [[10, 30]]]), 11)];
    expect(one).toEqual(other);
  });

  it('subtracts its own from two reports of the same cells, and learns nothing of a few', () => {
    // 46 notified and 31 registered; without its own, 20 and 17: three of the others were not registered.
    expect(cells(table([[[14, 30]], [[17, 30]]], [[[[26, 30]], [[20, 30]]]]), 11)[0]?.[0]).toBe('x');
    expect(cells(table([[[14, 30]], [[17, 30]]], [[[[26, 30]], [[30, 30]]]]), 11)[0]?.[0]).toBe(31);
  });
});

describe('hidden cells of a report beside another', () => {
  it('together do not differ from it by a few', () => {
    // Hiding the smallest cell beside the first would leave 3 of 53: the next one is hidden too.
    const counts = table([[[20, 30, 45, 60]]], [[[[23, 30, 65, 90]]]]);
    expect(cells(counts, 11)).toEqual([['x', 'x', 'x', 60]]);
  });
});

/** Whether another table of the others, with another count in `cell`, fits all that is shown; nobody can be fewer than none. */
function canBeOther(counts: Counts, own: Own, hidden: ReadonlySet<number>, cell: number): boolean {
  const grid = gridOf(counts);
  const inner = [...hidden].filter((at) => !grid.isTotal(at));
  const fits = (changes: ReadonlyMap<number, number>): boolean => {
    const other = counts.counts.map((row, r) => row.map((count, c) => count + (changes.get(r * grid.width + c) ?? 0)));
    if (other.some((row, r) => row.some((count, c) => count < (own[r]?.[c] ?? 0)))) return false;
    const { values } = gridOf({ ...counts, counts: other });
    return values.every((value, at) => hidden.has(at) || value === grid.values[at]) && values[cell] !== grid.values[cell];
  };
  const tryFrom = (index: number, changes: Map<number, number>): boolean => {
    const at = inner[index];
    return at === undefined ? fits(changes) : [0, 1, -1].some((change) => tryFrom(index + 1, changes.set(at, change)));
  };
  return tryFrom(0, new Map());
}

/** Every sum of hidden cells that a shown total gives away. */
const unions = ({ lines }: Grid, hidden: ReadonlySet<number>): readonly (readonly number[])[] =>
  lines.filter(({ total }) => !hidden.has(total)).map((line) => line.cells.filter((cell) => hidden.has(cell)));

describe('no organisation can work out a few others', () => {
  const K = 3;
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 2, max: 6 }));
  const shaped = fc.record({ height: fc.integer({ min: 1, max: 3 }), width: fc.integer({ min: 1, max: 3 }), organisations: fc.integer({ min: 1, max: 3 }) })
    .chain(({ height, width, organisations }) => {
      const own = fc.array(fc.array(count, { minLength: width, maxLength: width }), { minLength: height, maxLength: height });
      return fc.array(own, { minLength: organisations, maxLength: organisations });
    });

  it('from any cell, any total or any sum of hidden ones, whatever it wrote itself', () => {
    fc.assert(
      fc.property(shaped, (owns) => {
        const counts = table(owns);
        const grid = gridOf(counts);
        const hidden = suppressedCells(grid, K);
        for (const own of [[], ...owns]) {
          const others = gridOf({ ...counts, counts: plus([counts.counts, own.map((row) => row.map((one) => -one))], counts.rows.length, counts.columns?.length ?? 0) }).values;
          const known = others.flatMap((people, cell) => (isFew(people, K) && (!hidden.has(cell) || !canBeOther(counts, own, hidden, cell)) ? [cell] : []));
          const sums = unions(grid, hidden).map((cell) => cell.reduce((all, at) => all + (others[at] ?? 0), 0)).filter((people) => isFew(people, K));
          expect({ owns, known, sums }).toEqual({ owns, known: [], sums: [] });
        }
      }),
      // The first needs what a reader knows of hidden cells: without it the second organisation works the others of a cell out.
      { numRuns: 60, examples: [[[[[0, 3, 0], [3, 0, 2], [0, 0, 3]], [[2, 3, 2], [1, 2, 0], [0, 2, 2]]]]] },
    );
  });
});

describe('where one person may fall into several categories', () => {
  const counts: Counts = { rows: ['A', 'B'], columns: ['x', 'y'], counts: [[20, 30], [40, 5]], overlapping: 'rows' };

  it('no sum over them is published, and none has to be protected', () => {
    const { cells: shown, rowTotals, columnTotals, ...rest } = publish(counts, 11);
    expect(shown).toEqual([[{ count: 20 }, { count: 30 }], [{ suppressed: true }, { suppressed: true }]]);
    expect([rowTotals, columnTotals, 'total' in rest]).toEqual([[{ count: 50 }, { count: 45 }], [], false]);
    const across = publish({ ...counts, overlapping: 'columns' }, 11);
    expect([across.rowTotals, across.columnTotals, 'total' in across]).toEqual([[], [{ count: 60 }, { count: 35 }], false]);
    expect(publish({ rows: ['A', 'B'], counts: [[20], [5]], overlapping: 'rows' }, 11)).toMatchObject({ cells: [[{ count: 20 }], [{ suppressed: true }]] });
  });
});
