/**
 * Who reads a table knowing some of the people in it: each organisation those whom it recorded itself, and everybody what another
 * report says. What is left when they subtract must not be a few people. Source: domain.md 9.4 (differencing), docs/adr/0023.
 */
import type { People, Reader } from './table.js';

/** What a query counted: a count, the dimensions that it is grouped by, and perhaps the organisation that recorded it. */
export type Grouped = Readonly<Record<string, string | number>>;

/** Dimensions of rows and columns. An axis that is absent makes no difference to a number. */
export interface Axes {
  readonly rows?: string;
  readonly columns?: string;
}

/** How many people each number of a table tells of, and of how many of them an organisation knows. */
export interface Tally {
  readonly people: People;
  readonly recorded: ReadonlyMap<string, People>;
}

const keyOf = (row: unknown, column: unknown): string => JSON.stringify([row ?? null, column ?? null]);

/** Numbers as they are grouped: a row that lacks a dimension is the total over it. */
export function peopleOf(grouped: readonly Grouped[], { rows, columns }: Axes): People {
  const counts = new Map<string, number>();
  for (const one of grouped) {
    const key = keyOf(rows === undefined ? undefined : one[rows], columns === undefined ? undefined : one[columns]);
    counts.set(key, (counts.get(key) ?? 0) + Number(one['count']));
  }
  return (row, column) => counts.get(keyOf(rows === undefined ? undefined : row, columns === undefined ? undefined : column)) ?? 0;
}

/** The same with every total over rows and columns, where everybody is in one category. */
export function withTotals(grouped: readonly Grouped[], { rows, columns }: Axes): readonly Grouped[] {
  const over = (dimension: string | undefined) => (all: readonly Grouped[]) =>
    dimension === undefined ? all : [...all, ...all.map(({ [dimension]: _every, ...rest }) => rest as Grouped)];
  return over(columns)(over(rows)(grouped));
}

/** `recorded` is grouped by `organisation` too. */
export function tallyOf(grouped: readonly Grouped[], recorded: readonly Grouped[], axes: Axes): Tally {
  const byOrganisation = Map.groupBy(recorded, ({ organisation }) => String(organisation));
  return {
    people: peopleOf(grouped, axes),
    recorded: new Map([...byOrganisation].map(([organisation, own]) => [organisation, peopleOf(own, axes)])),
  };
}

/** Every organisation, and whoever is none, each with each of the other reports in hand. */
export function readersOf(table: Tally, others: readonly Tally[] = []): readonly Reader[] {
  const organisations = new Set([table, ...others].flatMap(({ recorded }) => [...recorded.keys()]));
  return [undefined, ...organisations].flatMap((organisation): readonly Reader[] => {
    const counted = unknownTo(table, organisation);
    if (others.length === 0) return [{ counted }];
    return others.map((other) => {
      const all = unknownTo(other, organisation);
      return { counted, left: (row, column) => all(row, column) - counted(row, column) };
    });
  });
}

function unknownTo({ people, recorded }: Tally, organisation: string | undefined): People {
  const own = organisation === undefined ? undefined : recorded.get(organisation);
  return own === undefined ? people : (row, column) => people(row, column) - own(row, column);
}
