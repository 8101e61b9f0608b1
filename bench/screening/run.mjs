// npm run bench -- screening: what scoring every indicator of a catalogue, or rating every item of RA-1, takes of the
// processor, in one thread and in memory. Writes bench/results/screening.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const root = join(import.meta.dirname, '..', '..');
const TARGET_MICROSECONDS = 50;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rounds = Array.from({ length: Number(values.rounds) }, () => {
  const args = ['--conditions=source', '--import', './bench/typescript.mjs', 'bench/screening/measure.ts'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout.trim().split('\n').at(-1));
});
const results = Object.keys(rounds[0]).map((measure) => {
  const runs = rounds.map((round) => round[measure]);
  const value = median(runs);
  const reached = value < TARGET_MICROSECONDS;
  return { measure, value, unit: 'µs', beside: null, besideValue: null, ratio: null, target: TARGET_MICROSECONDS, reached, runs };
});
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
mkdirSync(join(root, 'bench', 'results'), { recursive: true });
writeFileSync(join(root, 'bench', 'results', 'screening.json'), `${JSON.stringify(results, null, 2)}\n`);
