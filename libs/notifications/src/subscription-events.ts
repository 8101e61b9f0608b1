/**
 * A subscription's stream, `subscription-<id>`. It says that an organisation is told by webhook, and to which origin.
 * The full address and the signing secret are not in it (ADR 0006).
 */
import type { Recorded } from '#kernel';
import type { Kysely } from 'kysely';
import type { DeliveryTables } from './tables.js';

// Stored format: literal names and shapes here are a contract with the log. Add, never change.
/** An organisation asked to be told by webhook. It does not say that the address was ever reached. */
export const SUBSCRIPTION_MADE = 'SubscriptionMade';
/** An organisation asked not to be told by webhook any more. Its feed goes on. */
export const SUBSCRIPTION_ENDED = 'SubscriptionEnded';

export interface SubscriptionMade {
  readonly subscriptionId: string;
  readonly organisation: string;
  /** Scheme, host and port of the address: where this house connects to. */
  readonly origin: string;
}

export interface SubscriptionEnded {
  readonly subscriptionId: string;
}

export const subscriptionStream = (id: string): string => `subscription-${id}`;

/** Whether an event is about a subscription. */
export const concernsSubscription = ({ type }: Recorded): boolean =>
  type === SUBSCRIPTION_MADE || type === SUBSCRIPTION_ENDED;

/** A subscription receives what comes after it in the log, and nothing after its end. */
export async function followSubscription(
  write: Kysely<DeliveryTables>,
  { type, data, metadata }: Recorded,
): Promise<void> {
  if (type === SUBSCRIPTION_MADE) {
    const { subscriptionId: id, organisation } = data as SubscriptionMade;
    const row = { id, organisation, since: metadata.recordedAt };
    await write
      .insertInto('subscriptions')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  if (type === SUBSCRIPTION_ENDED) {
    const { subscriptionId: id } = data as SubscriptionEnded;
    await write.deleteFrom('subscriptions').where('id', '=', id).execute();
    await write.deleteFrom('subscription_endpoints').where('id', '=', id).execute();
    await write
      .updateTable('deliveries')
      .set({ state: 'withdrawn', answer: 'unsubscribed' })
      .where('channel', '=', 'webhook')
      .where('way', '=', id)
      .where('state', 'in', ['waiting', 'dead'])
      .execute();
  }
}
