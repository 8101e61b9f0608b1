import { describe, expect, it } from '@jest/globals';
import { openKeyring } from '#privacy';
import { Receiver } from '../../contract/receiver.js';
import { SECRET } from '../../contract/webhook-fixture.js';
import { messageOf } from '../../message.js';
import { kafkaWays, topicOf } from '../../topics.js';
import { webhookPublisher } from '../webhook/webhook.js';
import { recordOf } from './record.js';

const NOW = '2026-11-24T10:17:41.123Z';
const clock = () => NOW;
const message = messageOf(
  {
    id: '5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b',
    time: '2026-11-24T10:15:07.000Z',
    reference: '0b9e8f5e-7f0d-4a6c-9a35-0a35cf0cd1a2',
    replyBy: '2026-11-25T10:15:07.000Z',
    sequence: 7,
  },
  'https://portal.example',
);
const record = recordOf('a-random-key', message, NOW);

describe('a record', () => {
  it('holds the bytes that a webhook posts, and names their form alike', async () => {
    const receiver = await Receiver.open();
    const parts = {
      endpointOf: () => Promise.resolve(receiver.url),
      secretOf: () => SECRET,
      clock,
      allowLoopback: true,
    };
    await webhookPublisher(parts).publish(
      { organisation: 'casa-lumina', way: 'subscription' },
      'a-random-key',
      message,
    );
    await receiver.close();
    expect(record.value).toBe(receiver.received[0]?.body);
    expect(record.headers['content-type']).toBe(receiver.received[0]?.headers['content-type']);
  });

  it('repeats the attributes of the event in its headers, and says nothing else', () => {
    expect(record.headers).toEqual({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      ce_specversion: '1.0',
      ce_id: message.id,
      ce_source: '/notices',
      ce_type: 'notice.v1',
      ce_time: '2026-11-24T10:15:00Z',
    });
    expect(Object.keys(record).sort()).toEqual(['headers', 'key', 'timestamp', 'value']);
  });

  it('has the ordering key for its key, and the minute in which it is sent for its time', () => {
    expect(record.key).toBe('a-random-key');
    expect(new Date(Number(record.timestamp)).toISOString()).toBe('2026-11-24T10:17:00.000Z');
  });

  it('has the same bytes at every attempt', () => {
    const later = recordOf('a-random-key', message, '2026-11-26T08:00:00.000Z');
    expect({ ...later, timestamp: '' }).toEqual({ ...record, timestamp: '' });
  });
});

describe('a topic', () => {
  const keyring = openKeyring(':memory:', clock).for();

  it('is always the same for an organisation, and each has its own', () => {
    expect(topicOf(keyring, 'casa-lumina')).toBe(topicOf(keyring, 'casa-lumina'));
    expect(topicOf(keyring, 'casa-lumina')).not.toBe(topicOf(keyring, 'clinica-aurora'));
    expect(kafkaWays(keyring)('casa-lumina')).toEqual([{ channel: 'kafka', way: topicOf(keyring, 'casa-lumina') }]);
  });

  it('can not be found by who knows the name but not the keyring', () => {
    const other = openKeyring(':memory:', clock).for();
    expect(topicOf(other, 'casa-lumina')).not.toBe(topicOf(keyring, 'casa-lumina'));
    expect(topicOf(keyring, 'casa-lumina')).toMatch(/^notices-[0-9a-f]{32}$/);
  });
});
