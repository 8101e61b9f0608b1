import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Database, makeTables, openDatabase } from '#database';
import type { Duty } from '#kernel';
import { NO_FACTS } from '../shared/facts.js';
import { type DutyRow, rowOf, viewerRowsOf } from './duty-rows.js';
import { DutyTable, type DutyTables, makeDutyTables } from './duty-tables.js';

const [FIRST, SECOND] = ['0ee43b82-a497-51ad-844f-73ff66bee2d5', '1ee43b82-a497-51ad-844f-73ff66bee2d5'];
const FACTS = { ...NO_FACTS, country: 'RO', region: 'RO11' } as const;
const duty = (name: string, dueAt: string, organisation = 'casa-lumina'): Duty => ({ name, key: 'case', dueAt, owedBy: { organisation } });
const rowsOf = (caseId: string, ...duties: readonly Duty[]): DutyRow[] => duties.map((one) => rowOf(caseId, one, FACTS));
const [SCREENING, PLAN] = [duty('screening', '2026-03-13T08:00:00.000Z'), duty('support-plan', '2026-03-20T08:00:00.000Z')];

let database: Database<DutyTables>;
let table: DutyTable;
beforeEach(async () => {
  database = openDatabase<DutyTables>('sqlite::memory:');
  table = new DutyTable(database.kysely);
  await make();
});
afterEach(async () => {
  await database.close();
});

const make = (): Promise<void> => makeTables(database, (kysely) => makeDutyTables({ ...database, kysely }));
const replace = (caseIds: readonly string[], rows: readonly DutyRow[]): Promise<void> =>
  database.kysely.transaction().execute((db) => table.replace(caseIds, rows, db));
const all = async (name: 'duties' | 'duty_viewers'): Promise<object[]> =>
  (await database.kysely.selectFrom(name).selectAll().execute()).map((row) => ({ ...row }));
const inAnyOrder = (rows: readonly object[]): string[] => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
async function expectExactly(rows: readonly DutyRow[]): Promise<void> {
  expect(inAnyOrder(await all('duties'))).toEqual(inAnyOrder(rows));
  expect(inAnyOrder(await all('duty_viewers'))).toEqual(inAnyOrder(rows.flatMap(viewerRowsOf)));
}

describe('the tables of the deadline board', () => {
  it('hold for readers what the duties say, and nothing that they said before', async () => {
    const other = rowsOf(SECOND, SCREENING);
    await replace([FIRST, SECOND], [...rowsOf(FIRST, SCREENING, PLAN), ...other]);
    await expectExactly([...rowsOf(FIRST, SCREENING, PLAN), ...other]);
    const later = rowsOf(FIRST, duty('screening', '2026-03-14T08:00:00.000Z'), duty('support-plan', PLAN.dueAt, 'clinica-aurora'));
    await replace([FIRST], later);
    await expectExactly([...later, ...other]);
    await replace([FIRST], later.slice(1));
    await expectExactly([...later.slice(1), ...other]);
  });

  it('forget a case whole, and no other', async () => {
    await replace([FIRST, SECOND], [...rowsOf(FIRST, SCREENING, PLAN), ...rowsOf(SECOND, PLAN)]);
    await database.kysely.transaction().execute((db) => table.forget(FIRST, db));
    await expectExactly(rowsOf(SECOND, PLAN));
  });

  it('write a duty again only when it changed', async () => {
    await replace([FIRST], rowsOf(FIRST, SCREENING, PLAN));
    const { total_changes: before } = await changes();
    await replace([FIRST], rowsOf(FIRST, SCREENING, PLAN));
    expect((await changes()).total_changes).toBe(before);
    await replace([FIRST], rowsOf(FIRST, SCREENING));
    expect((await changes()).total_changes).toBe(before + 1 + rowsOf(FIRST, PLAN).flatMap(viewerRowsOf).length);
  });

  it('give the clock again what was left to people, once its case is looked at anew', async () => {
    const acting = rowsOf(FIRST, { ...SCREENING, command: { type: 'ReportDeadline', body: {} } });
    await replace([FIRST], acting);
    await database.kysely.updateTable('duties').set({ acts: 0 }).execute();
    await replace([FIRST], acting);
    await expectExactly(acting);
  });

  it('refuse two duties of one name, so that no reader keeps what nobody owes', async () => {
    await expect(replace([FIRST], rowsOf(FIRST, SCREENING, duty('screening', PLAN.dueAt)))).rejects.toThrow();
    await expectExactly([]);
  });

  it('are made anew where an earlier form stood, and only once', async () => {
    await replace([FIRST], rowsOf(FIRST, SCREENING));
    await make();
    await expectExactly(rowsOf(FIRST, SCREENING));
    await database.kysely.updateTable('duty_reader').set({ id: 2, position: '7' }).execute();
    await make();
    await expectExactly([]);
    expect(await database.kysely.selectFrom('duty_reader').selectAll().where('id', '=', 3).executeTakeFirst()).toMatchObject({ position: '' });
  });
});

async function changes(): Promise<{ total_changes: number }> {
  const { kysely } = database;
  return kysely.selectNoFrom((row) => row.fn<number>('total_changes').as('total_changes')).executeTakeFirstOrThrow();
}
