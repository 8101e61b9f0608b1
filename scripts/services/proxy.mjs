// One address before the services. Which service a request goes to is what the services say that they serve: their own
// OpenAPI documents. Between instances of one service it takes turns, and passes over those that do not answer.
import { createServer, Agent } from 'node:http';
import { Readable } from 'node:stream';
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
      .filter(([path]) => !path.startsWith('/health/'))
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

const together = ([first, ...more]) => ({
  ...first,
  paths: Object.assign({}, ...[first, ...more].map(({ paths }) => paths)),
  components: {
    ...first.components,
    schemas: Object.assign({}, ...[first, ...more].map(({ components }) => components.schemas)),
  },
});

/**
 * Listens on `port` (0 takes any) of the loopback. `instancesOf(service)` answers the addresses to try.
 * A request is sent again to another instance when none of it was answered and doing it twice is safe: a read, or a write
 * with its Idempotency-Key. When nobody answers, the client is told to come again (503).
 */
export async function startProxy(port, { routes, document }, instancesOf) {
  const agent = new Agent({ keepAlive: true });
  const proxy = createProxyServer({ agent });
  let turn = 0;
  const server = createServer(async (request, response) => {
    try {
      const path = request.url.split('?', 1)[0];
      if (path === '/openapi.json') return void answer(response, 200, document);
      const service = serviceFor(routes, request.method, request.url, path);
      if (service === undefined) return void answer(response, 404, problem(404, 'not-found', 'no service serves this'));
      const body = Buffer.concat(await request.toArray());
      const urls = instancesOf(service);
      turn += 1;
      for (let i = 0; i < urls.length; i++) {
        const url = urls[(turn + i) % urls.length];
        const error = await sendTo(proxy, url, request, response, body);
        if (error === undefined) return;
        if (response.headersSent) return void response.destroy();
        const isSafe = error.code === 'ECONNREFUSED' || request.method === 'GET' || request.headers['idempotency-key'] !== undefined;
        if (!isSafe) break;
      }
      answer(response, 503, problem(503, 'busy', `${service} does not answer now`), { 'retry-after': '1' });
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

function serviceFor(routes, method, url, path) {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const fits = routes.filter(({ pattern }) => pattern.test(path));
  // A wrong method is refused by whoever serves the path, in the house's words.
  const route = fits.find((one) => one.method === wanted) ?? fits[0];
  return route?.service ?? BESIDES.find(({ prefix }) => prefix.test(url))?.service;
}

/** Resolves with the error that kept the request from being answered, if any. */
function sendTo(proxy, target, request, response, body) {
  return new Promise((resolve) => {
    response.once('close', () => resolve(undefined));
    proxy.web(request, response, { target, buffer: Readable.from(body.length > 0 ? [body] : []) }, (error) => resolve(error));
  });
}

const problem = (status, code, detail) => ({ type: `urn:tandem:problem:${code}`, title: detail, status, code, detail });

function answer(response, status, body, headers = {}) {
  const type = status === 200 ? 'application/json' : 'application/problem+json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(JSON.stringify(body));
}
