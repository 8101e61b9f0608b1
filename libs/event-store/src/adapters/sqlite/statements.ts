/** The statements of the SQLite event store, compiled once, with typed results. */
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { EncodedEvent } from '../../encoding.js';
import type { StoredEvent } from '../../port.js';
import { type Row, stored, UnreadEvent } from './stored-row.js';

const COLUMNS = 'position, stream, revision, id, type, data, metadata';

/** A page ends at this many characters of JSON, so that many large events do not fill the memory. */
const PAGE_CHARACTERS = 8 * 1024 * 1024;

/** Where a stream ends. */
export interface StreamEnd {
  readonly revision: number;
  readonly position: number;
}

export class Statements {
  private readonly begin: StatementSync;
  private readonly commitAll: StatementSync;
  private readonly insertOne: StatementSync;
  private readonly endOf: StatementSync;
  private readonly headOf: StatementSync;
  private readonly range: StatementSync;
  private readonly last: StatementSync;
  private readonly after: StatementSync;

  constructor(private readonly database: DatabaseSync) {
    const rows = (sql: string) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.begin = database.prepare('BEGIN IMMEDIATE');
    this.commitAll = database.prepare('COMMIT');
    this.insertOne = database.prepare(
      'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.endOf = rows('SELECT revision, position FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1');
    this.headOf = rows('SELECT max(position) FROM events');
    this.range = rows(`SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision`);
    this.last = rows(`SELECT ${COLUMNS} FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1`);
    this.after = rows(`SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`);
  }

  /** Runs `work`, which must not wait, in one transaction. An error in it or in the commit undoes all of it. */
  transaction<Result>(work: () => Result): Result {
    this.begin.run();
    try {
      const result = work();
      this.commitAll.run();
      return result;
    } catch (error) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Answers the position of the new event. */
  insert(stream: string, revision: number, { id, type, data, metadata }: EncodedEvent): number {
    return Number(this.insertOne.run(stream, revision, id, type, data, metadata).lastInsertRowid);
  }

  streamEnd(stream: string): StreamEnd {
    const row = this.endOf.get(stream) as unknown as [number, number] | undefined;
    return row === undefined ? { revision: -1, position: 0 } : { revision: row[0], position: row[1] };
  }

  head(): number {
    return (this.headOf.get() as unknown as [number | null])[0] ?? 0;
  }

  streamEvents(stream: string, from: number, to: number): StoredEvent[] {
    return (this.range.all(stream, from, to) as unknown as Row[]).map(stored);
  }

  lastEvent(stream: string): StoredEvent | undefined {
    const row = this.last.get(stream) as unknown as Row | undefined;
    return row && stored(row);
  }

  /** Events after a position, at least one if there is one, at most `size`. */
  page(after: number, size: number): UnreadEvent[] {
    const page: UnreadEvent[] = [];
    let characters = 0;
    for (const row of this.rows(this.after, after, size)) {
      page.push(new UnreadEvent(row));
      characters += row[5].length + row[6].length;
      if (characters > PAGE_CHARACTERS) break;
    }
    return page;
  }

  private rows(statement: StatementSync, ...values: SQLInputValue[]): Iterable<Row> {
    return statement.iterate(...values) as unknown as Iterable<Row>;
  }
}
