/** Tandem with a broker that is away: what it owes there waits, and nobody else does. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type AddressInfo } from 'node:net';
import { topicOf } from '#notifications';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
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
