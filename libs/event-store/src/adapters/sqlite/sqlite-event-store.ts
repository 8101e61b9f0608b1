/** The event store on node:sqlite: one file, one process, no server. */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { encode } from '../../encoding.js';
import type { Appended, EventStore, EventToAppend, ExpectedRevision, Position } from '../../port.js';
import type { Heading, ReadAllOptions, ReadStreamOptions, StoredEvent } from '../../port.js';
import { WakeUp } from '../../wake-up.js';
import { openDatabase } from './database.js';
import { GroupCommit } from './group-commit.js';
import { Statements } from './statements.js';
import { numberOf, positionOf } from './stored-row.js';

const PAGE_SIZE = 1_000;

/** So many events at once come from several writers: they will not stop in this moment, and a page costs a commit. */
const BUSY_PAGE = 8;
const BUSY_PAUSE_MILLISECONDS = 100;

/**
 * Opens the event store in a file, or in memory with `:memory:`. Keeps all promises of `EventStore`; the file is held
 * by this process alone until `close`.
 * @throws EventStoreLocked when the file is in use, EventStoreRefused when it is not a file this build can serve
 */
export function openSqliteEventStore(path: string): EventStore {
  return new SqliteEventStore(openDatabase(path));
}

class SqliteEventStore implements EventStore {
  private readonly statements: Statements;
  private readonly writer: GroupCommit;
  private readonly wakeUp = new WakeUp();
  private closing: Promise<void> | undefined;
  /** The page read last, until something is appended: readers that follow the log ask for the same one after the other. */
  private newest:
    { readonly after: Position; readonly size: number; readonly page: readonly Heading[] } | undefined;

  constructor(private readonly database: DatabaseSync) {
    this.statements = new Statements(database);
    this.writer = new GroupCommit(this.statements, () => {
      this.newest = undefined;
      this.wakeUp.all();
    });
  }

  // Methods are `async` although nothing is awaited, so that every refusal comes as a rejected promise.
  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    this.assertOpen();
    return this.writer.append(stream, encode(events), expected);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async readStream(stream: string, { from = 0, to = Number.MAX_SAFE_INTEGER }: ReadStreamOptions = {}) {
    this.assertOpen();
    // Whoever keeps a stream asks what came since, and that is nothing most of the time.
    if (from > this.writer.lastRevision(stream)) return [];
    return this.statements.streamEvents(stream, from, to);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async readLast(stream: string) {
    this.assertOpen();
    return this.statements.lastEvent(stream);
  }

  async *readAll(after: Position, { pageSize = PAGE_SIZE }: ReadAllOptions = {}) {
    for (let last = after; ;) {
      await othersFirst();
      this.assertOpen();
      const page = this.statements.page(numberOf(last), pageSize);
      if (page.length === 0) return;
      last = positionAfter(page, last);
      yield page.map(read);
    }
  }

  async *subscribe(after: Position, signal: AbortSignal, options?: ReadAllOptions) {
    for await (const page of this.subscribeToHeadings(after, signal, options)) yield page.map(read);
  }

  async *subscribeToHeadings(after: Position, signal: AbortSignal, { pageSize = PAGE_SIZE }: ReadAllOptions = {}) {
    for (let last = after; !signal.aborted && this.closing === undefined;) {
      const page = this.page(last, pageSize);
      if (page.length === 0) {
        // No turn of the event loop lies between the look and this call, so no append slips through.
        await this.wakeUp.next(signal);
      } else {
        last = positionAfter(page, last);
        yield page;
        // After a full page the reader is behind, after a small one somebody may wait for what comes next.
        const isBusy = page.length >= BUSY_PAGE && page.length < pageSize;
        await (isBusy
          ? setTimeout(BUSY_PAUSE_MILLISECONDS, undefined, { signal }).catch(() => undefined)
          : othersFirst());
      }
    }
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async head() {
    this.assertOpen();
    return positionOf(this.statements.head());
  }

  compare(a: Position, b: Position): number {
    return numberOf(a) - numberOf(b);
  }

  close(): Promise<void> {
    this.closing ??= this.writer.idle().then(() => {
      this.wakeUp.all();
      this.database.close();
    });
    return this.closing;
  }

  private page(after: Position, size: number): readonly Heading[] {
    const { newest } = this;
    // A page that is not full holds all there is.
    if (newest?.after === after && (newest.page.length < newest.size || size <= newest.size))
      return newest.page.length <= size ? newest.page : newest.page.slice(0, size);
    const page = this.statements.page(numberOf(after), size);
    this.newest = { after, size, page };
    return page;
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new Error('the event store is closed');
  }
}

/** A reader of a long history, or one that asks again and again, must not keep the event loop from everybody else. */
const othersFirst = (): Promise<unknown> => setImmediate();

const read = (heading: Heading): StoredEvent => heading.read();

function positionAfter(page: readonly Heading[], before: Position): Position {
  return page.at(-1)?.position ?? before;
}
