// All services of one mechanism as processes on this machine, behind one address. For trying and testing: a deployment
// starts them in its own way, with the same settings.
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PRODUCT_FLAGS, pinnedNode } from '../pinned-node.mjs';
import { allOrNone, freePort, keepRunning } from './keep-running.mjs';
import { routesOf, startProxy } from './proxy.mjs';

export const SERVICES = ['identification', 'risk-assessment', 'referral', 'repatriation', 'reintegration', 'reporting', 'notifier', 'audit'];
const DIST = join(import.meta.dirname, '..', '..', 'dist');

/**
 * Starts one of each, or `instances` of each, and whatever stands before them. What dies is started again. All of them run
 * when this resolves, and none when it throws.
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
  const processes = [issuer];
  try {
    const identity = { OIDC_ISSUER: 'urn:tandem:demo', OIDC_AUDIENCE: 'tandem', OIDC_JWKS_URL: `${issuer.url}/demo/jwks` };
    const each = SERVICES.flatMap((name) => Array.from({ length: instances }, (_, index) => ({ name, dist: dist[`${name}/${index}`] ?? DIST })));
    processes.push(...(await allOrNone(each.map((one) => startOne({ ...one, settings: { ...settings, ...identity } })))));
    const proxy = await proxyBefore(processes, proxyPort);
    return {
      address, data, welcome: issuer.welcome, auditorToken: tokenOf(issuer.welcome, 'Garda de Audit'), processes,
      async stop() {
        await proxy.close();
        await Promise.all(processes.map((one) => one.stop()));
      },
    };
  } catch (error) {
    await Promise.all(processes.map((one) => one.stop()));
    throw error;
  }
}

/** One address before running services, several of a name or one. `issuer` is the name of who makes tokens. */
export async function proxyBefore(processes, port = 0, issuer = 'issuer') {
  const urlsOf = (service) => processes.filter(({ name }) => name === (service === 'issuer' ? issuer : service)).map(({ url }) => url);
  const routing = await routesOf(Object.fromEntries(SERVICES.map((name) => [name, urlsOf(name)[0]])));
  return startProxy(port, routing, urlsOf);
}

async function startOne({ name, settings, dist }) {
  const main = join(dist, 'apps', name, 'src', 'main.js');
  const welcome = [];
  const one = await keepRunning(name, (port) => {
    const child = spawn(pinnedNode() ?? process.execPath, [...PRODUCT_FLAGS, main], {
      env: { ...settings, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => welcome.push(line));
    return child;
  });
  return { ...one, welcome };
}

/** The line after the one that names the organisation. */
function tokenOf(lines, name) {
  return lines[lines.findIndex((line) => line.startsWith(name)) + 1]?.trim() ?? '';
}
