/** How far each version of a projection has read, in the same database as its rows. */
import type { Position } from '#event-store';
import { START } from '#event-store';
import type { Kysely } from 'kysely';
import type { AnyDatabase } from './table-store.js';

interface Checkpoints {
  projection_checkpoint: {
    name: string;
    version: number;
    position: Position;
    /** JSON list of this version's tables, so that a later build can drop what it no longer declares. */
    tables: string;
  };
}

interface Named {
  readonly name: string;
  readonly version: number;
}

const checkpoints = (kysely: AnyDatabase) => kysely as unknown as Kysely<Checkpoints>;

/** Another instance has moved the checkpoint, or a newer version has taken over: this one must stop. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
}

/** Where to go on reading. On the first run `create` makes the tables, in one transaction with the checkpoint. */
export async function resume(
  kysely: AnyDatabase,
  { name, version }: Named,
  tables: readonly string[],
  create: (transaction: AnyDatabase) => Promise<void>,
): Promise<Position> {
  return checkpoints(kysely)
    .transaction()
    .execute(async (transaction) => {
      await transaction.schema
        .createTable('projection_checkpoint')
        .ifNotExists()
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('position', 'text', (column) => column.notNull())
        .addColumn('tables', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('projection_checkpoint_pk', ['name', 'version'])
        .execute();
      const known = await transaction
        .selectFrom('projection_checkpoint')
        .select('position')
        .where('name', '=', name)
        .where('version', '=', version)
        .executeTakeFirst();
      if (known !== undefined) return known.position;
      await create(transaction as unknown as AnyDatabase);
      const first = { name, version, position: START, tables: JSON.stringify(tables) };
      await transaction.insertInto('projection_checkpoint').values(first).execute();
      return START;
    });
}

/** How far the rows of this version go, whichever process keeps them; `undefined` before one ever did. */
export async function storedPosition(kysely: AnyDatabase, { name, version }: Named): Promise<Position | undefined> {
  const kept = checkpoints(kysely).selectFrom('projection_checkpoint').select('position').where('name', '=', name);
  try {
    return (await kept.where('version', '=', version).executeTakeFirst())?.position;
  } catch (error) {
    if (isMissingTable(error)) return undefined;
    throw error;
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; SQLite has no code of its own for it. */
function isMissingTable(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '42P01' || (typeof message === 'string' && message.startsWith('no such table'));
}

/**
 * Moves the checkpoint, and only from where this instance left it. First in its transaction: it holds the row until the
 * commit, so a second instance waits and then finds itself fenced before it has written anything.
 * @throws Fenced
 */
export async function advance(transaction: AnyDatabase, of: Named, from: Position, to: Position): Promise<void> {
  const { numUpdatedRows } = await checkpoints(transaction)
    .updateTable('projection_checkpoint')
    .set({ position: to })
    .where('name', '=', of.name)
    .where('version', '=', of.version)
    .where('position', '=', from)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n)
    throw new Fenced(`another instance reads ${of.name} too, or a newer version has taken over`);
}

/** Drops the tables of all older versions: this one has caught up. */
export async function takeOver(kysely: AnyDatabase, { name, version }: Named): Promise<void> {
  await checkpoints(kysely)
    .transaction()
    .execute(async (transaction) => {
      const older = await transaction
        .deleteFrom('projection_checkpoint')
        .where('name', '=', name)
        .where('version', '<', version)
        .returning('tables')
        .execute();
      for (const table of older.flatMap(({ tables }) => JSON.parse(tables) as string[])) {
        await transaction.schema.dropTable(table).ifExists().execute();
      }
    });
}
