import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Receiver } from '../../contract/receiver.js';
import { SECRET } from '../../contract/webhook-fixture.js';
import { bytesOf, messageOf } from '../../message.js';
import { webhookPublisher, type WebhookParts } from './webhook.js';

const now = new Date().toISOString();
const message = messageOf(
  { id: '5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b', time: now, reference: 'a', sequence: 1 },
  'https://portal.example',
);
const to = { organisation: 'casa-lumina', way: 'subscription' };

describe('webhook', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await Receiver.open();
  });
  afterEach(() => receiver.close());

  const publisher = (parts: Partial<WebhookParts> = {}) =>
    webhookPublisher({
      endpointOf: () => Promise.resolve(receiver.url),
      secretOf: () => SECRET,
      clock: () => now,
      allowLoopback: true,
      ...parts,
    });
  const publish = (parts: Partial<WebhookParts> = {}) => publisher(parts).publish(to, 'key', message);

  it('is signed so that a receiver can check it with the common library', async () => {
    expect(await publish()).toEqual({ answer: '204' });
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
    expect(new Webhook(SECRET).verify(body, headers as Record<string, string>)).toEqual(message);
    expect(() => new Webhook(SECRET).verify(`${body} `, headers as Record<string, string>)).toThrow('signature');
    const other = `whsec_${Buffer.from('another secret of this size').toString('base64')}`;
    expect(() => new Webhook(other).verify(body, headers as Record<string, string>)).toThrow('signature');
  });

  it('sends the message, what signs it, and nothing else', async () => {
    await publish();
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
    expect(body).toBe(bytesOf(message));
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'content-length',
      'content-type',
      'host',
      'webhook-id',
      'webhook-signature',
      'webhook-timestamp',
    ]);
    expect(headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(headers['webhook-id']).toBe(message.id);
    expect(Number(headers['webhook-timestamp']) % 60).toBe(0);
  });

  it.each([199, 301, 302, 307, 400, 404, 429, 500, 503].filter((status) => status >= 200))(
    'answer %i is tried again',
    async (status) => {
      receiver.answer = () => status;
      await expect(publish()).rejects.toMatchObject({ name: 'NotTaken', code: String(status) });
    },
  );

  it('answer 410 is refused for ever', async () => {
    receiver.answer = () => 410;
    await expect(publish()).rejects.toMatchObject({ name: 'PublishRefused' });
    await expect(publish({ endpointOf: () => Promise.resolve(undefined) })).rejects.toMatchObject({
      name: 'PublishRefused',
    });
  });

  it('does not follow a redirect', async () => {
    const elsewhere = await Receiver.open();
    receiver.answer = () => 307;
    receiver.headers = { location: elsewhere.url };
    await expect(publish()).rejects.toMatchObject({ code: '307' });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it('does not wait for an answer without end', async () => {
    receiver.answer = () => 'never';
    await expect(publish({ timeoutMilliseconds: 30 })).rejects.toMatchObject({ code: 'no-answer-in-time' });
  });

  it.each([
    [
      'without end',
      (response: ServerResponse) => {
        endless(response);
      },
    ],
    [
      'that never comes',
      (response: ServerResponse) => {
        response.flushHeaders();
      },
    ],
  ])('reads little of a body %s, and ends the connection', async (_kind, answer) => {
    const { promise: ended, resolve: onEnded } = Promise.withResolvers<number>();
    const server = createServer((request, response) => {
      request.resume();
      response.on('close', () => {
        onEnded(request.socket.bytesWritten);
      });
      answer(response.writeHead(200));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    expect(await publish({ endpointOf: () => Promise.resolve(url) })).toEqual({ answer: '200' });
    expect(await ended).toBeLessThan(200_000);
    await new Promise((resolve) => server.close(resolve));
  });

  it('judges the address that a name resolves to when it connects', async () => {
    const endpointOf = () => Promise.resolve('https://hooks.example/a');
    for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254']) {
      const refused = publish({
        endpointOf,
        resolve: (_name, _options, answer) => {
          answer(null, [{ address, family: 4 }]);
        },
      });
      await expect(refused).rejects.toMatchObject({ code: 'forbidden-address' });
    }
  });

  it('does not reach the own machine unless the demo says so', async () => {
    await expect(publish({ allowLoopback: false })).rejects.toMatchObject({ code: 'forbidden-address' });
    const named = () => Promise.resolve('https://localhost:8443/hook');
    await expect(publish({ allowLoopback: false, endpointOf: named })).rejects.toMatchObject({ code: 'forbidden-address' });
    expect(receiver.received).toEqual([]);
  });
});

/** Writes until the connection is gone, in pieces and without a pause, so that no time limit is what ends it. */
function endless(response: ServerResponse): void {
  if (response.destroyed) return;
  response.write('x'.repeat(100));
  setImmediate(() => {
    endless(response);
  });
}
