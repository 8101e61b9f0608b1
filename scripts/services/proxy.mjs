// One address before the services. Which service a request goes to is what the services say that they serve: their own
// OpenAPI documents. Between instances of one service it takes turns, and passes over those that do not answer.
import { randomUUID } from 'node:crypto';
import { createServer, Agent } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { createProxyServer } from 'http-proxy-3';

/** Pages and tokens stand in no OpenAPI document: they are for people. */
const BESIDES = [
  { prefix: /^\/inbox(?:[/?]|$)/, service: 'referral' },
  { prefix: /^\/demo\//, service: 'issuer' },
];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Asks every service what it serves. `urls`: one running instance of each, by name. */
export async function routesOf(urls) {
  const documents = await Promise.all(
    Object.entries(urls).map(async ([service, url]) => ({ service, document: await (await fetch(`${url}/openapi.json`)).json() })),
  );
  const routes = documents.flatMap(({ service, document }) =>
    Object.entries(document.paths)
      .filter(isForAll)
      .flatMap(([path, operations]) =>
        METHODS.filter((method) => operations[method] !== undefined).map((method) => routeOf(service, method, path)),
      ),
  );
  // What is named stands before what is any: /v1/referrals/{reference} after /v1/referrals/board.
  routes.sort((a, b) => a.parameters - b.parameters);
  return { routes, document: together(documents.map(({ document }) => document)) };
}

const routeOf = (service, method, path) => ({
  service,
  method: method.toUpperCase(),
  parameters: path.split('{').length,
  pattern: new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}/?$`),
});

/** How a service is, it tells on its own address. */
const isForAll = ([path]) => !path.startsWith('/health/');

const together = ([first, ...more]) => ({
  ...first,
  paths: Object.fromEntries([first, ...more].flatMap(({ paths }) => Object.entries(paths)).filter(isForAll)),
  components: {
    ...first.components,
    schemas: Object.assign({}, ...[first, ...more].map(({ components }) => components.schemas)),
  },
});

/** How long a request waits for somebody who answers: a service that died is back within seconds. */
const WAITS_MILLISECONDS = 15_000;
const PAUSE_MILLISECONDS = 100;

/**
 * Listens on `port` (0 takes any) of the loopback. `instancesOf(service)` answers the addresses to try.
 * A request goes to another instance when none of it was answered, or when the first answered 503 (it stops, is behind, or
 * meets events that only a newer build knows), and doing it twice is safe: a read, or a write with its Idempotency-Key.
 * While nobody is there, such a request waits; then the client is told to come again (503).
 */
export async function startProxy(port, { routes, document }, instancesOf) {
  const agent = new Agent({ keepAlive: true });
  const send = sender(createProxyServer({ agent }));
  let turn = 0;
  const server = createServer(async (request, response) => {
    try {
      const path = request.url.split('?', 1)[0];
      if (path === '/openapi.json') return void answer(response, 200, document);
      if (!isForAll([path])) return void answer(response, 404, problem(404, 'not-found', 'each service tells on its own address how it is'));
      const service = serviceFor(routes, request.method, request.url, path);
      const body = Buffer.concat(await request.toArray());
      turn += 1;
      const wasAnswered = await untilAnswered({ request, response, body }, turn, () => instancesOf(service), send);
      if (!wasAnswered) answer(response, 503, problem(503, 'busy', `${service} does not answer now`), { 'retry-after': '1' });
    } catch {
      response.destroy();
    }
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      agent.destroy();
    },
  };
}

/** Whether the request was answered, or is nobody's any more. */
async function untilAnswered(exchange, turn, urlsNow, send) {
  const { request, response } = exchange;
  const isTwiceSafe = request.method === 'GET' || request.method === 'HEAD' || request.headers['idempotency-key'] !== undefined;
  const deadline = Date.now() + WAITS_MILLISECONDS;
  // Every attempt listens to both of them.
  for (const stream of [request, response]) stream.setMaxListeners(0);
  for (;;) {
    const urls = urlsNow();
    for (let i = 0; i < urls.length; i++) {
      const error = await send(exchange, urls[(turn + i) % urls.length], { mayDecline: isTwiceSafe && i < urls.length - 1 });
      if (error === undefined) return true;
      if (response.headersSent) {
        response.destroy();
        return true;
      }
      if (!isTwiceSafe && error.code !== 'ECONNREFUSED') return false;
    }
    if (Date.now() > deadline) return false;
    await setTimeout(PAUSE_MILLISECONDS);
    if (response.destroyed) return true;
  }
}

function serviceFor(routes, method, url, path) {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const fits = routes.filter(({ pattern }) => pattern.test(path));
  const route = fits.find((one) => one.method === wanted);
  // A wrong method is refused by whoever serves the path, and a path that nobody serves by any of them: in the house's words.
  return (route ?? fits[0] ?? BESIDES.find(({ prefix }) => prefix.test(url)) ?? routes[0]).service;
}

/** Does not pass from connection to connection (RFC 9110, 7.6.1). */
const OF_ONE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

/**
 * Sends a request to an instance. Resolves with what kept it from being answered, if anything: an error, or 503 where the
 * instance `mayDecline`.
 */
function sender(proxy) {
  const ends = new WeakMap();
  proxy.on('proxyRes', (answered, _, response) => {
    const { mayDecline, resolve } = ends.get(response);
    if (mayDecline && answered.statusCode === 503) {
      answered.resume();
      return resolve(new Error('503'));
    }
    for (const name of OF_ONE_CONNECTION) delete answered.headers[name];
    response.writeHead(answered.statusCode, answered.headers);
    answered.once('error', () => response.destroy()).pipe(response);
  });
  return ({ request, response, body }, target, { mayDecline }) =>
    new Promise((resolve) => {
      const gone = () => end(undefined);
      const end = (outcome) => {
        response.off('close', gone);
        resolve(outcome);
      };
      response.once('close', gone);
      ends.set(response, { mayDecline, resolve: end });
      const buffer = Readable.from(body.length > 0 ? [body] : []);
      proxy.web(request, response, { target, selfHandleResponse: true, buffer, headers: repeated(request) }, end);
    });
}

/** Headers that stand more than once, as they stand: Node tells of some the first only, and the house refuses them. */
function repeated({ headersDistinct }) {
  return Object.fromEntries(Object.entries(headersDistinct).filter(([name, values]) => values.length > 1 && name !== 'host'));
}

const problem = (status, code, detail) => ({ type: `urn:tandem:problem:${code}`, title: detail, status, code, detail, requestId: randomUUID() });

function answer(response, status, body, headers = {}) {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}
