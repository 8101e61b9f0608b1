/**
 * Servers for a Tandem of the shape `services`, for one test file: a log of its own for each Tandem, and a database in one
 * PostgreSQL. A Tandem that is started again on the same directory finds both as it left them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type NodeForTests, startNode } from './eventstoredb-node.js';
import { type PostgresForTests, startPostgres } from './postgres.js';

const { TANDEM_SHAPE: shape } = process.env;
/** `TANDEM_SHAPE=processes`: as with `services`, each app as a process of its own. */
export const asProcesses = shape === 'processes';
/** `TANDEM_SHAPE=services`: the specs run against eight apps on real servers, behind the proxy. Else one process on embedded engines. */
export const asServices = asProcesses || shape === 'services';

/** How long a hook or a test may take, in milliseconds: longer where every write goes over servers. */
export const patience = (milliseconds: number): number => (asServices ? 10 * milliseconds : milliseconds);

/** Settings of `openEngines`. */
export interface Servers {
  readonly eventStore: string;
  readonly database: string;
  readonly keyring: string;
}

let postgres: Promise<PostgresForTests> | undefined;
const nodes: NodeForTests[] = [];
const folders: string[] = [];
const kept = new Map<string, Servers>();
const logs = new Map<string, NodeForTests>();
const stops: (() => Promise<void>)[] = [];

/** The servers of a directory, or new and empty ones for `:memory:`. @throws Error without EVENTSTORE_SERVER */
export async function serversOf(data: string): Promise<Servers> {
  const known = kept.get(data);
  if (known !== undefined) return known;
  const { EVENTSTORE_SERVER: program } = process.env;
  if (program === undefined) throw new Error('TANDEM_SHAPE=services or processes needs EVENTSTORE_SERVER: each Tandem has a log of its own');
  postgres ??= startPostgres({ connections: 800 });
  const node = await startNode(program);
  nodes.push(node);
  const folder = data === ':memory:' ? await mkdtemp(join(tmpdir(), 'tandem-keys-')) : data;
  if (data === ':memory:') folders.push(folder);
  const servers = {
    eventStore: `esdb://127.0.0.1:${String(node.port)}?tls=false`, database: await (await postgres).freshDatabase(), keyring: join(folder, 'keyring.json'),
  };
  if (data !== ':memory:') kept.set(data, servers);
  logs.set(data, node);
  return servers;
}

/** The server that keeps the log of a directory. @throws Error for one that no Tandem was started on */
export function logOf(data: string): NodeForTests {
  const log = logs.get(data);
  if (log === undefined) throw new Error('no Tandem was started there');
  return log;
}

/** For what lies in files of one process: among services left out, and said so by name. */
export function onFilesOnly(what: string): boolean {
  if (asServices) process.stderr.write(`NOT AMONG SERVICES: ${what}\n`);
  return !asServices;
}

/** Where the key lies under which tokens are made, when several processes must know it: beside the keyring. */
export const issuerFolderOf = ({ keyring }: Partial<Servers>): string | undefined => (asProcesses && keyring !== undefined ? dirname(keyring) : undefined);

/** Called before the servers are ended, if it was not before. */
export function stopBeforeServers(stop: () => Promise<void>): void {
  stops.push(stop);
}

if (asServices) {
  // Here only: benches start a Tandem too, where there is no jest.
  const { afterAll, jest } = await import('@jest/globals');
  // Servers take longer to start than files.
  jest.setTimeout(patience(30_000));
  afterAll(async () => {
    for (const stop of stops) await stop();
    for (const node of nodes) await node.stop();
    await (await postgres)?.stop();
    for (const folder of folders) await rm(folder, { recursive: true });
  }, 120_000);
}
