/** What an organisation may see and do about its own pushes. */
import type { Clock } from '#kernel';
import type { DeliveryDatabase, DeliveryRow, DeliveryState } from './tables.js';

/** One message on one way, as its recipient sees it. */
export interface Delivery {
  readonly id: string;
  readonly messageId: string;
  readonly subscription: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** What the last attempt met: a status code, or why there was no answer. */
  readonly answer?: string;
}

/** Deliveries to an organisation in a state, oldest first, at most 100. */
export async function deliveriesTo(
  database: DeliveryDatabase,
  organisation: string,
  state: DeliveryState,
): Promise<readonly Delivery[]> {
  const own = database.kysely.selectFrom('deliveries').selectAll().where('recipient', '=', organisation);
  const rows = await own
    .where('channel', '=', 'webhook')
    .where('state', '=', state)
    .orderBy('sequence')
    .limit(100)
    .execute();
  return rows.map(shown);
}

/**
 * Sends a dead delivery again, from the beginning of the schedule; what it parked follows. Idempotent: what waits, was
 * sent or withdrawn stays so. `undefined` when the organisation has no such delivery.
 */
export async function redeliver(
  database: DeliveryDatabase,
  organisation: string,
  id: string,
  clock: Clock,
): Promise<Delivery | undefined> {
  const own = { id, recipient: organisation };
  await database.kysely
    .updateTable('deliveries')
    .set({ state: 'waiting', attempts: 0, due_at: clock(), answer: null })
    .where((row) => row.and(own))
    .where('state', '=', 'dead')
    .execute();
  const row = await database.kysely
    .selectFrom('deliveries')
    .selectAll()
    .where((found) => found.and(own))
    .executeTakeFirst();
  return row && shown(row);
}

function shown({ id, notice, way, state, attempts, answer }: DeliveryRow): Delivery {
  return { id, messageId: notice, subscription: way, state, attempts, ...(answer === null ? {} : { answer }) };
}
