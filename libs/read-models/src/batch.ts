/** The rows that a batch of events touches, held in memory while its events are folded. */
import type { Row, Rows } from './projection.js';
import type { AnyDatabase, RowId, TableStore } from './table-store.js';

export class TableBatch implements Rows<Row> {
  readonly #streams = new Map<string, Map<string, Row>>();
  readonly #touched = new Map<string, Set<string>>();
  #stream = '';
  #rows = new Map<string, Row>();

  /** Loads the rows of the given streams: all that their events may read. Of those that begin in this batch there are none. */
  static async load(store: TableStore, streams: ReadonlySet<string>, begun: ReadonlySet<string>, kysely: AnyDatabase): Promise<TableBatch> {
    const batch = new TableBatch(store);
    for (const stream of streams) batch.#streams.set(stream, new Map());
    for (const row of await store.rowsOf([...streams.difference(begun)], kysely)) {
      batch.#streams.get(row.stream)?.set(row.key, store.columnsOf(row));
    }
    return batch;
  }

  private constructor(private readonly store: TableStore) {}

  /** Turns to the stream whose event comes next. */
  at(stream: string): void {
    const rows = this.#streams.get(stream);
    if (rows === undefined) throw new Error('a stream of this batch was not loaded');
    this.#stream = stream;
    this.#rows = rows;
  }

  get(key = ''): Row | undefined {
    return this.#rows.get(key);
  }

  put(row: Row, key = ''): void {
    this.store.assertFits(row);
    this.#rows.set(key, row);
    this.#touch(key);
  }

  change(part: Partial<Row>, key = ''): void {
    const row = this.#rows.get(key);
    if (row !== undefined) this.put({ ...row, ...(part as Row) }, key);
  }

  delete(key = ''): void {
    if (this.#rows.delete(key)) this.#touch(key);
  }

  all(): readonly (readonly [string, Row])[] {
    return [...this.#rows];
  }

  clear(): void {
    for (const key of [...this.#rows.keys()]) this.delete(key);
  }

  /** Writes what has changed. */
  async save(kysely: AnyDatabase): Promise<void> {
    const puts: (readonly [...RowId, Row])[] = [];
    const deletes: RowId[] = [];
    for (const [stream, keys] of this.#touched) {
      for (const key of keys) {
        const row = this.#streams.get(stream)?.get(key);
        if (row === undefined) deletes.push([stream, key]);
        else puts.push([stream, key, row]);
      }
    }
    await this.store.write(puts, deletes, kysely);
  }

  #touch(key: string): void {
    const keys = this.#touched.get(this.#stream);
    if (keys === undefined) this.#touched.set(this.#stream, new Set([key]));
    else keys.add(key);
  }
}
