/** The tables of the deadline board. A row for readers is written and deleted with the duty that it stands for, never alone. */
import { type Database, RowTable, inOrderOfKey } from '#database';
import { START } from '#event-store';
import { type DutyRow, type ViewerRow, viewerRowsOf } from './duty-rows.js';

export interface DutyTables {
  duties: DutyRow;
  /** One row a duty and reader: whoever looks finds its own rows side by side, soonest first, however many others there are. */
  duty_viewers: ViewerRow;
  duty_reader: { id: number; position: string };
}
type Queries = Database<DutyTables>['kysely'];

/** Number of this form of the tables: those of an earlier one are dropped and made anew from the log. */
export const BOARD = 3;
const DUTY_COLUMNS = ['case_id', 'name', 'key', 'due_at', 'place', 'owed_organisation', 'owed_role', 'acts', 'viewers'] as const;
const VIEWER_COLUMNS = ['viewer', 'due_at', 'place', 'case_id', 'name', 'key', 'owed_organisation', 'owed_role'] as const;

/** Makes the tables where this form of them is missing. */
export async function makeDutyTables({ kysely, engine }: Pick<Database<DutyTables>, 'kysely' | 'engine'>): Promise<void> {
  const { schema } = kysely;
  await schema.createTable('duty_reader').ifNotExists()
    .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('position', 'text', (c) => c.notNull()).execute();
  const made = await kysely.insertInto('duty_reader').values({ id: BOARD, position: START }).onConflict((c) => c.doNothing()).executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) return;
  for (const table of ['duties', 'duty_viewers']) await schema.dropTable(table).ifExists().execute();
  await inOrderOfKey(schema.createTable('duties')
    .addColumn('case_id', 'text', (c) => c.notNull()).addColumn('name', 'text', (c) => c.notNull())
    .addColumn('key', 'text', (c) => c.notNull()).addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('owed_organisation', 'text').addColumn('owed_role', 'text')
    .addColumn('acts', 'integer', (c) => c.notNull()).addColumn('viewers', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('duties_key', ['case_id', 'name', 'key']), engine).execute();
  await schema.createIndex('duties_acting').on('duties').columns(['due_at', 'acts']).where('acts', '=', 1).execute();
  await inOrderOfKey(schema.createTable('duty_viewers')
    .addColumn('viewer', 'text', (c) => c.notNull()).addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull()).addColumn('case_id', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull()).addColumn('key', 'text', (c) => c.notNull())
    .addColumn('owed_organisation', 'text').addColumn('owed_role', 'text')
    .addPrimaryKeyConstraint('duty_viewers_key', ['viewer', 'due_at', 'place']), engine).execute();
}

/** Writes duties and their readers' rows; within a transaction of the caller. */
export class DutyTable {
  private readonly duties: RowTable<DutyRow>;
  private readonly viewers: RowTable<ViewerRow>;

  constructor(kysely: Queries) {
    this.duties = new RowTable(kysely, { name: 'duties', columns: DUTY_COLUMNS, keyLength: 3 });
    this.viewers = new RowTable(kysely, { name: 'duty_viewers', columns: VIEWER_COLUMNS, keyLength: 3 });
  }

  /** Makes these the duties of these cases. What stays as it was is not written again. */
  async replace(caseIds: readonly string[], rows: readonly DutyRow[], db: Queries): Promise<void> {
    const before = new Map((await this.duties.startingWith(caseIds, db)).map((row) => [keyOf(row), row]));
    const made: DutyRow[] = [];
    for (const row of rows) {
      if (isSame(before.get(keyOf(row)), row)) before.delete(keyOf(row));
      // A copy: its place is worked out once.
      else made.push({ ...row });
    }
    const gone = [...before.values()];
    await this.viewers.delete(gone.flatMap(viewerRowsOf).map(({ viewer, due_at, place }) => [viewer, due_at, place]), db);
    await this.duties.delete(gone.map(({ case_id, name, key }) => [case_id, name, key]), db);
    await this.duties.insert(made.map(valuesOf), db);
    await this.viewers.insert(made.flatMap(viewerRowsOf).map((row) => VIEWER_COLUMNS.map((column) => row[column])), db);
  }

  /** Deletes all of a case. Takes hold of the checkpoint, as whoever writes does: nobody adds a row between look and deletion. */
  async forget(caseId: string, db: Queries): Promise<void> {
    await db.updateTable('duty_reader').set((row) => ({ position: row.ref('position') })).where('id', '=', BOARD).execute();
    await this.replace([caseId], [], db);
  }
}

const keyOf = ({ case_id, name, key }: DutyRow): string => `${case_id}\n${name}\n${key}`;

/** Whether a duty of the same key stands as it did; its place follows from the key. */
function isSame(there: DutyRow | undefined, row: DutyRow): boolean {
  return there !== undefined && DUTY_COLUMNS.every((column) => column === 'place' || there[column] === row[column]);
}

const valuesOf = (row: DutyRow): readonly unknown[] => DUTY_COLUMNS.map((column) => row[column]);
