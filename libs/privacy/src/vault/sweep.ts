/** Rows whose command never reached the log: the process ended between `put` and append, or the append was refused. */
import type { Clock } from '#kernel';
import type { PrivacyDatabase } from './tables.js';
import { lockPersons, purge } from './tables.js';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
const PAGE = 500;

type IsKnown = (stream: string, commandId: string) => Promise<boolean>;
interface Unconfirmed {
  readonly reference: string;
  readonly person: string;
  readonly stream: string;
  readonly command_id: string;
}

/**
 * See `Vault.sweep`. A row whose command is known is looked at once.
 * @throws RangeError when `olderThan` is less than 24 h ago: a command may still be on its way to the log
 */
export async function sweepRows(
  { database, clock }: { database: PrivacyDatabase; clock: Clock },
  olderThan: string,
  isKnown: IsKnown,
): Promise<number> {
  if (Date.parse(olderThan) > Date.parse(clock()) - DAY_MILLISECONDS)
    throw new RangeError('a row is left alone for 24 h');
  let gone = 0;
  for (;;) {
    const page = await unconfirmed(database, olderThan);
    for (const row of page) gone += await judge(database, row, isKnown);
    if (page.length < PAGE) break;
  }
  if (gone > 0) await purge(database, ['vault_key', 'vault_row']);
  return gone;
}

const unconfirmed = ({ kysely }: PrivacyDatabase, olderThan: string): Promise<Unconfirmed[]> =>
  kysely
    .selectFrom('vault_row')
    .select(['reference', 'person', 'stream', 'command_id'])
    .where('confirmed', '=', 0)
    .where('put_at', '<', olderThan)
    .orderBy('put_at')
    .limit(PAGE)
    .execute();

/** Each row leaves the list of the unconfirmed: as confirmed, or as gone. */
async function judge(database: PrivacyDatabase, row: Unconfirmed, isKnown: IsKnown): Promise<number> {
  if (!(await isKnown(row.stream, row.command_id))) return remove(database, row);
  await database.kysely.updateTable('vault_row').set({ confirmed: 1 }).where('reference', '=', row.reference).execute();
  return 0;
}

/** The data key stays: other rows may need it, and with none it opens nothing. */
const remove = (database: PrivacyDatabase, { reference, person }: Unconfirmed): Promise<number> =>
  database.kysely.transaction().execute(async (queries) => {
    await lockPersons(database, queries, [person]);
    const gone = await queries.deleteFrom('vault_row').where('reference', '=', reference).executeTakeFirst();
    return Number(gone.numDeletedRows);
  });
