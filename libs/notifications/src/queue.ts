/** Which deliveries are next. Order is kept within a key on a way: the first that is not done stands at its head. */
import { sql } from 'kysely';
import type { DeliveryDatabase, DeliveryRow } from './tables.js';

/** One way to one recipient, or to a broker. */
export type Way = Pick<DeliveryRow, 'channel' | 'way'>;

// `e` stands before `d`: a recall before what is none; else the older one. A dead recall holds up no other recall.
const BEFORE = sql<boolean>`(e.recall > d.recall
  or (e.recall = d.recall and e.sequence < d.sequence and (d.recall = 0 or e.state = 'waiting')))`;

/**
 * Heads of keys that are due. A head is the oldest delivery of its key that is not done; a dead one parks the key.
 * A recall stands before everything in its key that is not a recall, also where the key is parked.
 */
export async function dueHeads(
  database: DeliveryDatabase,
  { channel, way }: Way,
  now: string,
  limit: number,
): Promise<DeliveryRow[]> {
  return database.kysely
    .selectFrom('deliveries as d')
    .selectAll('d')
    .where('d.channel', '=', channel)
    .where('d.way', '=', way)
    .where('d.state', '=', 'waiting')
    .where('d.due_at', '<=', now)
    .where((d) =>
      d.not(
        d.exists(
          d
            .selectFrom('deliveries as e')
            .select(sql`1`.as('one'))
            .whereRef('e.channel', '=', 'd.channel')
            .whereRef('e.way', '=', 'd.way')
            .whereRef('e.ordering_key', '=', 'd.ordering_key')
            .where('e.state', 'in', ['waiting', 'dead'])
            .where(BEFORE),
        ),
      ),
    )
    .orderBy('d.sequence')
    .limit(limit)
    .execute();
}

/** Ways on which something is due now. */
export async function waysDue(database: DeliveryDatabase, now: string): Promise<Way[]> {
  const due = database.kysely.selectFrom('deliveries').select(['channel', 'way']).distinct();
  return due.where('state', '=', 'waiting').where('due_at', '<=', now).execute();
}

/** When something becomes due that is not due now. */
export async function nextDue(database: DeliveryDatabase, now: string): Promise<string | undefined> {
  const { due } = await database.kysely
    .selectFrom('deliveries')
    .select(({ fn }) => fn.min<string | null>('due_at').as('due'))
    .where('state', '=', 'waiting')
    .where('due_at', '>', now)
    .executeTakeFirstOrThrow();
  return due ?? undefined;
}
