/** The consumer that docs/consuming.md shows, at work: a clinic that hears by webhook and by Kafka of one referral. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordOf } from '../../libs/notifications/src/adapters/kafka/record.js';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
import { bytesOf, messageOf, type PartnerMessage } from '../../libs/notifications/src/message.js';
import { consume, fetchDue, onRecord, onWebhook, openInbox } from '../support/reference-consumer.js';
import { apiOf } from '../support/consumer-api.js';
import { aCase, acceptedReferral, done, fullRisk } from '../support/story.js';
import { startTandem, type Tandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const now = () => new Date().toISOString();

let inbox: DatabaseSync;
beforeEach(() => {
  inbox = openInbox(':memory:');
});
afterEach(() => {
  inbox.close();
});

const things = () => inbox.prepare('select reference, sequence, to_fetch, content from things').all();
const seen = () => inbox.prepare('select count(*) as count from seen').get();
const notice = (reference: string, sequence: number): PartnerMessage =>
  messageOf({ id: randomUUID(), time: now(), reference, sequence }, 'https://portal.example');
/** As a broker would hand it out. */
const asRecord = (message: PartnerMessage) => ({
  message: { value: Buffer.from(recordOf('key', message, now()).value) },
});

describe('the consumer that partners may copy', () => {
  it('takes one message once, whichever channel brings it, and however often', async () => {
    const message = notice('a', 1);
    expect(consume(inbox, bytesOf(message))).toBe('new');
    expect(consume(inbox, bytesOf(message))).toBe('seen');
    await onRecord(inbox)(asRecord(message));
    expect(seen()).toEqual({ count: 1 });
  });

  it('drops what a newer notice of the same reference has overtaken', () => {
    expect(consume(inbox, bytesOf(notice('a', 2)))).toBe('new');
    expect(consume(inbox, bytesOf(notice('a', 1)))).toBe('stale');
    expect(consume(inbox, bytesOf(notice('b', 1)))).toBe('new');
    expect(things()).toMatchObject([
      { reference: 'a', sequence: 2 },
      { reference: 'b', sequence: 1 },
    ]);
  });

  it('forgets that it saw a message when its own work fails, so that the next delivery does it', () => {
    inbox.exec(`create trigger full before insert on things begin select raise(abort, 'disk full'); end`);
    const message = bytesOf(notice('a', 1));
    expect(() => consume(inbox, message)).toThrow('disk full');
    expect(seen()).toEqual({ count: 0 });
    inbox.exec('drop trigger full');
    expect(consume(inbox, message)).toBe('new');
  });

  it('keeps on its list what became newer while it was fetched', async () => {
    consume(inbox, bytesOf(notice('a', 1)));
    const read = () => {
      consume(inbox, bytesOf(notice('a', 2)));
      return Promise.resolve({ status: 'REQUESTED' });
    };
    await fetchDue(inbox, { read, confirmDeletion: () => Promise.reject(new Error('nothing is owed')) });
    expect(things()).toMatchObject([{ sequence: 2, to_fetch: 1 }]);
  });

  it('asks again to confirm a deletion that it could not confirm, and has deleted all the same', async () => {
    consume(inbox, bytesOf(notice('a', 1)));
    await fetchDue(inbox, {
      read: () => Promise.resolve({ ageBand: '26-40' }),
      confirmDeletion: () => Promise.resolve(),
    });
    consume(inbox, bytesOf(notice('a', 2)));
    const read = () => Promise.resolve(undefined);
    await expect(
      fetchDue(inbox, { read, confirmDeletion: () => Promise.reject(new Error('offline')) }),
    ).rejects.toThrow('offline');
    expect(things()).toMatchObject([{ content: null, to_fetch: 1 }]);
    await fetchDue(inbox, { read, confirmDeletion: () => Promise.resolve() });
    expect(things()).toMatchObject([{ content: null, to_fetch: 0 }]);
  });
});

describe('beside a Tandem', () => {
  let tandem: Tandem;
  let receiver: Receiver;
  beforeEach(async () => {
    tandem = await startTandem({ at: now() });
    receiver = await Receiver.open();
  });
  afterEach(async () => {
    await tandem.stop();
    await receiver.close();
  });

  it('hears of a referral, fetches it, and deletes it when she takes her consent back', async () => {
    const clinic = tandem.as(CLINIC);
    const { secret } = done(await clinic.post('/v1/subscriptions', { url: receiver.url })).body as { secret: string };
    receiver.answer = ({ headers, body }) => onWebhook(inbox, secret, headers as Record<string, string>, body);
    const api = apiOf(clinic);
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 2)));
    const referral = await acceptedReferral(tandem, path, CLINIC, ['MED.GEN']);
    await receiver.until(1);
    await fetchDue(inbox, api);
    expect(things()).toMatchObject([
      { reference: referral, to_fetch: 0, content: expect.stringContaining('MED.GEN') as unknown },
    ]);

    const told = receiver.received.length;
    const { consents } = (await manager.get(path)).body as { consents: { consentId: string; recipient: string }[] };
    const consent = consents.find(({ recipient }) => recipient === CLINIC);
    done(await manager.post(`${path}/consents/${consent?.consentId ?? ''}/withdrawal`, { by: 'PERSON' }));
    await tandem.settled();
    await receiver.until(told + 1);
    // The same again, as a broker would bring it beside the webhook.
    for (const { message } of receiver.received) await onRecord(inbox)(asRecord(message));
    expect(seen()).toEqual({ count: receiver.received.length });
    await fetchDue(inbox, api);
    expect(things()).toMatchObject([{ reference: referral, to_fetch: 0, content: null }]);
    expect((await clinic.get('/v1/inbox')).body.items).toEqual([]);
  });

  it('answers 401 to what Tandem did not sign, and takes nothing of it', async () => {
    const { secret } = done(await tandem.as(CLINIC).post('/v1/subscriptions', { url: receiver.url })).body as {
      secret: string;
    };
    expect(onWebhook(inbox, secret, { 'webhook-id': 'a', 'webhook-signature': 'v1,a' }, bytesOf(notice('a', 1)))).toBe(
      401,
    );
    expect(seen()).toEqual({ count: 0 });
  });
});
