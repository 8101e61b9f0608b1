/** What the notifier forgets of an erased case: everything but the orders to delete. Source: architecture.md 5, GDPR art. 19. */
import type { DataHolder } from '#privacy';
import type { Kysely } from 'kysely';
import type { DeliveryDatabase, DeliveryTables, NoticeRow } from './tables.js';

/**
 * Drops feed entries, what waits, what is parked and what is dead of a case, but for recalls of what `holders` received.
 * Numbers are not used again. Returns how many notices went.
 */
export async function forgetCase(
  write: Kysely<DeliveryTables>,
  caseId: string,
  holders: readonly DataHolder[] = [],
): Promise<number> {
  const notices = await write.selectFrom('notices').selectAll().where('case_id', '=', caseId).execute();
  const isKept = ({ recall, recipient, thing }: NoticeRow): boolean =>
    recall === 1 && holders.some((holder) => holder.organisation === recipient && holder.thing === thing);
  const gone = notices.filter((notice) => !isKept(notice)).map(({ id }) => id);
  for (const id of gone) {
    await write.deleteFrom('deliveries').where('notice', '=', id).execute();
    await write.deleteFrom('notices').where('id', '=', id).execute();
  }
  return gone.length;
}

/** Forgets a case, for the erasure that runs outside the reader. Idempotent. See `forgetCase`. */
export function forgetNotices(
  database: DeliveryDatabase,
  caseId: string,
  holders: readonly DataHolder[],
): Promise<number> {
  return database.kysely.transaction().execute((write) => forgetCase(write, caseId, holders));
}
