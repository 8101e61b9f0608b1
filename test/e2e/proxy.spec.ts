/** The proxy before the services: whom it asks again, and what it never sends twice. */
import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';

interface Proxy { readonly address: string; close(): Promise<void> }
interface Module {
  routesOf(urls: Readonly<Record<string, string>>): Promise<object>;
  startProxy(port: number, routing: object, instancesOf: () => readonly string[]): Promise<Proxy>;
}
const { routesOf, startProxy } = (await import(join(import.meta.dirname, '../../scripts/services/proxy.mjs'))) as Module;

const ROUTES = { routes: ['GET', 'POST'].map((method) => ({ service: 'any', method, pattern: /^\/v1\// })), document: {} };
const servers: Server[] = [];
const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function instance(answer: RequestListener, port = 0): Promise<string> {
  const server = createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const before = (...urls: readonly string[]): Promise<string> => beforeThose(() => urls);

async function beforeThose(urlsNow: () => readonly string[]): Promise<string> {
  const proxy = await startProxy(0, ROUTES, urlsNow);
  ends.push(() => proxy.close());
  return `${proxy.address}/v1/cases`;
}

/** Counts what comes, and says `name` with the body that it got. */
function counting(name: string): { answer: RequestListener; readonly count: () => number } {
  let count = 0;
  const answer: RequestListener = (request, response) => {
    count++;
    void request.setEncoding('utf8').toArray().then((body) => response.end(`${name} ${body.join('')}`));
  };
  return { answer, count: () => count };
}

const write = (key?: string): RequestInit => ({ method: 'POST', body: 'a fact', headers: key === undefined ? {} : { 'idempotency-key': key } });
const declines: RequestListener = (_, response) => response.writeHead(503).end('not now');
const dies: RequestListener = (request) => request.socket.destroy();

it('asks the other instance after 503, a write under its key as well as a read, each with its body', async () => {
  const { answer } = counting('other');
  const address = await before(await instance(declines), await instance(answer));
  for (const request of [{}, {}, write('k'), write('k')]) {
    const response = await fetch(address, request);
    expect([response.status, await response.text()]).toEqual([200, request.method === 'POST' ? 'other a fact' : 'other ']);
  }
});

it.each(['/v1/cases%', '/v2/cases', '/nowhere', '/inboxes'])('hands on what nobody serves, to be refused in the house’s words: %s', async (path) => {
  const { origin } = new URL(await before(await instance((request, response) => response.writeHead(404).end(request.url))));
  const response = await fetch(`${origin}${path}`);
  expect([response.status, await response.text()]).toEqual([404, path]);
});

it('hands on a header that stands twice as it stands', async () => {
  const address = await before(await instance(({ headersDistinct }, response) => response.end(JSON.stringify(headersDistinct['idempotency-key']))));
  const asked = get(address, { headers: { 'idempotency-key': ['a', 'b'] } });
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  expect((await answer.setEncoding('utf8').toArray()).join('')).toBe('["a","b"]');
});

it('hands on the 503 of the last, word for word', async () => {
  const response = await fetch(await before(await instance(declines), await instance(declines)));
  expect([response.status, await response.text()]).toEqual([503, 'not now']);
});

it('sends a write without a key once, whatever became of it', async () => {
  const { answer, count } = counting('other');
  const address = await before(await instance(dies), await instance(answer));
  const statuses = [await fetch(address, write()), await fetch(address, write())].map(({ status }) => status);
  expect(statuses.sort()).toEqual([200, 503]);
  expect(count()).toBe(1);
});

it('sends a write under its key again when its instance died under it', async () => {
  const { answer } = counting('other');
  const address = await before(await instance(dies), await instance(answer));
  for (const key of ['one', 'two']) expect((await fetch(address, write(key))).status).toBe(200);
});

it.each([{}, write(), write('k')])('waits for the only instance to come back (%j)', async (request) => {
  const port = await freePort();
  let looks = 0;
  const again = Promise.withResolvers<undefined>();
  const urls = (): readonly string[] => {
    if (++looks === 2) again.resolve(undefined);
    return [`http://127.0.0.1:${String(port)}`];
  };
  const asked = fetch(await beforeThose(urls), request);
  await Promise.race([again.promise, asked]);
  const { answer, count } = counting('back');
  await instance(answer, port);
  expect((await asked).status).toBe(200);
  expect(count()).toBe(1);
});

it('describes what it serves, and nothing else: how a service is, it tells on its own address', async () => {
  const serving = (path: string): RequestListener => (_, response) => {
    const operation = { get: { summary: path } };
    response.end(JSON.stringify({ paths: { '/health/live': operation, [path]: operation }, components: { schemas: {} } }));
  };
  const urls = { one: await instance(serving('/v1/one')), other: await instance(serving('/v1/other')) };
  const proxy = await startProxy(0, await routesOf(urls), () => []);
  ends.push(() => proxy.close());
  const { paths } = (await (await fetch(`${proxy.address}/openapi.json`)).json()) as { paths: object };
  expect(Object.keys(paths)).toEqual(['/v1/one', '/v1/other']);
  const health = await fetch(`${proxy.address}/health/live`);
  expect([health.status, await health.json()]).toEqual([404, expect.objectContaining({ code: 'not-found', requestId: expect.any(String) as unknown })]);
});
