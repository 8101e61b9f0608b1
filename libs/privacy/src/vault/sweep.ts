/** Rows whose command never reached the log: the process ended between `put` and append, or the append was refused. */
import { purge } from '#database';
import type { Clock } from '#kernel';
import type { UnconfirmedRow, Vault } from '../ports.js';
import { UNCONFIRMED_PAGE } from '../ports.js';
import type { PrivacyDatabase } from './tables.js';
import { lockPersons } from './tables.js';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/**
 * Removes rows older than `olderThan` (ISO instant, at least 24 h ago) whose command `isKnown` denies. A row whose
 * command is known is looked at once. Returns how many rows went.
 * @throws RangeError, see `Vault.unconfirmed`
 */
export async function sweepVault(
  vault: Pick<Vault, 'unconfirmed' | 'settle'>,
  olderThan: string,
  isKnown: (stream: string, commandId: string) => Promise<boolean>,
): Promise<number> {
  let gone = 0;
  for (;;) {
    const page = await vault.unconfirmed(olderThan);
    const judged = await Promise.all(
      page.map(async ({ reference, stream, commandId }) => ({ reference, known: await isKnown(stream, commandId) })),
    );
    const references = (isKnownToLog: boolean) =>
      judged.filter(({ known }) => known === isKnownToLog).map(({ reference }) => reference);
    gone += await vault.settle(references(true), references(false));
    if (page.length < UNCONFIRMED_PAGE) return gone;
  }
}

/** See `Vault.unconfirmed`. */
export async function unconfirmedRows(
  { kysely }: PrivacyDatabase,
  clock: Clock,
  olderThan: string,
): Promise<readonly UnconfirmedRow[]> {
  if (Date.parse(olderThan) > dayBefore(clock())) throw new RangeError('a row is left alone for 24 h');
  return kysely
    .selectFrom('vault_row')
    .select(['reference', 'stream', 'command_id as commandId'])
    .where('confirmed', '=', 0)
    .where('put_at', '<', olderThan)
    .orderBy('put_at')
    .limit(UNCONFIRMED_PAGE)
    .execute();
}

/** See `Vault.settle`. The data keys stay: other rows may need them, and with none they open nothing. */
export async function settleRows(
  database: PrivacyDatabase,
  clock: Clock,
  known: readonly string[],
  unknown: readonly string[],
): Promise<number> {
  const before = new Date(dayBefore(clock())).toISOString();
  if (known.length > 0)
    await database.kysely.updateTable('vault_row').set({ confirmed: 1 }).where('reference', 'in', known).execute();
  const gone = unknown.length === 0 ? 0 : await remove(database, unknown, before);
  if (gone > 0) await purge(database, ['vault_key', 'vault_row']);
  return gone;
}

const dayBefore = (now: string): number => Date.parse(now) - DAY_MILLISECONDS;

const remove = (database: PrivacyDatabase, references: readonly string[], before: string): Promise<number> =>
  database.kysely.transaction().execute(async (queries) => {
    const rows = queries.selectFrom('vault_row').select('person').where('reference', 'in', references);
    const persons = (await rows.distinct().execute()).map(({ person }) => person);
    await lockPersons(database, queries, persons);
    const gone = await queries
      .deleteFrom('vault_row')
      .where('reference', 'in', references)
      .where('confirmed', '=', 0)
      .where('put_at', '<', before)
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  });
