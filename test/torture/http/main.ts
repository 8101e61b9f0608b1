/** `npm run torture -- http --kills 500 --from-seed 1`: the long run, with a line a kill and a summary. */
import { parseArgs } from 'node:util';
import { killRepeatedly } from './kills.js';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '500' }, 'from-seed': { type: 'string', default: '1' } } });
const began = performance.now();
const print = (line: string): unknown => process.stdout.write(`${line}\n`);

const figures = await killRepeatedly(Number(values.kills), Number(values['from-seed']), (seed, { kills, startMilliseconds, faults }) => {
  const started = String(startMilliseconds.at(-1));
  print(`seed ${String(seed)}: ${String(kills)} kills, started again in ${started} ms, ${String(faults.length)} faults`);
});
const { startMilliseconds, faults, ...counts } = figures;
const sorted = startMilliseconds.toSorted((a, b) => a - b);
const at = (part: number): number | undefined => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
print(JSON.stringify({ ...counts, startAgain: { p50: at(0.5), p99: at(0.99), longest: sorted.at(-1) }, seconds: Math.round((performance.now() - began) / 1000), faults: faults.length }, null, 2));
for (const fault of faults.slice(0, 20)) print(fault);
print('Extrapolated: nothing. A killed process leaves the page cache: that every commit is synced is proven by counting syncs, not here.');
process.exitCode = faults.length === 0 ? 0 : 1;
