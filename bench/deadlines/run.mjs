// npm run bench -- deadlines: the deadline board over 100,000 open cases, over HTTP on the sources: how long one page takes
// to who leads some of them and to who coordinates all. Writes bench/results/deadlines.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const root = join(import.meta.dirname, '..', '..');
const TARGET_MILLISECONDS = 200;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rounds = Array.from({ length: Number(values.rounds) }, () => {
  const args = ['--conditions=source', '--import', './bench/typescript.mjs', 'bench/deadlines/measure.ts'];
  const { stdout, status } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('the measurement failed');
  return JSON.parse(stdout.trim().split('\n').at(-1));
});
const results = Object.keys(rounds[0]).map((measure) => {
  const value = median(rounds.map((round) => round[measure]));
  const isTime = !measure.startsWith('seconds');
  const target = measure.startsWith('a page') ? TARGET_MILLISECONDS : null;
  const reached = target === null ? null : value < target;
  const runs = rounds.map((round) => round[measure]);
  return { measure, value, unit: isTime ? 'ms' : 's', beside: null, besideValue: null, ratio: null, target, reached, runs };
});
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
mkdirSync(join(root, 'bench', 'results'), { recursive: true });
writeFileSync(join(root, 'bench', 'results', 'deadlines.json'), `${JSON.stringify(results, null, 2)}\n`);
