// npm ci && node bench/rebuild/run.mjs [--events 100000,300000,1000000] [--rounds 3,3,3]
// How fast projections are built again from logs of several lengths, beside reading the same file bare: select and JSON.parse
// of every event. CPU time is compared, not the clock: both wait for the disk alike, and other work on the machine does not
// count. Each projection reads the log for itself, so each is held against one scan; `all` holds the four of them, in one
// process, against one scan. Every run is a process of its own. Memory is what a process adds, at its highest, to what it
// had before it read; whether it is flat is told by what it adds over the longest log more than over the shortest, beside
// what the bare scan adds. Prints a table and writes bench/results/rebuild.json.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PRODUCT_FLAGS } from '../../scripts/pinned-node.mjs';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '100000,300000,1000000' }, rounds: { type: 'string', default: '3' } },
});
const sizes = values.events.split(',').map(Number);
/** For each log; the last one stands for those that come after it. */
const rounds = values.rounds.split(',').map(Number);
const PROJECTIONS = ['access', 'caseload', 'desk', 'service-gap'];
const TARGET = 0.4;
const MEGABYTES = 150;

const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-rebuild-'));
const log = join(folder, 'events.db');
const typescript = join(import.meta.dirname, '..', 'typescript.mjs');
const run = (script, ...parameters) =>
  execFileSync(process.execPath, [...PRODUCT_FLAGS, '--conditions=source', '--import', typescript, join(import.meta.dirname, script), ...parameters], {
    encoding: 'utf8',
    cwd: join(import.meta.dirname, '..', '..'),
  });
const measured = (what) => JSON.parse(run('measure.ts', what, log, join(folder, 'views.db')));

const runs = new Map();
try {
  for (const [index, events] of sizes.entries()) {
    for (const suffix of ['', '-wal', '-shm']) rmSync(log + suffix, { force: true });
    run('write-log.ts', log, String(events));
    runs.set(events, []);
    for (let round = 0; round < (rounds[index] ?? rounds.at(-1)); round++) {
      const all = ['scan', ...PROJECTIONS, 'all'].map((what) => [what, measured(what)]);
      runs.get(events).push(Object.fromEntries(all));
      process.stderr.write('.');
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const rounded = (number) => Math.round(number * 100) / 100;
const told = (events) => `${events} events${runs.get(events).length < 3 ? ', not three runs' : ''}`;
const megabytes = (what, events) => median(runs.get(events).map((round) => round[what].addedMegabytes));

function speed(what, events, target) {
  const rate = ({ cpuSeconds }) => Math.round(events / cpuSeconds);
  const pairs = runs.get(events).map((round) => ({ value: rate(round[what]), besideValue: rate(round.scan), ...round[what] }));
  const value = median(pairs.map((one) => one.value));
  const besideValue = median(pairs.map((one) => one.besideValue));
  const measure = `${what} built again from ${told(events)}`;
  const ratio = rounded(value / besideValue);
  return { measure, value, unit: 'events/CPU s', beside: 'select and JSON.parse', besideValue, ratio, target, reached: ratio >= target, runs: pairs };
}

function memory(what, events) {
  const value = megabytes(what, events);
  const ratio = rounded(MEGABYTES / value);
  const measure = `memory that ${what} adds over ${told(events)}`;
  const beside = `the scan adds ${megabytes('scan', events)} MB, the most it may add`;
  return { measure, value, unit: 'MB', beside, besideValue: MEGABYTES, ratio, target: 1, reached: ratio >= 1, runs: runs.get(events).map((round) => round[what]) };
}

/** Flat: from the shortest log to the longest it grows no more than bare reading does. */
function growth(what) {
  const [shortest, longest] = [Math.min(...sizes), Math.max(...sizes)];
  const grows = (one) => megabytes(one, longest) - megabytes(one, shortest);
  const [value, besideValue] = [grows(what), grows('scan')];
  const ratio = value <= 0 ? null : rounded(besideValue / value);
  const measure = `memory that ${what} adds over ${longest} events more than over ${shortest}`;
  return { measure, value, unit: 'MB', beside: 'select and JSON.parse', besideValue, ratio, target: 1, reached: value <= besideValue };
}

const EACH = ['all', ...PROJECTIONS];
const results = [
  ...sizes.flatMap((events) => [...PROJECTIONS.map((what) => speed(what, events, TARGET)), speed('all', events, rounded(TARGET / PROJECTIONS.length))]),
  ...sizes.flatMap((events) => EACH.map((what) => memory(what, events))),
  ...(sizes.length > 1 ? EACH.map(growth) : []),
];
console.log(`${cpus().length} x ${cpus()[0]?.model}, ${process.platform}, Node ${process.version}, ${rounds.join(', ')} rounds`);
for (const { measure, value, unit, beside, besideValue, ratio, target, reached } of results) {
  console.log(`${measure}: ${value} ${unit}; ${beside}: ${besideValue}; ratio ${ratio}, target ${target}: ${reached ? 'reached' : 'MISSED'}`);
}
const target = join(import.meta.dirname, '..', 'results');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'rebuild.json'), `${JSON.stringify(results, null, 2)}\n`);
