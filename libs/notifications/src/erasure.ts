/** What the notifier forgets of an erased case: everything. Source: architecture.md 5. */
import type { Kysely } from 'kysely';
import type { DeliveryDatabase, DeliveryTables } from './tables.js';

/** Drops feed entries, what waits, what is parked and what is dead of a case. Their numbers are not used again. */
export async function forgetCase(write: Kysely<DeliveryTables>, caseId: string): Promise<number> {
  await write.deleteFrom('deliveries').where('case_id', '=', caseId).execute();
  const { numDeletedRows } = await write.deleteFrom('notices').where('case_id', '=', caseId).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/**
 * Forgets a case, for the erasure that runs outside the reader. Idempotent. A deletion order that a partner has not
 * taken yet goes too: whoever erases asks for deletion first. Returns how many notices went.
 */
export function forgetNotices(database: DeliveryDatabase, caseId: string): Promise<number> {
  return database.kysely.transaction().execute((write) => forgetCase(write, caseId));
}
