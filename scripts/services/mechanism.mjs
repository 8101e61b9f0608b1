// All services of one mechanism as processes on this machine, behind one address. For trying and testing: a deployment
// starts them in its own way, with the same settings.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { pinnedNode } from '../pinned-node.mjs';
import { routesOf, startProxy } from './proxy.mjs';

export const SERVICES = ['identification', 'risk-assessment', 'referral', 'repatriation', 'reintegration', 'reporting', 'notifier', 'audit'];
/** Long: on a busy machine many start at once. */
const STARTS_WITHIN_MILLISECONDS = 240_000;
const DIST = join(import.meta.dirname, '..', '..', 'dist');

/**
 * Starts one of each, or `instances` of each, and whatever stands before them. What dies is started again.
 * `dist`: by service and instance, another build than this one: `{ 'referral/1': '/older/dist' }`.
 */
export async function startServices({ eventStore, database, data, port = 0, instances = 1, environment = {}, dist = {} }) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const proxyPort = port === 0 ? await freePort() : port;
  const address = `http://127.0.0.1:${proxyPort}`;
  const settings = {
    PATH: process.env.PATH, TANDEM_PROFILE: 'demo', HOST: '127.0.0.1', TANDEM_DATA: data, EVENTSTORE_URL: eventStore, DATABASE_URL: database,
    LOG_LEVEL: 'warn', PUBLIC_ADDRESS: address, RATE_LIMIT_BURST: '2000', ...environment,
  };
  const issuer = await startOne({ name: 'issuer', settings, dist: DIST });
  const identity = { OIDC_ISSUER: 'urn:tandem:demo', OIDC_AUDIENCE: 'tandem', OIDC_JWKS_URL: `${issuer.url}/demo/jwks` };
  const all = await Promise.all(
    SERVICES.flatMap((name) =>
      Array.from({ length: instances }, (_, index) =>
        startOne({ name, settings: { ...settings, ...identity }, dist: dist[`${name}/${index}`] ?? DIST }),
      ),
    ),
  );
  const processes = [issuer, ...all];
  const urlsOf = (service) => processes.filter(({ name }) => name === service).map(({ url }) => url);
  const routing = await routesOf(Object.fromEntries(SERVICES.map((name) => [name, urlsOf(name)[0]])));
  const proxy = await startProxy(proxyPort, routing, urlsOf);
  return {
    address, data, welcome: issuer.welcome, auditorToken: tokenOf(issuer.welcome, 'Garda de Audit'), processes: all,
    async stop() {
      await proxy.close();
      await Promise.all(processes.map((one) => one.stop()));
    },
  };
}

async function startOne({ name, settings, dist }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = join(dist, 'apps', name, 'src', 'main.js');
  let child;
  let stopping = false;
  const lines = [];
  const start = () => {
    child = spawn(pinnedNode() ?? process.execPath, ['--enable-source-maps', main], {
      env: { ...settings, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    child.once('exit', async () => {
      if (stopping) return;
      await setTimeout(200);
      if (!stopping) start();
    });
  };
  start();
  const one = {
    name, url, welcome: lines,
    /** Ends the process as a crash would; it is started again. */
    kill() {
      child.kill('SIGKILL');
    },
    /** Resolves when it answers. */
    ready: () => answers(url, name),
    async stop() {
      stopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const hurry = setTimeout(10_000, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
      await ended;
      void hurry;
    },
  };
  try {
    await one.ready();
  } catch (error) {
    await one.stop();
    throw error;
  }
  return one;
}

async function answers(url, name) {
  const deadline = Date.now() + STARTS_WITHIN_MILLISECONDS;
  while (Date.now() < deadline) {
    const isLive = await fetch(`${url}/health/live`).then(({ ok }) => ok, () => false);
    if (isLive) return;
    await setTimeout(100);
  }
  throw new Error(`${name} did not start`);
}

/** The line after the one that names the organisation. */
function tokenOf(lines, name) {
  return lines[lines.findIndex((line) => line.startsWith(name)) + 1]?.trim() ?? '';
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
