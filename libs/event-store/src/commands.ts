/**
 * What became of each command: for repeats that left no event (rejections, wishes that held already) and for
 * `GET /v1/commands/{key}`. Operational, not truth: lost, it answers "unknown" and nothing else changes.
 * Source: architecture.md 4.
 */
import { type Database, ListStatement, prepared, sharedTransaction } from '#database';

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

/** The table, for the schema of the operational database. */
export interface CommandTables {
  commands: { command_id: string; stream: string; fingerprint: string; outcome: string; at: string };
}

const EMPTY = { command_id: '', stream: '', fingerprint: '', outcome: '', at: '' };

export class CommandLog {
  private readonly write: (row: CommandTables['commands']) => Promise<void>;
  private readonly known;

  constructor(private readonly database: Database<CommandTables>) {
    const { kysely } = database;
    const insert = new ListStatement<CommandTables['commands']>(
      (size) =>
        kysely
          .insertInto('commands')
          .values(Array.from({ length: size }, () => EMPTY))
          .onConflict((conflict) => conflict.column('command_id').doNothing())
          .compile(),
      ({ command_id, stream, fingerprint, outcome, at }) => [command_id, stream, fingerprint, outcome, at],
    );
    this.write = sharedTransaction(database, async (transaction, rows: readonly CommandTables['commands'][]) => {
      for (const query of insert.over(rows)) await transaction.executeQuery(query);
      return rows.map(() => undefined);
    });
    this.known = prepared(({ commandId }: { commandId: string }) =>
      kysely.selectFrom('commands').selectAll().where('command_id', '=', commandId),
    );
  }

  /** Makes the table where it is missing. */
  async prepare(): Promise<void> {
    const { schema } = this.database.kysely;
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

  /** The first outcome of a command stays: a repeat, or a second instance, changes nothing. */
  async remember({ commandId, stream, fingerprint, outcome, at }: RememberedCommand): Promise<void> {
    await this.write({ command_id: commandId, stream, fingerprint, outcome: JSON.stringify(outcome), at });
  }

  /** Forgets all commands of a stream: of a person who was erased not even a fingerprint stays. */
  async forget(stream: string): Promise<void> {
    await this.database.kysely.deleteFrom('commands').where('stream', '=', stream).execute();
  }

  /** Forgets what is older than any client's retry; answers how many. */
  async forgetOlderThan(at: string): Promise<number> {
    const { kysely } = this.database;
    const { numDeletedRows } = await kysely.deleteFrom('commands').where('at', '<', at).executeTakeFirstOrThrow();
    return Number(numDeletedRows);
  }
}
