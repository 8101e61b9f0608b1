/** The built standalone as a child process on a directory that outlives it: started, killed, asked to stop. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const MAIN = join(import.meta.dirname, '..', '..', '..', 'dist', 'apps', 'standalone', 'src', 'main.js');
/** A start takes seconds; on a machine that many others use, minutes. */
const PATIENCE_MILLISECONDS = 300_000;

export interface Instance {
  readonly address: string;
  /** From the start of the process until it listened. */
  readonly startedInMilliseconds: number;
  /** As the power goes: nothing of it runs any more afterwards. */
  kill(): Promise<void>;
  /** As an operator asks. `code` is null when a signal ended it. */
  stop(): Promise<{ readonly code: number | null; readonly milliseconds: number }>;
}

function spawnOn(data: string): ChildProcess {
  const env = {
    PATH: process.env['PATH'] ?? '', PORT: '0', TANDEM_DATA: data, LOG_LEVEL: 'error',
    RATE_LIMIT_BURST: '1000000', RATE_LIMIT_PER_SECOND: '1000000',
  };
  return spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] });
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /^Tandem listens on (\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error('the instance ended before it listened');
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) throw new Error('the instance had ended by itself');
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}

/** Starts and waits until it listens. @throws Error when it ends before, or does not within five minutes */
export async function startInstance(data: string): Promise<Instance> {
  const before = performance.now();
  const child = spawnOn(data);
  let isPatient = true;
  const patience = setTimeout(() => {
    isPatient = false;
    child.kill('SIGKILL');
  }, PATIENCE_MILLISECONDS);
  const address = await addressOf(child)
    .catch((error: unknown) => {
      throw isPatient ? error : new Error(`the instance did not listen within ${String(PATIENCE_MILLISECONDS)} ms`);
    })
    .finally(() => {
      clearTimeout(patience);
    });
  child.stdout?.resume();
  return {
    address,
    startedInMilliseconds: Math.round(performance.now() - before),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: async () => {
      const asked = performance.now();
      const code = await end(child, 'SIGTERM');
      return { code, milliseconds: Math.round(performance.now() - asked) };
    },
  };
}

/** Starts and kills so soon that it may not have listened yet: recovery itself is interrupted. */
export async function killWhileStarting(data: string, milliseconds: number): Promise<void> {
  const child = spawnOn(data);
  child.stdout?.resume();
  const exit = once(child, 'exit');
  setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await exit;
}
