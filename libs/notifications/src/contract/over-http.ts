/** Notifications behind their routes, on a log of their own: what the specifications of the routes ask. */
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Role } from '#mechanism';
import { loadConfig } from '#platform';
import { createDemoIssuer, type DemoIssuer } from '#platform';
import { createApp } from '#platform/nest';
import { openAliasRegister } from '#privacy';
import { Receiver } from './receiver.js';
import { FOLD, MAY_RECEIVE, newestIn, PORTAL, TRANSLATE, World } from './world.js';
import type { FeedPage } from '../feed.js';
import { type Notifications, NotificationsModule, openNotifications } from '../nest.js';

export const SHELTER = 'casa-lumina';
export const CLINIC = 'clinica-aurora';
export const ROLES: Readonly<Record<string, readonly Role[]>> = {
  [SHELTER]: ['SP', 'CM'],
  [CLINIC]: ['SP'],
  'garda-audit': ['AUDIT'],
};

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** Of the test that runs: there from `open` on. */
export let world: World;
export let app: NestFastifyApplication;
export let notifications: Notifications;
export let receiver: Receiver;
let issuer: DemoIssuer;

export const start = async (pushFrom?: 'start' | 'now') => {
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

/** A new house, a partner’s server, and the app on both. */
export async function open(): Promise<void> {
  world = await World.open();
  issuer = await createDemoIssuer();
  receiver = await Receiver.open();
  await start();
}
export async function close(): Promise<void> {
  await app.close();
  await receiver.close();
  await world.close();
}

/** What tokens say of roles, where it is not what the directory says. */
export const claimed = new Map<string, readonly Role[]>();
export const send = async (method: string, path: string, organisation: string, headers: object = {}, body?: object) => {
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
export const read = async <T = Record<string, unknown>>(response: Response): Promise<Answer<T>> => {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === '' ? {} : JSON.parse(text)) as T };
};
export const get = async <T = Record<string, unknown>>(path: string, organisation: string) =>
  read<T>(await send('GET', path, organisation));
export const write = async (method: string, path: string, organisation: string, body?: object, key: string = randomUUID()) =>
  read(await send(method, path, organisation, { 'idempotency-key': key }, body));
export const subscribe = (organisation = SHELTER, key?: string) =>
  write('POST', '/v1/subscriptions', organisation, { url: receiver.url }, key);
export const feed = (query = '', organisation = SHELTER) => get<FeedPage>(`/v1/feed${query}`, organisation);

/** Waits until the notifier has read so many notices for the shelter. */
export const fed = async (count: number) => {
  for (let after = ''; ;) {
    const { body } = await feed(after);
    if (body.items.some(({ notice }) => notice.data.sequence >= count)) return;
    after = `?wait=5&after=${body.next}`;
  }
};
