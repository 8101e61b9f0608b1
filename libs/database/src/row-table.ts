import type { QueryExecutorProvider } from 'kysely';
import { sql } from 'kysely';
import { ListStatement } from './list-statement.js';
import type { Executes } from './prepared.js';

type Values = readonly unknown[];

export interface RowTableOptions {
  readonly name: string;
  /** All columns, those of the primary key first. */
  readonly columns: readonly string[];
  /** How many of them are the primary key; these are text. */
  readonly keyLength: number;
}

/**
 * Reads and writes many rows of one table at a time. A row is a list of values in the order of the columns, a key the first
 * of them. Statements are compiled once, and are the same on both engines.
 */
export class RowTable<Row> {
  readonly #select: ListStatement<unknown>;
  readonly #insert: ListStatement<Values>;
  readonly #upsert: ListStatement<Values>;
  readonly #delete: ListStatement<Values>;

  constructor(kysely: QueryExecutorProvider, { name, columns, keyLength }: RowTableOptions) {
    const [into, first] = [sql.table(name), sql.ref(columns[0] ?? '')];
    const list = (names: readonly string[]) => sql.join(names.map((column) => sql.ref(column)));
    const [all, key] = [list(columns), list(columns.slice(0, keyLength))];
    const changes = columns.slice(keyLength).map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`);
    const onConflict = changes.length === 0 ? sql`nothing` : sql`update set ${sql.join(changes)}`;
    this.#select = new ListStatement(
      (size) => sql`select ${all} from ${into} where ${first} in ${tuple(size)}`.compile(kysely),
      (value) => [value],
    );
    const insert = (size: number) => sql`insert into ${into} (${all}) values ${tuples(size, columns.length)}`;
    this.#insert = new ListStatement((size) => insert(size).compile(kysely), (row) => row);
    this.#upsert = new ListStatement(
      (size) => sql`${insert(size)} on conflict (${key}) do ${onConflict}`.compile(kysely),
      (row) => row,
    );
    this.#delete = new ListStatement(
      (size) => sql`delete from ${into} where (${key}) in (values ${tuples(size, keyLength)})`.compile(kysely),
      (values) => values,
    );
  }

  /** Rows whose first column holds one of these values. */
  async startingWith(values: readonly unknown[], kysely: Executes): Promise<Row[]> {
    const rows: Row[] = [];
    for (const query of this.#select.over(values)) rows.push(...(await kysely.executeQuery<Row>(query)).rows);
    return rows;
  }

  /** Adds rows. @throws an error of the database where a key is there already; then the transaction is to be undone */
  async insert(rows: readonly Values[], kysely: Executes): Promise<void> {
    for (const query of this.#insert.over(rows)) await kysely.executeQuery(query);
  }

  /** Adds rows, or replaces those with the same key. */
  async put(rows: readonly Values[], kysely: Executes): Promise<void> {
    for (const query of this.#upsert.over(rows)) await kysely.executeQuery(query);
  }

  async delete(keys: readonly Values[], kysely: Executes): Promise<void> {
    for (const query of this.#delete.over(keys)) await kysely.executeQuery(query);
  }
}

/** Placeholders in brackets; the values come with each run. */
const tuple = (width: number) => sql`(${sql.join(Array.from({ length: width }, () => null))})`;
const tuples = (size: number, width: number) => sql.join(Array.from({ length: size }, () => tuple(width)));
