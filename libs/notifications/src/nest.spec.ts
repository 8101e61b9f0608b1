import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Webhook } from 'standardwebhooks';
import type { Role } from '#mechanism';
import { loadConfig } from '#platform';
import { createDemoIssuer, type DemoIssuer } from '#platform';
import { createApp } from '#platform/nest';
import { openAliasRegister } from '#privacy';
import { Receiver } from './contract/receiver.js';
import { FOLD, MAY_RECEIVE, newestIn, PORTAL, TRANSLATE, World } from './contract/world.js';
import type { FeedItem, FeedPage } from './feed.js';
import { type Notifications, NotificationsModule, openNotifications } from './nest.js';

const SHELTER = 'casa-lumina';
const CLINIC = 'clinica-aurora';
const ROLES: Readonly<Record<string, readonly Role[]>> = {
  [SHELTER]: ['SP', 'CM'],
  [CLINIC]: ['SP'],
  'garda-audit': ['AUDIT'],
};

interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

describe('notifications over HTTP', () => {
  let world: World;
  let issuer: DemoIssuer;
  let app: NestFastifyApplication;
  let notifications: Notifications;
  let receiver: Receiver;

  const start = async (pushFrom?: 'start' | 'now') => {
    const aliases = await openAliasRegister(world.names);
    const { store, database, keyring } = world;
    const useFactory = async () => {
      notifications = await openNotifications({
        ...{
          store,
          database,
          aliases,
          keyring,
          fold: FOLD,
          newest: newestIn(store),
          translate: [TRANSLATE],
          mayReceive: MAY_RECEIVE,
          portal: PORTAL,
        },
        ...{ clock: () => new Date().toISOString(), allowLoopback: true },
        rolesOf: (organisation) => Promise.resolve(ROLES[organisation] ?? []),
        ...(pushFrom === undefined ? {} : { pushFrom }),
      });
      return notifications;
    };
    const module = NotificationsModule.register({ inject: [], useFactory, run: true });
    const config = loadConfig({ RATE_LIMIT_BURST: '500', LOG_LEVEL: 'silent' });
    app = await createApp(module, config, { demoIssuer: issuer });
    await app.listen(0, '127.0.0.1');
  };

  beforeEach(async () => {
    world = await World.open();
    issuer = await createDemoIssuer();
    receiver = await Receiver.open();
    await start();
  });
  afterEach(async () => {
    await app.close();
    await receiver.close();
    await world.close();
  });

  /** What tokens say of roles, where it is not what the directory says. */
  const claimed = new Map<string, readonly Role[]>();
  const send = async (method: string, path: string, organisation: string, headers: object = {}, body?: object) => {
    const roles = claimed.get(organisation) ?? ROLES[organisation] ?? [];
    const token = await issuer.issue({ organisation, roles, actor: 'system-1', human: false });
    const { port } = app.getHttpServer().address() as { port: number };
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const all = { authorization: `Bearer ${token}`, ...json, ...headers };
    return fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: all,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };
  const read = async <T = Record<string, unknown>>(response: Response): Promise<Answer<T>> => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T };
  };
  const get = async <T = Record<string, unknown>>(path: string, organisation: string) =>
    read<T>(await send('GET', path, organisation));
  const write = async (method: string, path: string, organisation: string, body?: object, key: string = randomUUID()) =>
    read(await send(method, path, organisation, { 'idempotency-key': key }, body));
  const subscribe = (organisation = SHELTER, key?: string) =>
    write('POST', '/v1/subscriptions', organisation, { url: receiver.url }, key);
  const feed = (query = '', organisation = SHELTER) => get<FeedPage>(`/v1/feed${query}`, organisation);

  /** Waits until the notifier has read so many notices for the shelter. */
  const fed = async (count: number) => {
    for (let after = ''; ;) {
      const { body } = await feed(after);
      if (body.items.some(({ notice }) => notice.data.sequence >= count)) return;
      after = `?wait=5&after=${body.next}`;
    }
  };

  describe('feed', () => {
    it('answers a page to its organisation, and the next one from its cursor', async () => {
      await world.offer(randomUUID(), SHELTER);
      await fed(1);
      const { status, body } = await feed();
      expect(status).toBe(200);
      expect(body.items).toMatchObject([{ recall: false, notice: { type: 'notice.v1', data: { sequence: 1 } } }]);
      expect((await feed(`?after=${body.next}`)).body.items).toEqual([]);
      expect((await feed('', CLINIC)).body.items).toEqual([]);
      expect(await feed(`?after=${body.next}`, CLINIC)).toMatchObject({
        status: 400,
        body: { code: 'position-invalid' },
      });
      expect(await feed('?wait=31')).toMatchObject({ status: 400, body: { code: 'query-invalid' } });
    });

    it('lets a reader wait for the next notice', async () => {
      const waiting = feed('?wait=30');
      await world.offer(randomUUID(), SHELTER);
      expect((await waiting).body.items).toMatchObject([{ notice: { data: { sequence: 1 } } }]);
    });

    it('streams notices as they come, and goes on behind the last event that was seen', async () => {
      await world.offer(randomUUID(), SHELTER);
      const first = await stream();
      const { id, item } = await first.next();
      expect(item.notice.data.sequence).toBe(1);
      await world.offer(randomUUID(), SHELTER);
      expect((await first.next()).item.notice.data.sequence).toBe(2);
      await first.close();
      const second = await stream({ 'last-event-id': id });
      expect((await second.next()).item.notice.data.sequence).toBe(2);
      await second.close();
    });

    it('ends its streams when the app stops', async () => {
      const open = await stream();
      await world.offer(randomUUID(), SHELTER);
      await open.next();
      await app.close();
      await expect(open.next()).rejects.toThrow();
      await start();
    });

    const stream = async (headers: object = {}) => {
      const response = await send('GET', '/v1/feed', SHELTER, { accept: 'text/event-stream', ...headers });
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const next = async (): Promise<{ id: string; item: FeedItem }> => {
        for (;;) {
          const match = /id: (\S+)\nevent: notice\ndata: (.+)\n\n/.exec(text);
          if (match !== null) {
            text = text.slice(match.index + match[0].length);
            return { id: match[1]!, item: JSON.parse(match[2]!) as FeedItem };
          }
          const { value, done } = await reader.read();
          if (done) throw new Error('the stream ended');
          text += value;
        }
      };
      return { next, close: () => reader.cancel() };
    };
  });

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

  describe('a new house', () => {
    const health = () => notifications.notifier.health();
    /** As after the loss of the delivery state. */
    const lose = async () => {
      await app.close();
      for (const table of ['notices', 'notice_sequences', 'notifier_checkpoint', 'deliveries'] as const) {
        await world.database.kysely.deleteFrom(table).execute();
      }
    };

    it('pushes from its first case on, whatever else is in the log', async () => {
      expect(await health()).toEqual({ status: 'running' });
      await lose();
      await world.record('organisation-casa-lumina', 'OrganisationRegistered', {});
      await start();
      expect(await health()).toEqual({ status: 'running' });
    });

    it('pushes nothing over old cases until it is told from where', async () => {
      await subscribe();
      await world.offer(randomUUID(), SHELTER);
      await receiver.until(1);
      await lose();
      await start();
      await fed(1);
      expect(await health()).toEqual({ status: 'untold' });
      expect(await world.deliveries()).toEqual([]);
      await app.close();
      await start('now');
      await world.offer(randomUUID(), SHELTER);
      await receiver.until(2);
      expect(receiver.received.map(({ message }) => message.data.sequence)).toEqual([1, 2]);
      await lose();
      await start('start');
      await receiver.until(4);
      expect(
        receiver.received
          .slice(2)
          .map(({ message }) => message.id)
          .sort(),
      ).toEqual(
        receiver.received
          .slice(0, 2)
          .map(({ message }) => message.id)
          .sort(),
      );
    });
  });

  it('sends a dead letter again when its recipient asks, also after a restart', async () => {
    await subscribe();
    receiver.answer = () => 410;
    await world.offer(randomUUID(), SHELTER);
    await receiver.until(1);
    const dead = async () => (await get<{ deliveries: { id: string }[] }>('/v1/deliveries', SHELTER)).body.deliveries;
    let deliveries = await dead();
    while (deliveries.length === 0) deliveries = await dead();
    await app.close();
    await start();
    receiver.answer = () => 204;
    const path = `/v1/deliveries/${deliveries[0]!.id}/redelivery`;
    expect(await write('POST', path, CLINIC)).toMatchObject({ status: 404 });
    expect(await write('POST', path, SHELTER)).toMatchObject({ status: 200, body: { state: 'waiting' } });
    await receiver.until(2);
    expect(receiver.received[1]!.body).toBe(receiver.received[0]!.body);
  });
});
