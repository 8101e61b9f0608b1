// What the benches that measure in a process of their own share: rounds of a TypeScript program, their median, where results go.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Runs `bench/<name>/measure.ts` as often as `--rounds` says, 3 times without it: each measure's values, and their median. */
export function measured(name, options = []) {
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
  const rounds = Array.from({ length: Number(values.rounds) }, () => {
    const args = [...options, '--conditions=source', '--import', './bench/typescript.mjs', `bench/${name}/measure.ts`];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    if (status !== 0) throw new Error('the measurement failed');
    return JSON.parse(stdout.trim().split('\n').at(-1));
  });
  return Object.keys(rounds[0]).map((measure) => {
    const runs = rounds.map((round) => round[measure]);
    return { measure, value: median(runs), runs };
  });
}

/** Prints the results and keeps them in `bench/results/<name>.json`. A target that is null is none; less is better. */
export function keep(name, measures) {
  const results = measures.map(({ measure, value, runs, unit, target }) => ({
    measure, value, unit, beside: null, besideValue: null, ratio: null, target, reached: target === null ? null : value < target, runs,
  }));
  for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
  mkdirSync(join(root, 'bench', 'results'), { recursive: true });
  writeFileSync(join(root, 'bench', 'results', `${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
}
