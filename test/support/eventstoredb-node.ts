/** EventStoreDB as a program on this machine: one node, one behind certificates, or several that elect a leader. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { certificateAuthority } from './certificates.js';
import { freePort } from './free-port.js';

export const STARTED_WITHIN_MILLISECONDS = 120_000;

export interface NodeForTests {
  readonly port: number;
  /** Ends the server with SIGKILL. */
  kill(): Promise<void>;
  /** Ends the server with SIGKILL and starts it again on the same log. */
  killAndRestart(): Promise<void>;
  /** Copies the log while the server stands still. Answers how to put the copy in its place. */
  copyLog(): Promise<() => Promise<void>>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

type Options = Readonly<Record<string, string | number | boolean>>;

const INSECURE: Options = { insecure: true };

/** A node on loopback, which answers when this resolves unless `ready` is false. */
export async function startNode(
  program: string,
  { options = INSECURE, port, ready = true }: { options?: Options; port?: number; ready?: boolean } = {},
): Promise<NodeForTests> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-eventstoredb-'));
  const at = port ?? (await freePort());
  const all = { ...small(directory, at), 'replication-port': await freePort(), ...options };
  const start = (): ChildProcess =>
    spawn(
      program,
      Object.entries(all).map(([name, value]) => `--${name}=${String(value)}`),
      {
        env: environment,
        stdio: 'ignore',
      },
    );
  let server = start();
  const kill = async (): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exit = once(server, 'exit');
    server.kill('SIGKILL');
    await exit;
  };
  const untilUp = (): Promise<void> => untilReady(at, () => server.exitCode === null);
  const copy = async (from: string, to: string): Promise<void> => {
    await kill();
    await rm(join(directory, to), { recursive: true, force: true });
    await cp(join(directory, from), join(directory, to), { recursive: true });
    server = start();
    await untilUp();
  };
  if (ready) await untilUp();
  return {
    port: at,
    kill,
    killAndRestart: async () => {
      await kill();
      server = start();
    },
    copyLog: async () => {
      await copy('data', 'copy');
      return () => copy('copy', 'data');
    },
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true });
    },
  };
}

/** A node that speaks TLS only and asks for credentials, with the file of the authority that vouches for it. */
export async function startSecureNode(program: string): Promise<NodeForTests & { readonly authorityFile: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-eventstoredb-certificates-'));
  const file = async (name: string, text: string): Promise<string> => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const { authority, certificate, key } = await (await certificateAuthority()).issue('eventstoredb-node');
  await mkdir(join(folder, 'roots'));
  const authorityFile = await file(join('roots', 'authority.crt'), authority);
  const options = {
    'certificate-file': await file('node.crt', certificate),
    'certificate-private-key-file': await file('node.key', key),
    'trusted-root-certificates-path': join(folder, 'roots'),
  };
  const node = await startNode(program, { options, ready: false });
  return {
    ...node,
    authorityFile,
    stop: async () => {
      await node.stop();
      await rm(folder, { recursive: true });
    },
  };
}

/** Three nodes that elect a leader among them. */
export async function startCluster(
  program: string,
): Promise<{ readonly nodes: readonly NodeForTests[]; leader(): Promise<NodeForTests> }> {
  const ports = await Promise.all([freePort(), freePort(), freePort()]);
  const seeds = (own: number): string =>
    ports
      .filter((port) => port !== own)
      .map((port) => `127.0.0.1:${port}`)
      .join();
  const together = { ...INSECURE, 'cluster-size': ports.length, 'discover-via-dns': false };
  const start = (port: number) => startNode(program, { port, options: { ...together, 'gossip-seed': seeds(port) } });
  const nodes = await Promise.all(ports.map(start));
  return { nodes, leader: () => leaderOf(nodes) };
}

interface Member {
  readonly httpEndPointPort: number;
  readonly state: string;
  readonly isAlive: boolean;
}

/** The node that another or itself holds for the living leader. */
async function leaderOf(nodes: readonly NodeForTests[]): Promise<NodeForTests> {
  const deadline = Date.now() + STARTED_WITHIN_MILLISECONDS;
  while (Date.now() < deadline) {
    const members = (await Promise.all(nodes.map(({ port }) => membersAt(port)))).flat();
    const { httpEndPointPort } = members.find(({ state, isAlive }) => isAlive && state === 'Leader') ?? {};
    const leader = nodes.find(({ port }) => port === httpEndPointPort);
    if (leader !== undefined) return leader;
    await setTimeout(100);
  }
  throw new Error('the nodes elected no leader');
}

async function membersAt(port: number): Promise<readonly Member[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/gossip`).catch(() => undefined);
  return answer === undefined ? [] : ((await answer.json()) as { members: Member[] }).members;
}

/** The server takes every variable of its prefix for an option, and refuses to start on those of the tests. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_'))),
  EVENTSTORE_TELEMETRY_OPTOUT: 'true',
};

/** Small enough to run beside a test. */
const small = (directory: string, port: number): Options => ({
  db: join(directory, 'data'),
  log: join(directory, 'log'),
  'node-ip': '127.0.0.1',
  'node-port': port,
  'replication-ip': '127.0.0.1',
  'run-projections': 'None',
  'stats-period-sec': 3600,
  'chunks-cache-size': 10_000_000,
  'max-mem-table-size': 100_000,
  'stream-info-cache-capacity': 10_000,
  'reader-threads-count': 2,
});

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
