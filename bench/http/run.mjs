// npm run bench -- http: commands over HTTP with everything on (token, access, validation, sealing, chain, synced
// commits, readers), beside an echo route behind the same server, token check and validation. The generator runs on
// the same cores, so the processor time of the server for each request is told too: other load moves it less. Figures are
// medians over the rounds; writes bench/results/http.json.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { load } from './load.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const root = join(import.meta.dirname, '..', '..');
const CONNECTIONS = 32;
const TARGET = 0.4;
const NOTIFICATION = JSON.stringify({
  channel: 'OUTREACH',
  grounds: ['OBSERVED_SIGNS'],
  region: 'RO11',
  ageBand: '26-40',
  signsOfChildhood: false,
  sex: 'FEMALE',
  citizenship: 'THIS_COUNTRY',
  form: 'LABOUR',
  danger: false,
  interpreterNeeded: false,
  account: 'Found at the roadside at dawn. Says the farmer has her papers.',
});
const NEEDS = JSON.stringify({ met: ['FOOD', 'SLEEP'], refused: ['CLOTHING'] });

/** Starts a server in a process of its own; `data` is removed with it. */
async function start(args) {
  const data = mkdtempSync(join(tmpdir(), 'tandem-bench-http-'));
  const limits = { RATE_LIMIT_BURST: '1000000', RATE_LIMIT_PER_SECOND: '1000000' };
  const env = { PATH: process.env.PATH, PORT: '0', TANDEM_DATA: data, LOG_LEVEL: 'warn', ...limits };
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Tandem listens on \S+:(\d+)/.exec(line)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { port: Number(port), pid: child.pid, token: await tokenOf(port), stop: () => stop(child, data) };
  }
  throw new Error('the server ended before it listened');
}

function stop(child, data) {
  return new Promise((resolve) => {
    child.once('exit', () => {
      rmSync(data, { recursive: true });
      resolve();
    });
    child.kill('SIGTERM');
  });
}

async function tokenOf(port) {
  const who = { organisation: 'casa-lumina', roles: ['CM', 'DETECT', 'SP'], actor: 'casa-lumina-bench', human: true };
  const answer = await fetch(`http://127.0.0.1:${port}/demo/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(who),
  });
  return (await answer.json()).access_token;
}

const asking = ({ token }, path, body) => ({
  path,
  body,
  headers: `authorization: Bearer ${token}\r\nidempotency-key: ${randomUUID()}\r\n`,
});

/** One server under one kind of request. */
async function drive(server, next, onAnswer = () => undefined, seconds = Number(values.seconds)) {
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

async function echoes() {
  const server = await start(['--conditions=source', '--import', './bench/typescript.mjs', 'bench/http/echo.ts']);
  const notification = () => asking(server, '/echo/notification', NOTIFICATION);
  await drive(server, notification, undefined, 2);
  const answered = await drive(server, notification);
  const needs = await drive(server, () => asking(server, '/echo/needs', NEEDS));
  await server.stop();
  return { notification: answered, needs };
}

async function commands() {
  const server = await start(['dist/apps/standalone/src/main.js']);
  const cases = [];
  const keep = (text) => cases.push(JSON.parse(text).caseId);
  const notification = () => asking(server, '/v1/cases', NOTIFICATION);
  await drive(server, notification, keep, 2);
  const answered = await drive(server, notification, keep);
  // Every need is recorded on a case of its own, as if a house looked after each person once.
  const next = () => cases.length > 0 && asking(server, `/v1/cases/${cases.shift()}/basic-needs`, NEEDS);
  const needs = await drive(server, () => next() || undefined);
  await server.stop();
  return { notification: answered, needs };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const rounds = [];
for (let round = 0; round < Number(values.rounds); round++) {
  rounds.push({ echo: await echoes(), tandem: await commands() });
  process.stderr.write('.');
}
process.stderr.write('\n');

const KINDS = [
  { of: 'notification', measure: 'POST /v1/cases (3 events, 1 sealed account)' },
  { of: 'needs', measure: 'POST /v1/cases/{caseId}/basic-needs (1 event)' },
];
const picking = (of) => (side, figure) => median(rounds.map((round) => round[side][of][figure]));
const rates = KINDS.map(({ of, measure }) => {
  const pick = picking(of);
  const [value, besideValue] = [pick('tandem', 'rate'), pick('echo', 'rate')];
  const ratio = Math.round((value / besideValue) * 100) / 100;
  return {
    measure,
    value,
    unit: 'requests/s',
    beside: 'echo behind the same token check and validation',
    besideValue,
    ratio,
    target: TARGET,
    reached: ratio >= TARGET,
    p50Milliseconds: pick('tandem', 'p50'),
    p99Milliseconds: pick('tandem', 'p99'),
    besideP50Milliseconds: pick('echo', 'p50'),
    besideP99Milliseconds: pick('echo', 'p99'),
    runs: rounds.map(({ echo, tandem }) => ({ tandem: tandem[of], echo: echo[of] })),
  };
});
const times = KINDS.flatMap(({ of, measure }) => {
  const [value, besideValue] = [picking(of)('tandem', 'processor'), picking(of)('echo', 'processor')];
  if (Number.isNaN(value + besideValue)) return [];
  const ratio = Math.round((besideValue / value) * 100) / 100;
  const beside = 'echo behind the same token check and validation';
  const told = { measure: `${measure}: processor time`, value, unit: 'ms/request', beside, besideValue };
  return [{ ...told, ratio, target: TARGET, reached: ratio >= TARGET }];
});
const results = [...rates, ...times];
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
const folder = join(root, 'bench', 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'http.json'), `${JSON.stringify(results, null, 2)}\n`);
