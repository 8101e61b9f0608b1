/**
 * Tandem with a broker that is away: what it owes there waits, and nobody else does. With the one at `KAFKA_BROKERS`, where
 * there is one: a partner hears on its topic what it fetches, and deletes what was taken back.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { createServer, type AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { topicOf } from '#notifications';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
import { fetchDue, onRecord, openInbox } from '../support/reference-consumer.js';
import { apiOf } from '../support/consumer-api.js';
import { aCase, acceptedReferral, done, fullRisk } from '../support/story.js';
import { startTandem, type Tandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';

/** A port on which nobody listens. */
async function nobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${String(port)}`;
}

describe('with a Kafka broker that is away', () => {
  let tandem: Tandem;
  let receiver: Receiver;
  beforeEach(async () => {
    tandem = await startTandem({ kafka: { brokers: [await nobody()] } });
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    await tandem.stop();
    await receiver.close();
  });

  it('tells by webhook and feed, and keeps what it owes on the topic of each organisation', async () => {
    const manager = tandem.as('casa-lumina');
    const clinic = tandem.as(CLINIC);
    done(await clinic.post('/v1/subscriptions', { url: receiver.url }));
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 2)));
    await acceptedReferral(tandem, path, CLINIC, ['MED.GEN']);
    await receiver.until(1);
    expect((await clinic.get('/v1/feed')).body.items).not.toEqual([]);
    const { operations, keys } = tandem.engines;
    const owed = operations.kysely.selectFrom('deliveries').select(['way', 'state']).where('channel', '=', 'kafka');
    const topic = topicOf(keys.for(), CLINIC);
    expect(await owed.where('recipient', '=', CLINIC).execute()).toContainEqual({ way: topic, state: 'waiting' });
    expect(await owed.where('state', '!=', 'waiting').execute()).toEqual([]);
  });
});

const { KAFKA_BROKERS: named } = process.env;

(named === undefined ? describe.skip : describe)('with a Kafka broker', () => {
  const brokers = named?.split(',') ?? [];
  const kafka = new Kafka({ clientId: 'partner', brokers, logLevel: logLevel.NOTHING });
  let tandem: Tandem;
  let inbox: DatabaseSync;
  const closing: (() => Promise<void>)[] = [];
  beforeEach(async () => {
    tandem = await startTandem({ kafka: { brokers }, at: new Date().toISOString() });
    inbox = openInbox(':memory:');
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
    await tandem.stop();
    inbox.close();
  });

  /** Makes the topic of an organisation and reads it into the inbox; answers what waits for so many records. */
  async function follow(organisation: string): Promise<(count: number) => Promise<void>> {
    const topic = topicOf(tandem.engines.keys.for(), organisation);
    const admin = kafka.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
    await admin.disconnect();
    const consumer = kafka.consumer({ groupId: `reader-of-${topic}`, maxWaitTimeInMs: 100 });
    closing.push(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const take = onRecord(inbox);
    let taken = 0;
    let more = Promise.withResolvers<undefined>();
    await consumer.run({
      eachMessage: async (record) => {
        await take(record);
        taken += 1;
        more.resolve(undefined);
        more = Promise.withResolvers();
      },
    });
    return async (count) => {
      while (taken < count) await more.promise;
    };
  }

  it('tells on its topic of a referral, and of the consent that was taken back', async () => {
    const clinic = tandem.as(CLINIC);
    const records = await follow(CLINIC);
    const api = apiOf(clinic);
    const things = () => inbox.prepare('select reference, to_fetch, content from things').all();
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 2)));
    const reference = await acceptedReferral(tandem, path, CLINIC, ['MED.GEN']);
    await records(1);
    await fetchDue(inbox, api);
    expect(things()).toMatchObject([{ reference, content: expect.stringContaining('MED.GEN') as unknown }]);

    const told = (await clinic.get('/v1/feed')).body.items as unknown[];
    const { consents } = (await manager.get(path)).body as { consents: { consentId: string; recipient: string }[] };
    const consent = consents.find(({ recipient }) => recipient === CLINIC);
    done(await manager.post(`${path}/consents/${consent?.consentId ?? ''}/withdrawal`, { by: 'PERSON' }));
    await tandem.settled();
    await records(told.length + 1);
    await fetchDue(inbox, api);
    expect(things()).toMatchObject([{ reference, to_fetch: 0, content: null }]);
  });
});
