/**
 * The eight apps of a mechanism as processes behind the proxy, on shared servers. Each runs what is built, but for its clock,
 * which the test moves. With `TANDEM_KILLS=1` one after the other is killed and comes back while a test goes on; with
 * `TANDEM_OLDER=<dist of an earlier build>` a second one of each runs, of that build.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { type RunningApps, type ServiceAppsOptions, purposesOf } from './service-apps.js';
import { type ServiceProcess, buildServices } from './services.js';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');

/** Whether services are killed while a test goes on. */
export const kills = process.env['TANDEM_KILLS'] === '1';
const older = process.env['TANDEM_OLDER'];
/** Between the return of one and the death of the next, in milliseconds. */
const PAUSE = 1_500;

let built: Promise<void> | undefined;

interface Kept extends ServiceProcess {
  readonly url: string;
  stop(): Promise<void>;
}

interface Mechanism {
  readonly SERVICES: readonly string[];
  proxyBefore(processes: readonly Kept[], port: number, issuer: string): Promise<{ readonly address: string; close(): Promise<void> }>;
}

interface Keeping {
  keepRunning(name: string, startOn: (port: number) => ChildProcess): Promise<Kept>;
  allOrNone<T>(starting: readonly Promise<T>[]): Promise<readonly T[]>;
}

const script = <T>(name: string): Promise<T> => import(join(ROOT, 'scripts/services', name)) as Promise<T>;

/** Said once over the channel and answered once; fails when the process dies before. */
function ask(child: ChildProcess, order: string, more: object = {}): Promise<unknown> {
  const id = randomInt(2 ** 40);
  return new Promise((resolve, reject) => {
    const end = (finish: () => void): void => {
      child.off('message', hear).off('exit', lost);
      finish();
    };
    const lost = (): void => { end(() => { reject(new Error(`${order}: the process died`)); }); };
    const hear = (message: { id: number; answer?: unknown; error?: string }): void => {
      if (message.id !== id) return;
      end(() => { if (message.error === undefined) resolve(message.answer); else reject(new Error(message.error)); });
    };
    child.on('message', hear).once('exit', lost);
    child.send({ id, order, ...more }, (error) => { if (error !== null) lost(); });
  });
}

/** A service and whoever of it runs now. */
class Service {
  private child!: ChildProcess;
  private started: Promise<unknown> = Promise.resolve();
  process!: Kept;

  constructor(
    readonly name: string,
    private readonly dist: string,
    private readonly startWith: () => object,
    private readonly logTo: ServiceAppsOptions['logTo'],
  ) {}

  async start(): Promise<this> {
    const { keepRunning } = await script<Keeping>('keep-running.mjs');
    this.process = await keepRunning(this.name, (port) => this.fork(port));
    return this;
  }

  private fork(port: number): ChildProcess {
    const child = fork(join(import.meta.dirname, 'service-process.mjs'), [this.dist], {
      execArgv: ['--enable-source-maps'], env: { PATH: process.env['PATH'] }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'], serialization: 'advanced',
    });
    // A test may turn the clock many times before it waits.
    child.setMaxListeners(0);
    child.stdout!.setEncoding('utf8').on('data', (text: string) => { this.logTo?.write(text); });
    this.child = child;
    this.started = ask(child, 'start', { ...this.startWith(), name: this.name, port });
    this.started.catch((error: unknown) => { if (!child.killed) process.stderr.write(`${this.name}: ${String(error)}\n`); });
    return child;
  }

  /** Asks whoever runs, and whoever comes after when that one is killed meanwhile. */
  async ask(order: string, more: object = {}): Promise<unknown> {
    for (;;) {
      const { child } = this;
      try {
        await this.started;
        return await ask(child, order, more);
      } catch (error) {
        if (!child.killed) throw error;
        while (this.child === child) await setTimeout(50);
      }
    }
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}

/** Starts all eight, or sixteen with an older build, then the proxy. @throws Error when one does not start: then none runs */
export async function startServiceProcesses({ engines, settings, environment, logTo, now }: ServiceAppsOptions): Promise<RunningApps> {
  await (built ??= buildServices());
  const { SERVICES, proxyBefore } = await script<Mechanism>('mechanism.mjs');
  const { allOrNone } = await script<Keeping>('keep-running.mjs');
  const { clock: _, ...opening } = engines;
  const start = async (name: string, dist: string): Promise<Service> => {
    const purposes = await purposesOf(name);
    return new Service(name, dist, () => ({ engines: opening, purposes, settings, environment, issuerFolder: dirname(engines.keyring!), at: now() }), logTo).start();
  };
  const builds = [DIST, ...(older === undefined ? [] : [older])];
  const services = await allOrNone(builds.flatMap((dist) => SERVICES.map((name) => start(name, dist))));
  const proxy = await proxyBefore(services.map(({ process }) => process), 0, 'identification');
  const over = new AbortController();
  const killing = kills ? killInTurn(services, engines.database!, over.signal) : Promise.resolve();
  const named = (name: string): Service => services.find((service) => service.name === name)!;
  return {
    address: proxy.address,
    turned: async () => { await Promise.all(services.map((service) => service.ask('turnTo', { at: now() }))); },
    actOnDue: () => named('notifier').ask('actOnDue'),
    metrics: async () => (await Promise.all(services.map((service) => service.ask('metrics')))).join('\n'),
    stop: async () => {
      over.abort();
      await killing;
      await proxy.close();
      await Promise.all(services.map((service) => service.stop()));
    },
  };
}

/** One at a time, whichever it is, once the one before answers again. */
async function killInTurn(services: readonly Service[], database: string, signal: AbortSignal): Promise<void> {
  const killed: string[] = [];
  signal.addEventListener('abort', () => { process.stderr.write(`KILLED MEANWHILE: ${killed.join(', ')}\n`); });
  while (!signal.aborted) {
    const service = services[randomInt(services.length)]!;
    service.process.kill();
    killed.push(service.name);
    await letLeasesRunOut(database);
    await service.process.ready();
    await setTimeout(PAUSE, undefined, { signal }).catch(() => undefined);
  }
}

/** As if a minute had passed: who was killed can not give a lease back, and the clock of a test stands still. */
async function letLeasesRunOut(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query('delete from leases').finally(() => client.end());
}
