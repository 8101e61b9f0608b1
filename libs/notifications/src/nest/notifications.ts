/** The parts of this library put together, with their adapters. */
import { randomUUID } from 'node:crypto';
import type { CaseFacts } from '#casework';
import { type EventStore, START } from '#event-store';
import { type Clock, caseOfStream } from '#kernel';
import type { Role } from '#mechanism';
import type { AliasRegister, Keyring } from '#privacy';
import { webhookPublisher } from '../adapters/webhook/webhook.js';
import { webhookUrl } from '../adapters/webhook/public-address.js';
import { type CaseFold, Cases, type MayReceive, type Translate } from '../cases.js';
import { Feed } from '../feed.js';
import { Lease } from '../lease.js';
import { Notifier } from '../notifier.js';
import { Outbox } from '../outbox.js';
import type { Publisher } from '../publisher.js';
import { Reader } from '../reader.js';
import { Sender } from '../sender.js';
import { endpointOf, secretOf, Subscriptions } from '../subscriptions.js';
import { createDeliveryTables, type DeliveryDatabase } from '../tables.js';
import { waitUntil, type WaitUntil } from '../timer.js';

const LEASE_MILLISECONDS = 30_000;

export interface NotificationsParts<State> {
  readonly store: EventStore;
  /** Delivery state, backed up with the rest. */
  readonly database: DeliveryDatabase;
  readonly aliases: AliasRegister;
  /** Needs no purpose: only tokens and derived secrets are made with it. */
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly fold: CaseFold<State>;
  /** Facts of a case at its newest revision: what is decided about a recipient is decided on these. */
  readonly newest: (caseId: string) => Promise<CaseFacts>;
  /** One a stage that has something to tell. */
  readonly translate: readonly Translate[];
  readonly mayReceive: MayReceive;
  /** Roles of an organisation in the directory; a token only narrows them. */
  readonly rolesOf: (organisation: string) => Promise<readonly Role[]>;
  /** Address below which references are opened by people. */
  readonly portal: string;
  /** The demo's setting: webhooks to the own machine. */
  readonly allowLoopback: boolean;
  /** Other channels by name, such as a broker, and the ways that a recipient has on them. */
  readonly publishers?: Readonly<Record<string, Publisher>>;
  readonly ways?: (recipient: string) => readonly { channel: string; way: string }[];
  /**
   * From where to push when no checkpoint knows, as after the loss of the delivery state: `start` says all again, `now`
   * nothing that was. Absent: nothing is pushed.
   */
  readonly pushFrom?: 'start' | 'now';
  readonly wait?: WaitUntil;
}

/** What an app serves or runs of this library. */
export interface Notifications {
  readonly database: DeliveryDatabase;
  readonly clock: Clock;
  readonly keyring: Keyring;
  readonly feed: Feed;
  readonly subscriptions: Subscriptions;
  readonly notifier: Notifier<unknown>;
  readonly rolesOf: NotificationsParts<unknown>['rolesOf'];
  /** There may be something new to send: a dead letter was released. */
  wake(): void;
  /** Lets go of connections to partners, once the notifier has ended. The stores stay open. */
  close(): Promise<void>;
}

/**
 * Opens the library over its stores, which stay the caller's. Where the log holds no case yet, there is nothing that
 * could be said twice: pushing begins. Everywhere else a notifier without a checkpoint waits until it is told.
 */
export async function openNotifications<State>(parts: NotificationsParts<State>): Promise<Notifications> {
  const { store, database, aliases, keyring, clock, fold, translate, mayReceive, portal, rolesOf } = parts;
  const wait = parts.wait ?? waitUntil;
  await createDeliveryTables(database.kysely);
  const cases = new Cases(store, fold, parts.newest);
  const outbox = new Outbox(database, store, parts.ways ?? (() => []));
  const lease = new Lease(database, clock, {
    name: 'notifier',
    holder: randomUUID(),
    milliseconds: LEASE_MILLISECONDS,
  });
  const publishers = { ...parts.publishers, webhook: webhooks(parts) };
  const sender = new Sender({
    database,
    cases,
    mayReceive,
    publishers,
    lease,
    clock,
    wait,
    chance: Math.random,
    portal,
  });
  const feed = new Feed({ database, cases, mayReceive, keyring, clock, wait, portal });
  const onNotice = () => {
    sender.wake();
    feed.wake();
  };
  const reader = new Reader({ store, aliases, cases, translate, outbox, lease, onNotice });
  const notifier = new Notifier({ reader, sender, outbox, lease, clock, wait });
  const judge = (address: string) => webhookUrl(address, parts.allowLoopback);
  const subscriptions = new Subscriptions({ store, database, keyring, clock, judge });
  if ((await outbox.checkpoint()).pushesAfter === null) await beginPushing(parts, notifier);
  const wake = () => {
    sender.wake();
  };
  const close = async () => {
    await Promise.all(Object.values(publishers).map((publisher) => publisher.close()));
  };
  return { database, clock, keyring, feed, subscriptions, notifier, rolesOf, wake, close };
}

async function beginPushing<State>(
  { store, pushFrom }: NotificationsParts<State>,
  notifier: Notifier<State>,
): Promise<void> {
  if (pushFrom === 'start' || !(await hasCases(store))) await notifier.pushAfter(START);
  else if (pushFrom === 'now') await notifier.pushAfter(await store.head());
}

/** Reads no further than the first event of a case. */
async function hasCases(store: EventStore): Promise<boolean> {
  for await (const page of store.readAll(START)) {
    if (page.some(({ stream }) => caseOfStream(stream) !== undefined)) return true;
  }
  return false;
}

function webhooks<State>({ database, keyring, clock, allowLoopback }: NotificationsParts<State>): Publisher {
  return webhookPublisher({
    endpointOf: (subscription) => endpointOf(database, subscription),
    secretOf: (subscription) => secretOf(keyring, subscription),
    clock,
    allowLoopback,
  });
}

/** Injection token of `Notifications`. */
export const NOTIFICATIONS = Symbol('notifications');
