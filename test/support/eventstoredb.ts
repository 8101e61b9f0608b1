/**
 * A real EventStoreDB for a test file: the one at `EVENTSTORE_URL`, the program at `EVENTSTORE_SERVER`, or a container
 * of the image in docker-compose.yml where a Docker engine answers.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse } from 'yaml';

const PORT = 2113;
const STARTED_WITHIN_MILLISECONDS = 120_000;

export interface EventStoreDbForTests {
  readonly address: string;
  /** Ends the server with SIGKILL and starts it again on the same log. Absent for a server that is not ours. */
  readonly killAndRestart?: () => Promise<void>;
  stop(): Promise<void>;
}

/** @returns undefined when there is no server to be had */
export async function startEventStoreDb(): Promise<EventStoreDbForTests | undefined> {
  const { EVENTSTORE_URL: given, EVENTSTORE_SERVER: program } = process.env;
  if (given !== undefined) return { address: given, stop: () => Promise.resolve() };
  return program === undefined ? startContainer() : startProgram(program);
}

async function startProgram(program: string): Promise<EventStoreDbForTests> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-eventstoredb-'));
  const port = await freePort();
  const start = (): ChildProcess => spawn(program, optionsFor(directory, port), { env: environment, stdio: 'ignore' });
  let server = start();
  const kill = async (): Promise<void> => {
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  };
  await untilReady(port, () => server.exitCode === null);
  return {
    address: addressOf('127.0.0.1', port),
    killAndRestart: async () => {
      await kill();
      server = start();
    },
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true });
    },
  };
}

/** The server takes every variable of its prefix for an option, and refuses to start on those of the tests. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_'))),
  EVENTSTORE_TELEMETRY_OPTOUT: 'true',
};

/** A single node, small enough to run beside a test. */
function optionsFor(directory: string, port: number): string[] {
  const options = {
    db: join(directory, 'data'),
    log: join(directory, 'log'),
    'node-ip': '127.0.0.1',
    'node-port': port,
    insecure: true,
    'run-projections': 'None',
    'stats-period-sec': 3600,
    'chunks-cache-size': 10_000_000,
    'max-mem-table-size': 100_000,
    'stream-info-cache-capacity': 10_000,
    'reader-threads-count': 2,
  };
  return Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`);
}

async function startContainer(): Promise<EventStoreDbForTests | undefined> {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const runtime = await getContainerRuntimeClient().catch(() => undefined);
  if (runtime === undefined) return undefined;
  const { image, environment: settings } = await composedService();
  // A port of ours, since a container that is started again would get another one.
  const port = await freePort();
  const container = await new GenericContainer(image)
    .withEnvironment(settings)
    .withExposedPorts({ container: PORT, host: port })
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCode(204))
    .withStartupTimeout(STARTED_WITHIN_MILLISECONDS)
    .start();
  const engine = runtime.container.getById(container.getId());
  return {
    address: addressOf(container.getHost(), port),
    killAndRestart: async () => {
      await engine.kill();
      await engine.start();
    },
    stop: async () => {
      await container.stop();
    },
  };
}

async function composedService(): Promise<{ image: string; environment: Record<string, string> }> {
  const text = await readFile(join(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
  return (parse(text) as { services: { eventstore: { image: string; environment: Record<string, string> } } }).services
    .eventstore;
}

async function untilReady(port: number, isRunning: () => boolean): Promise<void> {
  const deadline = Date.now() + STARTED_WITHIN_MILLISECONDS;
  const isReady = () =>
    fetch(`http://127.0.0.1:${port}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (Date.now() > deadline || !isRunning()) throw new Error('EventStoreDB did not start');
    await setTimeout(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const addressOf = (host: string, port: number): string => `esdb://${host}:${port}?tls=false`;
