/** The whole mechanism as processes on real servers, and the demonstration played on it, for tests of that shape. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export interface ServiceProcess {
  readonly name: string;
  /** Ends it with SIGKILL; it is started again. */
  kill(): void;
  /** Ends it with SIGTERM; it is started again. Answers its exit code. */
  restart(): Promise<number | null>;
  ready(): Promise<void>;
}

export interface Services {
  readonly address: string;
  readonly auditorToken: string;
  readonly data: string;
  readonly processes: readonly ServiceProcess[];
  stop(): Promise<void>;
}

interface Start {
  readonly eventStore: string;
  readonly database: string;
  readonly data: string;
  readonly instances?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly dist?: Readonly<Record<string, string>>;
}

interface Mechanism {
  readonly SERVICES: readonly string[];
  startServices(options: Start): Promise<Services>;
}

const mechanism = (): Promise<Mechanism> => import(join(ROOT, 'scripts/services/mechanism.mjs')) as Promise<Mechanism>;

export async function startServices(options: Start): Promise<Services> {
  return (await mechanism()).startServices(options);
}

/** The apps that run as services. */
export async function serviceNames(): Promise<readonly string[]> {
  return (await mechanism()).SERVICES;
}

/** Compiles what the processes run. @throws Error that ends with what the compiler said */
export async function buildServices(): Promise<void> {
  const apps = ['issuer', ...(await mechanism()).SERVICES, 'standalone', 'demo'];
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), ...apps], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the services do not compile: ${stderr}`);
}

/** Plays the demonstration to its end, which verifies the history, and answers the export of its case. @throws Error telling how far it came */
export async function playStory(environment: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tandem-story-'));
  const file = join(folder, 'export.ndjson');
  const main = join(ROOT, 'dist/apps/demo/src/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', main], { env: { ...environment, TANDEM_DEMO_EXPORT: file }, stdio: ['ignore', 'pipe', 'pipe'] });
  const told: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => told.push(text));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the story broke: ${told.join('').slice(-2_000)}`);
  try {
    return await readFile(file, 'utf8');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The story through the proxy. */
export function playThrough({ address, auditorToken, data }: Services): Promise<string> {
  return playStory({ TANDEM_ADDRESS: address, TANDEM_AUDITOR_TOKEN: auditorToken, TANDEM_DATA: data });
}
