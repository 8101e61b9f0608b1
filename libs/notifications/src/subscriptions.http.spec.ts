/** Subscriptions over HTTP: made once, shown to their organisation, ended for good. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { claimed, CLINIC, close, fed, feed, get, open, receiver, SHELTER, subscribe, world, write } from './contract/over-http.js';

beforeEach(open);
afterEach(close);

describe('subscriptions', () => {
  it('are made with a secret that signs what is then posted', async () => {
    const { status, headers, body } = await subscribe();
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/subscriptions/${String(body['id'])}`);
    await world.offer(randomUUID(), SHELTER);
    await receiver.until(1);
    const [received] = receiver.received;
    const verified = new Webhook(String(body['secret'])).verify(
      received!.body,
      received!.headers as Record<string, string>,
    );
    const { items } = (await feed()).body;
    expect(verified).toEqual(items[0]!.notice);
  });

  it('answer the same key with the same subscription, and another body with a refusal', async () => {
    const key = randomUUID();
    const first = await subscribe(SHELTER, key);
    expect((await subscribe(SHELTER, key)).body).toEqual(first.body);
    const other = await write('POST', '/v1/subscriptions', SHELTER, { url: `${receiver.url}/other` }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect((await get<{ subscriptions: unknown[] }>('/v1/subscriptions', SHELTER)).body.subscriptions).toHaveLength(
      1,
    );
  });

  it('are seen and ended by their organisation only', async () => {
    const { body } = await subscribe();
    const path = `/v1/subscriptions/${String(body['id'])}`;
    const { secret: _shownOnce, ...shown } = body;
    expect(await get(path, SHELTER)).toMatchObject({ status: 200, body: shown });
    expect((await get(path, SHELTER)).body).not.toHaveProperty('secret');
    for (const answer of [
      await get(path, CLINIC),
      await write('DELETE', path, CLINIC),
      await get(`/v1/subscriptions/${randomUUID()}`, SHELTER),
    ]) {
      expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
    }
    expect((await write('DELETE', path, SHELTER)).status).toBe(204);
    expect((await write('DELETE', path, SHELTER)).status).toBe(204);
    expect((await get(path, SHELTER)).status).toBe(404);
    await world.offer(randomUUID(), SHELTER);
    await fed(1);
    expect(receiver.received).toEqual([]);
    expect(await world.deliveries()).toEqual([]);
  });

  it('do not come back when the request that made one is repeated after its end', async () => {
    const key = randomUUID();
    const { body } = await subscribe(SHELTER, key);
    await write('DELETE', `/v1/subscriptions/${String(body['id'])}`, SHELTER);
    expect(await subscribe(SHELTER, key)).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    expect(await world.database.kysely.selectFrom('subscription_endpoints').selectAll().execute()).toEqual([]);
  });

  it('are for organisations that work on cases, and lead to public addresses', async () => {
    const refused = { status: 403, body: { code: 'role-not-allowed' } };
    expect(await subscribe('garda-audit')).toMatchObject(refused);
    claimed.set('garda-audit', ['SP']).set(SHELTER, ['SUP']);
    expect(await subscribe('garda-audit')).toMatchObject(refused);
    expect(await subscribe(SHELTER)).toMatchObject(refused);
    claimed.clear();
    for (const url of [
      'https://10.0.0.1/a',
      'http://hooks.example/a',
      'https://user@hooks.example/',
      'file:///etc/passwd',
    ]) {
      expect(await write('POST', '/v1/subscriptions', SHELTER, { url })).toMatchObject({
        status: 422,
        body: { code: 'webhook-address-refused' },
      });
    }
    expect(await write('POST', '/v1/subscriptions', SHELTER, { url: 7 })).toMatchObject({
      status: 400,
      body: { code: 'body-invalid' },
    });
  });

  it('are at most five', async () => {
    for (let i = 0; i < 5; i++) expect((await subscribe()).status).toBe(201);
    expect(await subscribe()).toMatchObject({ status: 422, body: { code: 'too-many-subscriptions' } });
    expect((await subscribe(CLINIC)).status).toBe(201);
  });

  it('leave neither address nor secret in the log', async () => {
    const url = `${receiver.url}/path-with-token?key=b7f6a553`;
    const { body } = await write('POST', '/v1/subscriptions', SHELTER, { url });
    const [event] = await world.store.readStream(`subscription-${String(body['id'])}`);
    expect(event?.data).toEqual({ subscriptionId: body['id'], organisation: SHELTER, origin: new URL(url).origin });
    const stored = JSON.stringify(event);
    expect(stored).not.toContain('path-with-token');
    expect(stored).not.toContain(String(body['secret']).slice(6));
  });
});
