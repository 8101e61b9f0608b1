/**
 * A whole Tandem for tests: real HTTP, a clock that the test moves, and every role in one process on embedded engines; with
 * `TANDEM_SHAPE=services` eight apps on real servers, behind the proxy, and with `TANDEM_SHAPE=processes` each of them as one.
 */
import { randomUUID } from 'node:crypto';
import { type Engines, openEngines } from '#engines';
import { DEMONSTRATION_DIRECTORY, type Role, register } from '#mechanism';
import { type DemoIssuer, createDemoIssuer, type KafkaSettings, loadConfig } from '#platform';
import { METRICS, createApp } from '#platform/nest';
import type { CustodianVault } from '#privacy';
import { ClockService } from '#casework/nest';
import { StandaloneModule } from '../../apps/standalone/src/standalone.module.js';
import { patientFetch } from './patient-fetch.js';
import { type RunningApps, type ServiceAppsOptions, startServiceApps } from './service-apps.js';
import { kills, startServiceProcesses } from './service-processes.js';
import { asProcesses, asServices, issuerFolderOf, serversOf, stopBeforeServers } from './tandem-servers.js';

export { asServices, patience } from './tandem-servers.js';

/** Who asks. `roles` are claimed; the directory narrows them. */
export interface As {
  readonly organisation: string;
  readonly roles?: readonly Role[];
  readonly actor?: string;
  readonly human?: boolean;
  readonly mandate?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any
}

export interface TestClient {
  post(path: string, body?: object, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

/** One request and its answer, byte for byte: what an organisation ever got from this house. */
export interface Exchange {
  readonly organisation: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface TandemOptions {
  /** Directory of the files; nothing is kept when absent. */
  readonly data?: string;
  readonly at?: string;
  /** Where log lines go, all of them; silent when absent. */
  readonly logTo?: { write(line: string): void };
  /** Hears every exchange of the clients made by `as`. */
  readonly hear?: (exchange: Exchange) => void;
  /** Custodians that run a vault of their own. */
  readonly custodians?: readonly CustodianVault[];
  /** Broker that partners are told on as well. */
  readonly kafka?: KafkaSettings;
  /** Puts something between the engines and the app, such as a vault that fails. */
  readonly between?: (engines: Engines) => Engines;
}

export interface Tandem {
  readonly address: string;
  readonly engines: Engines;
  readonly issuer: DemoIssuer;
  as(who: As | string): TestClient;
  /** Moves the clock, and lets the house do what became due. */
  pass(milliseconds: number): Promise<void>;
  now(): string;
  /** Waits until the readers have seen all that was recorded, and the house has done what is due. */
  settled(): Promise<void>;
  /** What an operator's collector would read. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

function replyOf(response: Response, text: string): Reply {
  const json = /[/+]json\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
}

type Heard = (exchange: Omit<Exchange, 'organisation'>) => void;

const sendOnce = kills ? patientFetch : async (url: string, init: RequestInit) => {
  const response = await fetch(url, init);
  return { response, text: await response.text() };
};

function clientOf(address: string, token: () => Promise<string>, hear: Heard): TestClient {
  const send = async (method: string, path: string, headers: object, body?: object): Promise<Reply> => {
    const all = { authorization: `Bearer ${await token()}`, ...headers } as Record<string, string>;
    const { response, text } = await sendOnce(`${address}${path}`, { method, headers: all, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    hear({ method, path, status: response.status, headers: response.headers, text });
    return replyOf(response, text);
  };
  return {
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body = {}, headers = {}) =>
      send('POST', path, { 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...headers }, body),
  };
}

/** Every role in one app. */
async function startOneApp({ settings, environment, issuer, logTo }: Omit<ServiceAppsOptions, 'engines' | 'between'>, engines: Engines): Promise<RunningApps> {
  const app = await createApp(StandaloneModule.on(engines, settings), loadConfig(environment), { demoIssuer: issuer, ...(logTo === undefined ? {} : { logTo }) });
  await app.listen(0, '127.0.0.1');
  return {
    address: (await app.getUrl()).replace('[::1]', '127.0.0.1'),
    actOnDue: () => app.get(ClockService, { strict: false }).runner.actOnDue(),
    metrics: () => app.get<{ metrics(): Promise<string> }>(METRICS).metrics(),
    stop: () => app.close(),
  };
}

/** Eight apps beside the engines that the test itself looks into: all on the same servers. */
async function startAsServices(options: ServiceAppsOptions, own: Engines): Promise<RunningApps> {
  own.allowVault(Promise.resolve());
  const isApart = asProcesses && options.between === undefined;
  if (asProcesses && !isApart) process.stderr.write('NOT AS PROCESSES: what stands between the engines and the apps can only be put there in one process\n');
  const running = await (isApart ? startServiceProcesses(options) : startServiceApps(options));
  let stopped: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopped ??= running.stop().then(() => own.close()));
  stopBeforeServers(stop);
  return { ...running, stop };
}

/** Starts on a free loopback port. The clock stands at `at` until the test moves it. */
export async function startTandem(options: TandemOptions = {}): Promise<Tandem> {
  const { data = ':memory:', at = '2026-03-02T08:00:00.000Z', logTo, hear, custodians, kafka, between } = options;
  let now = Date.parse(at);
  const clock = (): string => new Date(now).toISOString();
  const opening = { data, clock, custodians, ...(asServices ? await serversOf(data) : {}) };
  const opened = await openEngines(opening);
  const engines = between?.(opened) ?? opened;
  for (const entry of DEMONSTRATION_DIRECTORY) await register(engines.store, entry, { actor: 'setup', organisation: 'tandem' }, clock);
  await engines.directory.catchUp();
  const issuer = await createDemoIssuer(issuerFolderOf(opening));
  const environment = { PORT: '0', LOG_LEVEL: logTo === undefined ? 'silent' : 'debug', RATE_LIMIT_BURST: '1000000', RATE_LIMIT_PER_SECOND: '1000000' };
  const starting = { settings: { portal: 'http://127.0.0.1/inbox', allowLoopback: true, kafka }, environment, now: clock, issuer, logTo };
  const running = asServices ? await startAsServices({ ...starting, engines: opening, between }, engines) : await startOneApp(starting, engines);
  const { address } = running;
  const settled = async (): Promise<void> => {
    await running.actOnDue();
  };
  const tokenFor = (who: As) => () =>
    issuer.issue({
      organisation: who.organisation, roles: who.roles ?? engines.directory.get(who.organisation)?.roles ?? [], actor: who.actor ?? `${who.organisation}-worker`,
      human: who.human ?? true, ...(who.mandate === undefined ? {} : { mandate: who.mandate }),
    });
  return {
    address, engines, issuer, now: clock,
    as: (who) => {
      const caller = typeof who === 'string' ? { organisation: who } : who;
      return clientOf(address, tokenFor(caller), (exchange) => hear?.({ organisation: caller.organisation, ...exchange }));
    },
    metrics: () => running.metrics(),
    pass: async (milliseconds) => {
      now += milliseconds;
      await running.turned?.();
      await settled();
    },
    settled,
    stop: () => running.stop(),
  };
}
