/**
 * What became of each command: for repeats that left no event (rejections, wishes that held already) and for
 * `GET /v1/commands/{key}`. Operational, not truth: lost, it answers "unknown" and nothing else changes.
 * Source: architecture.md 4.
 */
import { createHash } from 'node:crypto';
import { type Database, ListStatement, prepared, type SharedWork, sharedTransaction, writesTo } from '#database';

/** A remembered command. No field may hold personal data, a hash of it included: a fingerprint is an HMAC. */
export interface RememberedCommand {
  readonly commandId: string;
  readonly stream: string;
  /** HMAC of the body: the same key with another body is an error of the client. */
  readonly fingerprint: string;
  /** Small JSON: a rejection's code and details, or the revisions of the events. */
  readonly outcome: unknown;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
}

/** The tables, for the schema of the operational database. */
export interface CommandTables {
  commands: { command_id: string; stream: string; fingerprint: string; outcome: string; at: string };
  /** Streams of which nothing is kept any more, by a digest: only who has the stream's name finds it here. */
  forgotten_streams: { digest: string };
}

const EMPTY = { command_id: '', stream: '', fingerprint: '', outcome: '', at: '' };
type Row = CommandTables['commands'];
type Write = Parameters<SharedWork<CommandTables, Row, undefined>>[0];

export class CommandLog {
  private readonly write: (row: Row) => Promise<void>;
  private readonly known;
  private readonly insertion: ListStatement<Row>;
  private readonly marks: ListStatement<string>;

  constructor(private readonly database: Database<CommandTables>) {
    const { kysely } = database;
    const places = <One>(size: number, one: One): One[] => Array.from({ length: size }, () => one);
    this.insertion = new ListStatement<Row>(
      (size) => kysely.insertInto('commands').values(places(size, EMPTY)).onConflict((conflict) => conflict.column('command_id').doNothing()).compile(),
      ({ command_id, stream, fingerprint, outcome, at }) => [command_id, stream, fingerprint, outcome, at],
    );
    this.marks = new ListStatement<string>(
      (size) => kysely.selectFrom('forgotten_streams').select('digest').where('digest', 'in', places(size, '')).compile(),
      (digest) => [digest],
    );
    this.known = prepared(({ commandId }: { commandId: string }) => kysely.selectFrom('commands').selectAll().where('command_id', '=', commandId));
    this.write = sharedTransaction(database, async (transaction, rows: readonly Row[]) => {
      const kept = await this.withoutForgotten(transaction, rows);
      for (const query of this.insertion.over(kept)) await transaction.executeQuery(query);
      return rows.map(() => undefined);
    });
  }

  /** Makes the tables where they are missing. */
  async prepare(): Promise<void> {
    const { schema } = this.database.kysely;
    await schema.createTable('forgotten_streams').ifNotExists().addColumn('digest', 'text', (column) => column.primaryKey()).execute();
    await schema
      .createTable('commands')
      .ifNotExists()
      .addColumn('command_id', 'text', (column) => column.primaryKey())
      .addColumn('stream', 'text', (column) => column.notNull())
      .addColumn('fingerprint', 'text', (column) => column.notNull())
      .addColumn('outcome', 'text', (column) => column.notNull())
      .addColumn('at', 'text', (column) => column.notNull())
      .execute();
    await schema.createIndex('commands_at').ifNotExists().on('commands').column('at').execute();
  }

  async find(commandId: string): Promise<RememberedCommand | undefined> {
    const { rows: [row] } = await this.known(this.database.kysely, { commandId });
    if (row === undefined) return undefined;
    const { stream, fingerprint, at } = row;
    return { commandId, stream, fingerprint, outcome: JSON.parse(row.outcome) as unknown, at };
  }

  /**
   * The first outcome of a command stays: a repeat, or a second instance, changes nothing. Of a forgotten stream nothing is
   * kept, also of a command that was under way while it was forgotten: a repeat is answered from the log.
   */
  async remember({ commandId, stream, fingerprint, outcome, at }: RememberedCommand): Promise<void> {
    await this.write({ command_id: commandId, stream, fingerprint, outcome: JSON.stringify(outcome), at });
  }

  /** Forgets all commands of a stream, for good: of a person who was erased not even a fingerprint stays, or comes later. */
  async forget(stream: string): Promise<void> {
    const { kysely, engine } = this.database;
    await kysely.transaction().execute(async (transaction) => {
      // Waits for every end that is being written: it is deleted here. Those that wait for this find the mark.
      await writesTo(transaction, engine, 'commands', 'alone');
      await transaction.insertInto('forgotten_streams').values({ digest: digestOf(stream) }).onConflict((conflict) => conflict.doNothing()).execute();
      await transaction.deleteFrom('commands').where('stream', '=', stream).execute();
    });
  }

  /** Forgets what is older than any client's retry; answers how many. */
  async forgetOlderThan(at: string): Promise<number> {
    const { kysely } = this.database;
    const { numDeletedRows } = await kysely.deleteFrom('commands').where('at', '<', at).executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }

  private async withoutForgotten(transaction: Write, rows: readonly Row[]): Promise<readonly Row[]> {
    await writesTo(transaction, this.database.engine, 'commands', 'beside others');
    const digests = [...new Set(rows.map(({ stream }) => digestOf(stream)))];
    const forgotten = new Set<string>();
    for (const query of this.marks.over(digests)) {
      const { rows: marks } = await transaction.executeQuery<CommandTables['forgotten_streams']>(query);
      for (const { digest } of marks) forgotten.add(digest);
    }
    return rows.filter(({ stream }) => !forgotten.has(digestOf(stream)));
  }
}

const digestOf = (stream: string): string => createHash('sha256').update(stream).digest('hex');
