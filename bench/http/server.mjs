// A server in a process of its own, on files of its own, and what requests cost it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PRODUCT_FLAGS } from '../../scripts/pinned-node.mjs';
import { load } from './load.mjs';

const root = join(import.meta.dirname, '..', '..');
const CONNECTIONS = 32;
/** No client is held off: what is measured is the work. */
export const LIMITS = { RATE_LIMIT_BURST: '1000000', RATE_LIMIT_PER_SECOND: '1000000' };

/** Starts a server; `args` are given its data directory, which is removed when it stops. */
export async function start(args) {
  const data = mkdtempSync(join(tmpdir(), 'tandem-bench-http-'));
  const env = { PATH: process.env.PATH, PORT: '0', TANDEM_DATA: data, LOG_LEVEL: 'warn', ...LIMITS };
  const child = spawn(process.execPath, [...PRODUCT_FLAGS, ...args(data)], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Tandem listens on \S+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { port: Number(port), pid: child.pid, token: await tokenOf(port), stop: (last) => stop(child, data, last) };
  }
  throw new Error('the server ended before it listened');
}

/** `last` sees the files before they are gone. */
function stop(child, data, last = () => undefined) {
  return new Promise((resolve) => {
    child.once('exit', () => {
      const seen = last(data);
      rmSync(data, { recursive: true });
      resolve(seen);
    });
    child.kill('SIGTERM');
  });
}

/** A token of the demo's issuer. */
export async function tokenOf(port) {
  const who = { organisation: 'casa-lumina', roles: ['CM', 'DETECT', 'SP'], actor: 'casa-lumina-bench', human: true };
  const answer = await fetch(`http://127.0.0.1:${port}/demo/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  return (await answer.json()).access_token;
}

/** One server under one kind of request: rate, times, and its processor's milliseconds for each. */
export async function drive(server, next, seconds, onAnswer = () => undefined) {
  let answers = 0;
  const count = (text) => {
    answers++;
    onAnswer(text);
  };
  const before = processorMilliseconds(server.pid);
  const figures = await load({
    port: server.port,
    connections: CONNECTIONS,
    milliseconds: seconds * 1_000,
    next,
    onAnswer: count,
  });
  return {
    ...figures,
    processor: Math.round(((processorMilliseconds(server.pid) - before) / answers) * 1_000) / 1_000,
  };
}

/** Processor time of a process so far, with that of the kernel for it. Linux tells it in hundredths of a second. */
function processorMilliseconds(pid) {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  const [user, system] = readFileSync(file, 'utf8').split(') ')[1].split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * 10;
}
