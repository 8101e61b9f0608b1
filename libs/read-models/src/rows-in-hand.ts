/**
 * The rows of one table that are in hand: found once, folded in memory, and written together. Those of the streams at work
 * last stay in hand, so that a stream that comes again is not read again; which, and how many, changes nothing but the time
 * it takes.
 */
import type { Row, Rows, Value } from './projection.js';
import type { AnyDatabase, RowId, TableStore } from './table-store.js';

type StreamRows = Map<string, Row>;

export class RowsInHand implements Rows<Row> {
  /** The one used longest ago first. */
  readonly #streams = new Map<string, StreamRows>();
  readonly #touched = new Map<string, Set<string>>();
  /** Rows and streams in hand. */
  #size = 0;
  #stream = '';
  #rows: StreamRows = new Map();

  /** @param kept how many rows, and streams without any, stay in hand once they are committed */
  constructor(
    private readonly store: TableStore,
    private readonly kept: number,
  ) {}

  /** Finds all rows that events of these streams may read. Of those that begin now there are none. */
  async find(streams: ReadonlySet<string>, begun: ReadonlySet<string>, kysely: AnyDatabase): Promise<void> {
    const stored: string[] = [];
    for (const stream of streams) {
      const rows = this.#streams.get(stream);
      if (rows === undefined) {
        if (!begun.has(stream)) stored.push(stream);
        this.#size += 1;
      } else this.#streams.delete(stream);
      this.#streams.set(stream, rows ?? new Map<string, Row>());
    }
    for (const row of await this.store.rowsOf(stored, kysely)) {
      this.#streams.get(row.stream)?.set(row.key, this.store.columnsOf(row));
      this.#size += 1;
    }
  }

  /** Turns to the stream whose event comes next. */
  at(stream: string): void {
    const rows = this.#streams.get(stream);
    if (rows === undefined) throw new Error('the rows of this stream are not in hand');
    this.#stream = stream;
    this.#rows = rows;
  }

  get(key = ''): Row | undefined {
    return this.#rows.get(key);
  }

  put(row: Row, key = ''): void {
    this.store.assertFits(row);
    if (!this.#rows.has(key)) this.#size += 1;
    this.#rows.set(key, row);
    this.#touch(key);
  }

  change(part: Partial<Row>, key = ''): void {
    const row = this.#rows.get(key);
    if (row !== undefined) this.put({ ...row, ...(part as Row) }, key);
  }

  delete(key = ''): void {
    if (!this.#rows.delete(key)) return;
    this.#size -= 1;
    this.#touch(key);
  }

  all(): readonly (readonly [string, Row])[] {
    return [...this.#rows];
  }

  clear(): void {
    for (const key of [...this.#rows.keys()]) this.delete(key);
  }

  /** Writes what has changed. */
  async save(kysely: AnyDatabase): Promise<void> {
    const puts: (readonly Value[])[] = [];
    const deletes: RowId[] = [];
    for (const [stream, keys] of this.#touched) {
      for (const key of keys) {
        const row = this.#streams.get(stream)?.get(key);
        if (row === undefined) deletes.push([stream, key]);
        else puts.push(this.store.valuesOf(stream, key, row));
      }
    }
    await this.store.write(puts, deletes, kysely);
  }

  /** What was saved is committed: lets go of the streams that were used longest ago. */
  saved(): void {
    this.#touched.clear();
    for (const [stream, rows] of this.#streams) {
      if (this.#size <= this.kept) return;
      this.#streams.delete(stream);
      this.#size -= rows.size + 1;
    }
  }

  /** Lets go of everything, also of what was not saved. */
  drop(): void {
    this.#touched.clear();
    this.#streams.clear();
    this.#size = 0;
  }

  #touch(key: string): void {
    const keys = this.#touched.get(this.#stream);
    if (keys === undefined) this.#touched.set(this.#stream, new Set([key]));
    else keys.add(key);
  }
}
