// npm run build && (cd bench && npm ci) && node bench/append/run.mjs [--rounds 3]
// How fast events are appended durably, beside a bare insert and beside other event stores, on the compiled product.
// Prints a table and writes bench/results/append.json. Every figure is a median over the rounds, which run all
// measures in turn, so that a slow moment of the machine does not meet one measure alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bareInsert, emmettOnPostgres, emmettOnSqlite, startPostgres, tandem } from './stores.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const rounds = Number(values.rounds);
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-append-'));
const postgres = await startPostgres();

const ours = (writers, events) => ({ name: 'Tandem on SQLite', run: (path) => tandem(path, writers, events) });
const theirs = (writers, events) => ({
  sqlite: { name: 'emmett-sqlite', run: (path) => emmettOnSqlite(path, writers, events) },
  postgres: { name: 'emmett-postgresql', run: () => emmettOnPostgres(postgres, writers, events) },
});
const measures = [
  {
    measure: 'one durable append after the other',
    of: ours(1, 1_500),
    beside: { name: 'node:sqlite insert, synchronous=FULL', run: (path) => bareInsert(path, 1_500) },
    target: 0.6,
  },
  {
    measure: '64 writers at once',
    of: ours(64, 6_400),
    beside: { name: 'Tandem, one writer', run: (path) => tandem(path, 1, 1_500) },
    target: 2.5,
  },
  { measure: '1 writer', of: ours(1, 1_500), beside: theirs(1, 100).sqlite, target: 10 },
  { measure: '8 writers', of: ours(8, 3_200), beside: theirs(8, 64).sqlite, target: 10 },
  { measure: '1 writer', of: ours(1, 1_500), beside: theirs(1, 500).postgres, target: 1.3 },
  { measure: '8 writers', of: ours(8, 3_200), beside: theirs(8, 1_000).postgres, target: 1.3 },
];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const rounded = (number) => Math.round(number * 100) / 100;
const runs = measures.map(() => []);
let files = 0;

try {
  for (let round = 0; round < rounds; round++) {
    for (const [index, { of, beside }] of measures.entries()) {
      const own = await of.run(join(folder, `${++files}.db`));
      const other = await beside.run(join(folder, `${++files}.db`));
      process.stderr.write('.');
      runs[index].push({ value: Math.round(own.rate), besideValue: Math.round(other.rate), ...failed(own, other) });
    }
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

function failed(own, other) {
  return { failures: own.failures, besideFailures: other.failures };
}

const results = measures.map(({ measure, beside, target }, index) => {
  const value = median(runs[index].map((run) => run.value));
  const besideValue = median(runs[index].map((run) => run.besideValue));
  const ratio = besideValue === 0 ? null : rounded(value / besideValue);
  const reached = ratio === null || ratio >= target;
  const unit = 'events/s';
  return { measure, value, unit, beside: beside.name, besideValue, ratio, target, reached, runs: runs[index] };
});

console.log(`${cpus().length} x ${cpus()[0]?.model}, ${process.platform}, Node ${process.version}, ${rounds} rounds`);
for (const { measure, value, beside, besideValue, ratio, target, reached, runs: all } of results) {
  const failures = all.map((run) => `${run.failures}/${run.besideFailures}`).join(' ');
  const verdict = reached ? 'reached' : 'MISSED';
  console.log(
    `${measure}: ${value}/s; ${beside}: ${besideValue}/s; ratio ${ratio}, target ${target}: ${verdict}; failures ${failures}`,
  );
}
const target = join(import.meta.dirname, '..', 'results');
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'append.json'), `${JSON.stringify(results, null, 2)}\n`);
