/** kafkajs itself, where no broker answers. What needs one is in test/contract/notifications/kafka.spec.ts. */
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../message.js';
import { openKafkaPublisher } from '../../nest/kafka.js';
import { connectionOf, kafkaPublisher } from './kafka.js';

const now = '2026-11-24T10:15:07.000Z';
const clock = () => now;
const message = messageOf(
  { id: '5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b', time: now, reference: 'a', sequence: 1 },
  'https://portal.example',
);
const to = { organisation: 'casa-lumina', way: 'notices-topic' };

/** Takes connections, and says nothing. */
async function listen(): Promise<{ broker: string; close: () => Promise<unknown> }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  return { broker: `127.0.0.1:${String((server.address() as AddressInfo).port)}`, close };
}

describe('kafkajs without a broker', () => {
  const written: unknown[] = [];
  beforeEach(() => {
    written.length = 0;
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      jest.spyOn(console, method).mockImplementation((text: unknown) => void written.push(text));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('fails in bounded time where nobody listens, is tried again, and writes not a word', async () => {
    const { broker, close } = await listen();
    await close();
    const publisher = kafkaPublisher({ brokers: [broker], clock });
    for (let attempt = 0; attempt < 2; attempt++)
      await expect(publisher.publish(to, 'key', message)).rejects.toMatchObject({
        name: 'NotProduced',
        code: 'ECONNREFUSED',
      });
    await publisher.close();
    expect(written).toEqual([]);
  });

  it('fails in bounded time where somebody listens and is silent', async () => {
    const { broker, close } = await listen();
    const publisher = kafkaPublisher({ brokers: [broker], clock, timeoutMilliseconds: 200 });
    await expect(publisher.publish(to, 'key', message)).rejects.toMatchObject({ code: 'no-answer-in-time' });
    await publisher.close();
    await close();
    expect(written).toEqual([]);
  });
});

describe('how brokers are reached', () => {
  it('with TLS and credentials where they are given, and only then', () => {
    const credentials = { username: 'tandem', password: 's3cret' };
    expect(connectionOf({ brokers: ['a:9092'], ca: 'PEM', credentials, clock })).toMatchObject({
      clientId: 'notices',
      ssl: { ca: ['PEM'] },
      sasl: { mechanism: 'scram-sha-512', ...credentials },
    });
    expect(Object.keys(connectionOf({ brokers: ['a:9092'], clock }))).not.toEqual(expect.arrayContaining(['ssl']));
  });

  it('from files that must be there', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-kafka-'));
    const [caFile, passwordFile] = ['ca.pem', 'password'].map((name) => join(folder, name)) as [string, string];
    const settings = { brokers: ['a:9092'], username: 'tandem', caFile, passwordFile };
    await expect(openKafkaPublisher(settings, clock)).rejects.toMatchObject({ code: 'ENOENT' });
    for (const file of [caFile, passwordFile]) await writeFile(file, 'text\n');
    await (await openKafkaPublisher(settings, clock)).close();
    await rm(folder, { recursive: true });
  });
});
