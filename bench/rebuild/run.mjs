// npm ci && node bench/rebuild/run.mjs [--events 100000] [--rounds 3]
// How fast projections are built again from the log, beside reading the same file bare: select and JSON.parse of every
// event. CPU time is compared, not the clock: both wait for the disk alike, and other work on the machine does not count.
// Each projection reads the log for itself, so each is held against one scan; `all` holds the four of them, in one process,
// against one scan. Every run is a process of its own. Prints a table and writes bench/results/rebuild.json.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { events: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } } });
const events = Number(values.events);
const rounds = Number(values.rounds);
const PROJECTIONS = ['access', 'caseload', 'desk', 'service-gap'];
const TARGET = 0.4;
const MEGABYTES = 150;

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-rebuild-'));
const log = join(folder, 'events.db');
const typescript = join(import.meta.dirname, '..', 'typescript.mjs');
const run = (script, ...parameters) =>
  execFileSync(process.execPath, ['--conditions=source', '--import', typescript, join(import.meta.dirname, script), ...parameters], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '..', '..'),
  });
const measured = (what) => JSON.parse(run('measure.ts', what, log, join(folder, 'views.db')));

const runs = [];
try {
  run('write-log.ts', log, String(events));
  for (let round = 0; round < rounds; round++) {
    const all = ['scan', ...PROJECTIONS, 'all'].map((what) => [what, measured(what)]);
    runs.push(Object.fromEntries(all));
    process.stderr.write('.');
  }
} finally {
  rmSync(folder, { recursive: true });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const rate = ({ cpuSeconds }) => Math.round(events / cpuSeconds);
const rounded = (number) => Math.round(number * 100) / 100;

function speed(what, target) {
  const pairs = runs.map((round) => ({ value: rate(round[what]), besideValue: rate(round.scan), ...round[what] }));
  const value = median(pairs.map((one) => one.value));
  const besideValue = median(pairs.map((one) => one.besideValue));
  const measure = `${what} built again from ${events} events`;
  const ratio = rounded(value / besideValue);
  return { measure, value, unit: 'events/CPU s', beside: 'select and JSON.parse', besideValue, ratio, target, reached: ratio >= target, runs: pairs };
}

function memory(what) {
  const value = median(runs.map((round) => round[what].addedMegabytes));
  const ratio = rounded(MEGABYTES / value);
  const measure = `memory that ${what} adds over ${events} events`;
  return { measure, value, unit: 'MB', beside: 'the most it may add', besideValue: MEGABYTES, ratio, target: 1, reached: ratio >= 1, runs: runs.map((round) => round[what]) };
}

const results = [
  ...PROJECTIONS.map((what) => speed(what, TARGET)),
  speed('all', rounded(TARGET / PROJECTIONS.length)),
  ...['all', ...PROJECTIONS].map(memory),
];
console.log(`${cpus().length} x ${cpus()[0]?.model}, ${process.platform}, Node ${process.version}, ${rounds} rounds`);
for (const { measure, value, unit, beside, besideValue, ratio, target, reached } of results) {
  console.log(`${measure}: ${value} ${unit}; ${beside}: ${besideValue}; ratio ${ratio}, target ${target}: ${reached ? 'reached' : 'MISSED'}`);
}
const target = join(import.meta.dirname, '..', 'results');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, events === 100_000 ? 'rebuild.json' : `rebuild-${events}.json`), `${JSON.stringify(results, null, 2)}\n`);
