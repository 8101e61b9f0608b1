// npm run bench -- http: commands over HTTP with everything on (token, access, validation, sealing, chain, synced
// commits, readers), beside two others behind the same server, token check and validation: an echo route, and a floor
// that does no more than make durable what must be before the answer. The floor beside the echo says how near the echo
// any command could come on one thread. The generator runs on the same cores, so the processor time of the server for each
// request is told too: other load moves it less. Figures are medians over the rounds; writes bench/results/http.json.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NEEDS, NOTIFICATION } from './bodies.mjs';
import { rowsOf } from './rows.mjs';
import { drive, start } from './server.mjs';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '3' }, seconds: { type: 'string', default: '4' } },
});
const SECONDS = Number(values.seconds);
// Requests, not seconds: on a busy machine the slower of two would be measured before its code is compiled.
const WARM_UP = 2_000;
const LONG = 600;
const TARGET = 0.4;

const asking = ({ token }, path, body) => ({
  path,
  body,
  headers: `authorization: Bearer ${token}\r\nidempotency-key: ${randomUUID()}\r\n`,
});
const fromSource = (script, ...more) => ['--conditions=source', '--import', './bench/typescript.mjs', script, ...more];

/** So many requests and no more. */
const some = (next, left = WARM_UP) => () => (left-- > 0 ? next() : undefined);

async function echoes() {
  const server = await start(() => fromSource('bench/http/echo.ts'));
  const notification = () => asking(server, '/echo/notification', NOTIFICATION);
  const need = () => asking(server, '/echo/needs', NEEDS);
  await drive(server, some(notification), LONG);
  const answered = await drive(server, notification, SECONDS);
  await drive(server, some(need, WARM_UP / 4), LONG);
  const needs = await drive(server, need, SECONDS);
  await server.stop();
  return { notification: answered, needs };
}

/** Cases are notified; then every need is recorded on a case of its own, as if a house looked after each person once. */
async function commands(server, { cases: path, needs: suffix }, last) {
  const cases = [];
  const keep = (text) => cases.push(JSON.parse(text).caseId);
  const notify = () => asking(server, path, NOTIFICATION);
  await drive(server, some(notify), LONG, keep);
  const notification = await drive(server, notify, SECONDS, keep);
  const need = () => (cases.length > 0 ? asking(server, `${path}/${cases.shift()}${suffix}`, NEEDS) : undefined);
  await drive(server, some(need, WARM_UP / 4), LONG);
  const needs = await drive(server, need, SECONDS);
  return { notification, needs, rows: await server.stop(last) };
}

/** A floor is under the Tandem of the same round: it writes the rows that this one wrote. */
async function round(folder) {
  const echo = await echoes();
  const tandem = await commands(await start(() => ['dist/apps/standalone/src/main.js']), { cases: '/v1/cases', needs: '/basic-needs' }, rowsOf);
  const rowsFile = join(folder, 'rows.json');
  writeFileSync(rowsFile, JSON.stringify(tandem.rows));
  const floor = await commands(await start((data) => fromSource('bench/http/floor.ts', data, rowsFile)), { cases: '/floor/cases', needs: '/needs' });
  process.stderr.write('.');
  return { echo, tandem, floor };
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-rows-'));
const rounds = [];
for (let one = 0; one < Number(values.rounds); one++) rounds.push(await round(folder));
rmSync(folder, { recursive: true });
process.stderr.write('\n');

const KINDS = [
  { of: 'notification', measure: 'POST /v1/cases (3 events, 1 sealed account)' },
  { of: 'needs', measure: 'POST /v1/cases/{caseId}/basic-needs (1 event)' },
];
const ECHO = 'echo behind the same token check and validation';
const FLOOR = 'floor: the echo, and what must be synced before the answer';
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const picking = (of) => (side, figure) => median(rounds.map((measured) => measured[side][of][figure]));
const hundredths = (number) => Math.round(number * 100) / 100;
const judged = (ratio, target) => ({ ratio, target, reached: target === null ? null : ratio >= target });

const rates = KINDS.map(({ of, measure }) => {
  const pick = picking(of);
  const [value, besideValue] = [pick('tandem', 'rate'), pick('echo', 'rate')];
  return {
    measure,
    value,
    unit: 'requests/s',
    beside: ECHO,
    besideValue,
    ...judged(hundredths(value / besideValue), TARGET),
    p50Milliseconds: pick('tandem', 'p50'),
    p99Milliseconds: pick('tandem', 'p99'),
    besideP50Milliseconds: pick('echo', 'p50'),
    besideP99Milliseconds: pick('echo', 'p99'),
    runs: rounds.map(({ echo, tandem, floor }) => ({ tandem: tandem[of], echo: echo[of], floor: floor[of] })),
  };
});
/** Processor time of one beside that of another, which is the less: 1 is as cheap. */
function time(of, measure, side, [beside, other], target) {
  const [value, besideValue] = [picking(of)(side, 'processor'), picking(of)(other, 'processor')];
  if (Number.isNaN(value + besideValue)) return [];
  return [{ measure, value, unit: 'ms/request', beside, besideValue, ...judged(hundredths(besideValue / value), target) }];
}
const times = KINDS.flatMap(({ of, measure }) => [
  ...time(of, `${measure}: processor time`, 'tandem', [ECHO, 'echo'], TARGET),
  ...time(of, `${measure}: processor time`, 'tandem', [FLOOR, 'floor'], null),
  ...time(of, `${measure}: the floor's processor time`, 'floor', [ECHO, 'echo'], null),
]);
const results = [...rates, ...times];
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
const results_ = join(import.meta.dirname, '..', 'results');
mkdirSync(results_, { recursive: true });
writeFileSync(join(results_, 'http.json'), `${JSON.stringify(results, null, 2)}\n`);
