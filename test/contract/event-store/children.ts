/** Starts child processes that hold a SQLite event store. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const here = import.meta.dirname;
const child = (...args: readonly string[]): string[] => {
  return ['--import', join(here, 'typescript.mjs'), join(here, 'writer.child.ts'), ...args];
};
const environment = { ...process.env, NODE_OPTIONS: '' };

export interface Acknowledged {
  readonly stream: string;
  readonly id: string;
}

/** Starts a writer; `acknowledged` grows until it ends. */
function startWriter(path: string, writers: number): { process: ChildProcess; lines: AsyncIterable<string> } {
  const started = spawn(process.execPath, child(path, String(writers), '1000000'), {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { process: started, lines: createInterface({ input: started.stdout }) };
}

/** A child writes to the store until `count` appends are acknowledged, then it is killed in the midst of the next. */
export async function killInMidWrite(path: string, writers: number, count: number): Promise<readonly Acknowledged[]> {
  const { process: writer, lines } = startWriter(path, writers);
  const exit = once(writer, 'exit');
  const acknowledged: Acknowledged[] = [];
  for await (const line of lines) {
    acknowledged.push(JSON.parse(line) as Acknowledged);
    if (acknowledged.length === count) writer.kill('SIGKILL');
  }
  const [, signal] = (await exit) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error('the writer ended before it was killed');
  return acknowledged;
}

/** A child holds the store while `during` runs. */
export async function whileHeld(path: string, during: () => Promise<void>): Promise<void> {
  const { process: writer, lines } = startWriter(path, 1);
  const exit = once(writer, 'exit');
  for await (const _line of lines) break;
  await during().finally(() => writer.kill('SIGKILL'));
  await exit;
}

/** A child writes until the system lets its files grow no further; what had been acknowledged, and how it ended. */
export function writeUntilFull(path: string): { acknowledged: readonly Acknowledged[]; error: string } {
  const limited = ['-c', 'ulimit -f 200; exec "$@"', 'limited', process.execPath, ...child(path, '2', '1000000')];
  const { stdout, stderr } = spawnSync('bash', limited, { env: environment, encoding: 'utf8' });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { acknowledged: lines.map((line) => JSON.parse(line) as Acknowledged), error: stderr };
}

/** Whether system calls can be counted here. */
export const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;

/** How often a child that makes these appends asks the system to bring data to the disk. */
export function countSyncs(path: string, trace: string, writers: number, appends: number): number {
  const filter = ['-f', '-c', '-o', trace, '-e', 'trace=fdatasync,fsync'];
  const args = [...filter, process.execPath, ...child(path, String(writers), String(appends))];
  const { status, stderr } = spawnSync('strace', args, { env: environment, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  // The summary's columns: % time, seconds, microseconds a call, calls, errors if any, name.
  const calls = readFileSync(trace, 'utf8').matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+).*\bf(?:data)?sync$/gm);
  return [...calls].reduce((sum, [, count]) => sum + Number(count), 0);
}
