/** The Tandem that the demo plays against: its own, started as a user would in a folder that is removed, or one that runs. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface Instance {
  readonly address: string;
  /** Mandate of the invented auditor, as the welcome prints it in her token. */
  readonly auditorToken: string;
  /** Where the instance keeps its files: what an operator without keys can read. */
  readonly data: string;
  /** File for the export of the case, so that the same story on other stores can be held against it. */
  readonly keepExportAt?: string | undefined;
  stop(): Promise<void>;
}

const MAIN = join(import.meta.dirname, '..', '..', 'standalone', 'src', 'main.js');
const STARTING_MILLISECONDS = 30_000;

/** Reads the welcome: the address it listens on, and the token printed under a name. */
async function readWelcome(child: ChildProcessByStdio<null, Readable, null>, name: string): Promise<{ address: string; token: string }> {
  let address = '';
  let tokenFollows = false;
  for await (const line of createInterface({ input: child.stdout })) {
    address = /^Tandem listens on (\S+)/.exec(line)?.[1] ?? address;
    if (tokenFollows) return { address, token: line.trim() };
    tokenFollows = line.startsWith(name);
  }
  throw new Error('the instance ended before it listened');
}

/** Servers of its stores that the demo's own instance is to use, by the names of the settings. */
const SERVERS = ['EVENTSTORE_URL', 'DATABASE_URL', 'VAULT_URL', 'KEYRING_FILE', 'CUSTODIAN_VAULTS_FILE'];

type Environment = Readonly<Record<string, string | undefined>>;

/** The one that runs at `TANDEM_ADDRESS`, else one of our own, on the servers that the environment names. */
export async function instanceFor(environment: Environment): Promise<Instance> {
  const { TANDEM_ADDRESS: address, TANDEM_AUDITOR_TOKEN: auditorToken = '', TANDEM_DATA: data = '', TANDEM_DEMO_EXPORT: keepExportAt } = environment;
  if (address !== undefined) return { address, auditorToken, data, keepExportAt, stop: () => Promise.resolve() };
  const own = await startInstance(Object.fromEntries(SERVERS.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]]))));
  return { ...own, keepExportAt };
}

/** Starts an instance. @throws Error when it does not listen within 30 s */
async function startInstance(servers: Environment): Promise<Instance> {
  const data = mkdtempSync(join(tmpdir(), 'tandem-demo-'));
  const env = { PORT: '0', HOST: '127.0.0.1', TANDEM_DATA: data, LOG_LEVEL: 'warn', RATE_LIMIT_BURST: '2000', ...servers };
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const patience = setTimeout(() => child.kill(), STARTING_MILLISECONDS);
  const { address, token } = await readWelcome(child, 'Garda de Audit').finally(() => {
    clearTimeout(patience);
  });
  child.stdout.resume();
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true });
  };
  return { address, auditorToken: token, data, stop };
}
