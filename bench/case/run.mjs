// npm run bench -- case: a case of 2,000 events, far above any real one: how long it takes to be read, told and seen as
// of an earlier moment, cold (nothing of it in memory) and warm, over HTTP on the sources. Writes bench/results/case.json.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const root = join(import.meta.dirname, '..', '..');
const TARGET_MILLISECONDS = 100;
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const rounds = Array.from({ length: Number(values.rounds) }, () => {
  const args = ['--expose-gc', '--conditions=source', '--import', './bench/typescript.mjs', 'bench/case/measure.ts'];
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
  const isTime = !measure.startsWith('memory');
  const target = isTime ? TARGET_MILLISECONDS : null;
  const reached = target === null ? null : value < target;
  const runs = rounds.map((round) => round[measure]);
  return { measure, value, unit: isTime ? 'ms' : 'MB', beside: null, besideValue: null, ratio: null, target, reached, runs };
});
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
mkdirSync(join(root, 'bench', 'results'), { recursive: true });
writeFileSync(join(root, 'bench', 'results', 'case.json'), `${JSON.stringify(results, null, 2)}\n`);
