/** Two instances on one PostgreSQL: what one writes of a case while the other forgets it does not stay. Source: architecture.md 5. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { setTimeout } from 'node:timers/promises';
import { type Database, makeTables } from '#database';
import { rowOf } from '../../../libs/casework/src/reactions/duty-rows.js';
import { BOARD, DutyTable, type DutyTables, makeDutyTables } from '../../../libs/casework/src/reactions/duty-tables.js';
import { NO_FACTS } from '../../../libs/casework/src/shared/facts.js';
import { type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

let engine: EngineForTests;
beforeAll(async () => { engine = await startEngine('PostgreSQL'); }, POSTGRES_START_MILLISECONDS);
afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

const [FORGOTTEN, OTHER] = ['0ee43b82-a497-51ad-844f-73ff66bee2d5', '1ee43b82-a497-51ad-844f-73ff66bee2d5'];
const rowsOf = (caseId: string) => [rowOf(caseId, { name: 'screening', key: 'case', dueAt: '2026-03-13T08:00:00.000Z', owedBy: { organisation: 'casa-lumina' } }, NO_FACTS)];

/** Resolves when the work is done, or when somebody waits for a lock in this database. */
async function doneOrWaiting({ kysely }: Database<DutyTables>, work: Promise<void>): Promise<void> {
  const done = Symbol('done');
  while ((await Promise.race([work.then(() => done), setTimeout(5)])) !== done) {
    const { rows } = await sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(kysely);
    if (rows.length > 0) return;
  }
}

it('a case that is forgotten while another instance writes a duty of it is forgotten whole', async () => {
  const address = await engine.freshAddress();
  const [writer, forgetter, looker] = [engine.open<DutyTables>(address), engine.open<DutyTables>(address), engine.open<DutyTables>(address)];
  await makeTables(writer, (kysely) => makeDutyTables({ ...writer, kysely }));
  const table = new DutyTable(writer.kysely);
  const written = Promise.withResolvers<unknown>();
  const mayCommit = Promise.withResolvers<unknown>();
  const writing = writer.kysely.transaction().execute(async (db) => {
    await db.updateTable('duty_reader').set({ position: '7' }).where('id', '=', BOARD).execute();
    await table.replace([FORGOTTEN, OTHER], [FORGOTTEN, OTHER].flatMap(rowsOf), db);
    written.resolve(undefined);
    await mayCommit.promise;
  });
  await written.promise;
  const forgetting = forgetter.kysely.transaction().execute((db) => new DutyTable(forgetter.kysely).forget(FORGOTTEN, db));
  await doneOrWaiting(looker, forgetting);
  mayCommit.resolve(undefined);
  await Promise.all([writing, forgetting]);
  for (const name of ['duties', 'duty_viewers'] as const) {
    const rows = await looker.kysely.selectFrom(name).select('case_id').distinct().execute();
    expect(rows.map(({ case_id: caseId }) => caseId)).toEqual([OTHER]);
  }
});
