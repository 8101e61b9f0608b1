/** Who is told by webhook. Source: architecture.md 7, ADR 0006. */
import { type Draft, type EventStore, record, type StoredEvent, uuidV5 } from '#event-store';
import { type Clock, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import type { Keyring } from '#privacy';
import {
  SUBSCRIPTION_ENDED,
  SUBSCRIPTION_MADE,
  type SubscriptionMade,
  subscriptionStream,
} from './subscription-events.js';
import type { DeliveryDatabase } from './tables.js';

/** An organisation has at most so many at a time: each holds connections of its own. */
export const SUBSCRIPTIONS_EACH = 5;

/** A live subscription, as its organisation sees it. */
export interface Subscription {
  readonly id: string;
  readonly url: string;
  readonly since: string;
}

/** A subscription that was made now, with the secret that signs its messages. */
export interface NewSubscription extends Subscription {
  readonly secret: string;
}

/** Who asks, from a verified token, and under which command. */
export interface SubscriptionWish {
  readonly organisation: string;
  readonly actor: string;
  readonly role: Role;
  /** UUID, derived from organisation and Idempotency-Key. */
  readonly commandId: string;
  readonly correlationId: string;
}

export interface SubscriptionsParts {
  readonly store: EventStore;
  readonly database: DeliveryDatabase;
  readonly keyring: Pick<Keyring, 'authenticate'>;
  readonly clock: Clock;
  /** Reads and judges an address. @throws when a webhook may not lead there */
  readonly judge: (url: string) => URL;
}

/** The signing secret of a subscription. Derived, so that it is stored nowhere and survives the loss of everything but the keyring. */
export function secretOf(keyring: Pick<Keyring, 'authenticate'>, subscription: string): string {
  return `whsec_${Buffer.from(keyring.authenticate('derived-secret', `webhook/${subscription}`), 'hex').toString('base64')}`;
}

/** The address of a subscription; `undefined` when it has ended. */
export async function endpointOf({ kysely }: DeliveryDatabase, subscription: string): Promise<string | undefined> {
  const query = kysely.selectFrom('subscription_endpoints').select('url').where('id', '=', subscription);
  return (await query.executeTakeFirst())?.url;
}

export class Subscriptions {
  constructor(private readonly parts: SubscriptionsParts) {}

  /**
   * Subscribes. The address is kept before the event is appended: a crash between the two leaves an address that nobody
   * uses, never a subscription without one. The same command again answers the same, secret included.
   * @throws Rejection `webhook-address-refused`, `too-many-subscriptions`, `idempotency-key-reused`
   */
  async subscribe(wish: SubscriptionWish, address: string): Promise<NewSubscription> {
    const url = this.judged(address);
    const id = uuidV5(wish.commandId, 'new');
    await this.keepAddress(id, wish.organisation, url.href);
    const data: SubscriptionMade = { subscriptionId: id, organisation: wish.organisation, origin: url.origin };
    await this.append(id, wish, SUBSCRIPTION_MADE, data, () => this.assertRoom(wish.organisation, id));
    const made = await this.one(wish.organisation, id);
    if (made !== undefined) return { ...made, secret: secretOf(this.parts.keyring, id) };
    await this.forgetAddress(id);
    throw new Rejection('wrong-state', 'wrong-state', 'this subscription was ended');
  }

  /** Live subscriptions of an organisation, oldest first. Each answers from its own stream, so the newest truth counts. */
  async of(organisation: string): Promise<readonly Subscription[]> {
    const own = this.parts.database.kysely.selectFrom('subscription_endpoints').selectAll();
    const rows = await own.where('organisation', '=', organisation).execute();
    const found = await Promise.all(rows.map(({ id }) => this.one(organisation, id)));
    return found.filter((one) => one !== undefined).sort((a, b) => a.since.localeCompare(b.since));
  }

  /** One live subscription; `undefined` when there is none of that id, or it is not this organisation's. */
  async one(organisation: string, id: string): Promise<Subscription | undefined> {
    const [made, ended] = await this.parts.store.readStream(subscriptionStream(id));
    const url = await endpointOf(this.parts.database, id);
    const isOwn = (made?.data as SubscriptionMade | undefined)?.organisation === organisation;
    if (made === undefined || ended !== undefined || url === undefined || !isOwn) return undefined;
    return { id, url, since: made.metadata.recordedAt };
  }

  /** Ends a subscription: nothing more is sent to it, and its address is forgotten. Idempotent. Whether it was there. */
  async end(wish: SubscriptionWish, id: string): Promise<boolean> {
    const [made] = await this.parts.store.readStream(subscriptionStream(id));
    if ((made?.data as SubscriptionMade | undefined)?.organisation !== wish.organisation) return false;
    await this.append(id, wish, SUBSCRIPTION_ENDED, { subscriptionId: id });
    await this.forgetAddress(id);
    return true;
  }

  private judged(address: string): URL {
    try {
      return this.parts.judge(address);
    } catch (error) {
      // The words of the rule, never the address.
      const because = (error as Error).message;
      throw new Rejection('rule-broken', 'webhook-address-refused', 'a webhook may not lead there', { because });
    }
  }

  private async keepAddress(id: string, organisation: string, url: string): Promise<void> {
    const row = { id, organisation, url };
    await this.parts.database.kysely
      .insertInto('subscription_endpoints')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    if ((await endpointOf(this.parts.database, id)) === url) return;
    throw new Rejection('rule-broken', 'idempotency-key-reused', 'the same key came with another body');
  }

  private async assertRoom(organisation: string, id: string): Promise<void> {
    const others = (await this.of(organisation)).filter((other) => other.id !== id);
    if (others.length < SUBSCRIPTIONS_EACH) return;
    await this.forgetAddress(id);
    const details = { most: SUBSCRIPTIONS_EACH };
    throw new Rejection('rule-broken', 'too-many-subscriptions', 'end a subscription before making another', details);
  }

  private async forgetAddress(id: string): Promise<void> {
    await this.parts.database.kysely.deleteFrom('subscription_endpoints').where('id', '=', id).execute();
  }

  /** Appends the event unless the stream has one of its type. */
  private append(
    id: string,
    wish: SubscriptionWish,
    type: string,
    data: object,
    check?: () => Promise<void>,
  ): Promise<readonly StoredEvent[]> {
    const { store, clock } = this.parts;
    return record(
      store,
      subscriptionStream(id),
      wish.commandId,
      async (events) => {
        if (events.some((event) => event.type === type)) return [];
        await check?.();
        return [draftOf(wish, type, data, clock())];
      },
      clock,
    );
  }
}

function draftOf(
  { organisation, actor, role, commandId, correlationId }: SubscriptionWish,
  type: string,
  data: object,
  now: string,
): Draft {
  return {
    ...{
      type,
      data,
      schema: 1,
      occurredAt: now,
      actor,
      organisation,
      role,
      commandId,
      correlationId,
      causationId: commandId,
    },
    ...{ reference: {}, legalBasis: 'partner-agreement', sensitivity: 1 },
  };
}
