/**
 * A small mechanism to notify in: a coordinator that offers a case to partners and takes it back, on the real stores
 * in memory. Shared by the specs of this library and by the contract suite of publishers.
 */
import { randomUUID } from 'node:crypto';
import { type CaseFacts, NO_FACTS } from '#casework';
import { openDatabase } from '#database';
import { type EventStore, openSqliteEventStore, sealDrafts, type StoredEvent } from '#event-store';
import { type Recorded, streamOfCase } from '#kernel';
import { type KeyMaster, openAliasRegister, openKeyring, type PrivacyTables } from '#privacy';
import { type CaseFold, Cases, type MayReceive, type Translate } from '../cases.js';
import { Feed } from '../feed.js';
import { Lease } from '../lease.js';
import { Outbox } from '../outbox.js';
import type { Publisher } from '../publisher.js';
import { Reader } from '../reader.js';
import { Sender } from '../sender.js';
import { createDeliveryTables, type DeliveryDatabase, type DeliveryRow, type DeliveryTables } from '../tables.js';
import { ManualTime } from './manual-time.js';

export const PORTAL = 'https://portal.example/open';
export const LEASE_MILLISECONDS = 30_000;

/** What the events of this small mechanism say. */
export interface Offer {
  readonly referralId: string;
  readonly to: string;
  readonly replyBy?: string;
}

function evolve(facts: CaseFacts, { type, data, metadata }: Recorded): CaseFacts {
  const { referralId, to } = data as Offer;
  const offer = {
    organisation: to,
    role: 'SP',
    through: referralId,
    scope: 'OFFER',
    since: metadata.recordedAt,
  } as const;
  if (type === 'OfANewerBuild') throw new Error('an event that this build does not know');
  if (type === 'Offered') return { ...facts, engagements: [...facts.engagements, offer] };
  if (type === 'Withdrawn' || type === 'Hidden') {
    return { ...facts, engagements: facts.engagements.filter(({ through }) => through !== referralId) };
  }
  const { holders = [] } = data as Partial<CaseFacts>;
  return type === 'Erased' ? { ...facts, erasure: 'ERASED', holders } : facts;
}

/** Facts of a case at its newest revision. */
export const newestIn = (store: EventStore) => async (caseId: string) =>
  (await store.readStream(streamOfCase(caseId))).reduce((facts, event) => FOLD.evolve(facts, event), FOLD.initial);

export const FOLD: CaseFold<CaseFacts> = { initial: NO_FACTS, evolve, facts: (state) => state };

/** `Hidden` ends access without telling anyone: what a withdrawal between two attempts looks like to the sender. */
export const TRANSLATE: Translate = ({ type, data }) => {
  const { referralId: thing, to: recipient, replyBy } = data as Offer;
  if (type === 'Offered') return [{ recipient, thing, recall: false, ...(replyBy === undefined ? {} : { replyBy }) }];
  return type === 'Withdrawn' ? [{ recipient, thing, recall: true }] : [];
};

export const MAY_RECEIVE: MayReceive = (recipient, facts, thing) =>
  facts.engagements.some(({ organisation, through }) => organisation === recipient && through === thing);

/** What outlives a restart of the notifier. */
export class World {
  readonly time = new ManualTime();
  readonly store = openSqliteEventStore(':memory:');
  readonly names = openDatabase<PrivacyTables>('sqlite::memory:');
  readonly keys: KeyMaster = openKeyring(':memory:', this.time.clock);
  readonly keyring = this.keys.for();

  private constructor(readonly database: DeliveryDatabase) {}

  /** @param address of the delivery state's database */
  static async open(address = 'sqlite::memory:'): Promise<World> {
    const database = openDatabase<DeliveryTables>(address);
    await createDeliveryTables(database.kysely);
    return new World(database);
  }

  /** Records one event and answers with it. */
  async record(stream: string, type: string, data: object, organisation = 'centrul-coordonare'): Promise<StoredEvent> {
    const last = await this.store.readLast(stream);
    const commandId = randomUUID();
    const draft = {
      ...{ type, data, schema: 1, occurredAt: this.time.clock(), actor: 'worker', organisation, role: 'NRM_COORD' },
      ...{
        commandId,
        correlationId: commandId,
        causationId: commandId,
        reference: {},
        legalBasis: '',
        sensitivity: 2 as const,
      },
    };
    const appended = await this.store.append(
      stream,
      sealDrafts(stream, last, [draft], this.time.clock()),
      last?.revision ?? 'no-stream',
    );
    const [event] = await this.store.readStream(stream, { from: appended.firstRevision });
    if (event === undefined) throw new Error('an appended event can be read');
    return event;
  }

  offer(caseId: string, to: string, referralId = randomUUID(), replyBy?: string): Promise<StoredEvent> {
    return this.record(`case-${caseId}`, 'Offered', { referralId, to, ...(replyBy === undefined ? {} : { replyBy }) });
  }

  subscribe(organisation: string, subscriptionId: string = randomUUID()): Promise<StoredEvent> {
    const data = { subscriptionId, organisation, origin: 'https://hooks.example' };
    return this.record(`subscription-${subscriptionId}`, 'SubscriptionMade', data, organisation);
  }

  deliveries(): Promise<DeliveryRow[]> {
    return this.database.kysely.selectFrom('deliveries').selectAll().orderBy('recipient').orderBy('sequence').execute();
  }

  async close(): Promise<void> {
    await this.store.close();
    await this.database.close();
    await this.names.close();
  }
}

/** One process that notifies; what it knows besides the stores is gone when it ends. */
export interface Process {
  readonly reader: Reader<CaseFacts>;
  readonly sender: Sender;
  readonly feed: Feed;
  readonly outbox: Outbox;
  readonly lease: Lease;
  /** Reads to the end of the log, then attempts what is due on every way, until nothing is. */
  settle(): Promise<void>;
}

export interface ProcessOptions {
  readonly publishers?: Readonly<Record<string, Publisher>>;
  readonly ways?: (recipient: string) => readonly { channel: string; way: string }[];
  readonly translate?: readonly Translate[];
  readonly mayReceive?: MayReceive;
  readonly holder?: string;
}

export async function startProcess(world: World, options: ProcessOptions = {}): Promise<Process> {
  const { database, store, time, keyring } = world;
  const { clock, wait } = time;
  const cases = new Cases(store, FOLD, newestIn(store));
  const aliases = await openAliasRegister(world.names);
  const outbox = new Outbox(database, store, options.ways ?? (() => []));
  const lease = new Lease(database, clock, {
    name: 'notifier',
    holder: options.holder ?? randomUUID(),
    milliseconds: LEASE_MILLISECONDS,
  });
  const common = { database, cases, mayReceive: options.mayReceive ?? MAY_RECEIVE, clock, wait, portal: PORTAL };
  const sender = new Sender({ ...common, publishers: options.publishers ?? {}, lease, chance: () => 0.5 });
  const feed = new Feed({ ...common, keyring });
  const onNotice = () => {
    sender.wake();
    feed.wake();
  };
  const reader = new Reader({
    store,
    aliases,
    cases,
    translate: options.translate ?? [TRANSLATE],
    outbox,
    lease,
    onNotice,
  });
  const settle = async () => {
    await reader.catchUp();
    for (const way of await waysOf(world)) await sender.sendDue(way);
  };
  return { reader, sender, feed, outbox, lease, settle };
}

const waysOf = ({ database }: World) =>
  database.kysely.selectFrom('deliveries').select(['channel', 'way']).distinct().execute();
