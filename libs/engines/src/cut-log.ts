/** Refuses a log that is shorter than what was once read of it. */
import type { Database } from '#database';
import type { EventStore } from '#event-store';
import type { DeliveryTables } from '#notifications';
import { storedPosition } from '#read-models';
import { REPORTING_PROJECTIONS } from '#reporting';

/**
 * A reader can not be ahead of the log unless its end was cut off or an older copy was put in its place, and then a consent
 * that was withdrawn since would open a door again. The end is looked at last: others may read and write meanwhile.
 * What was told to partners counts like what was shown: a notifier that is ahead would pass over what comes next.
 * @throws Error that says what to do; nothing was written
 */
export async function refuseCutLog(store: EventStore, views: Database<unknown>, operations: Database<DeliveryTables>): Promise<void> {
  const told = await operations.kysely.selectFrom('notifier_checkpoint').select('position').executeTakeFirst();
  const shown = await Promise.all(REPORTING_PROJECTIONS.map((projection) => storedPosition(views.kysely, projection)));
  const head = await store.head();
  for (const read of [told?.position, ...shown]) {
    if (read === undefined || store.compare(read, head) <= 0) continue;
    throw new Error(
      'the event log ends before what was read of it: its end was cut off, or it is an older copy; find out which, and ' +
        'if the older copy is meant, delete views.db and operations.db (among services the tables of both), start again, and say from where to push',
    );
  }
}
