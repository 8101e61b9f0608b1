// npm run bench [-- append rebuild http case deadlines screening eventstoredb services kafka]: runs the benchmarks that are named, or all, and writes bench/RESULTS.md
// from every bench/results/*.json. With --render nothing is measured. Run it when the machine is quiet.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

const root = join(import.meta.dirname, '..');
const bench = join(root, 'bench');
const ALL = ['append', 'rebuild', 'http', 'case', 'deadlines', 'screening', 'eventstoredb', 'services', 'kafka'];
const args = process.argv.slice(2);
const render = args.includes('--render');
const named = args.filter((arg) => !arg.startsWith('--'));

if (!render) await measure((named.length > 0 ? named : ALL).filter((name) => existsSync(join(bench, name, 'run.mjs'))));
writeFileSync(join(bench, 'RESULTS.md'), page());

async function measure(names) {
  await setup();
  build({ apps: ['standalone'] });
  if (!existsSync(join(bench, 'node_modules'))) run('npm', ['ci', '--no-audit', '--no-fund'], bench);
  for (const name of names) {
    console.log(`bench: ${name}, load ${loadavg()[0].toFixed(2)} on ${cpus().length} cores`);
    const load = loadavg()[0];
    if (run(pinnedNode() ?? process.execPath, [join(bench, name, 'run.mjs')], root) !== 0) process.exitCode = 1;
    writeFileSync(join(bench, 'results', `${name}.machine.json`), `${JSON.stringify(machine(load), null, 2)}\n`);
  }
}

function run(command, parameters, cwd) {
  return spawnSync(command, parameters, { cwd, stdio: 'inherit', shell: command === 'npm' }).status;
}

function machine(load) {
  return {
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadBefore: Math.round(load * 100) / 100,
  };
}

/** What was measured as it was measured: a target that was missed is written as missed. */
function page() {
  const folder = join(bench, 'results');
  const names = readdirSync(folder).filter((file) => file.endsWith('.json') && !file.endsWith('.machine.json'));
  return [
    '# Results',
    '',
    'Written by `npm run bench` from `bench/results/*.json`, which hold every single run. Values are medians of the runs.',
    ...names.sort().flatMap((file) => section(folder, file.slice(0, -'.json'.length))),
    '',
  ].join('\n');
}

function section(folder, name) {
  const read = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const results = [read(`${name}.json`)].flat();
  const context = existsSync(join(folder, `${name}.machine.json`)) ? read(`${name}.machine.json`) : undefined;
  return [
    '',
    `## ${name}`,
    '',
    ...(context === undefined ? [] : [machineLine(context), '']),
    '| measure | value | beside | ratio | target | reached | p50 / p99 |',
    '|---|---|---|---|---|---|---|',
    ...results.map(row),
  ];
}

function machineLine({ cores, memoryGigabytes, platform, node, loadBefore }) {
  const busy = loadBefore > cores / 2 ? ' **The machine was not quiet: a quiet one does better.**' : '';
  return `${cores} cores, ${memoryGigabytes} GB, ${platform}, Node ${node}; load before the run ${loadBefore}.${busy}`;
}

function row({ measure, value, unit, beside, besideValue, ratio, target, reached, p50Milliseconds, p99Milliseconds }) {
  const other = beside === null || beside === undefined ? '' : `${beside}: ${besideValue} ${unit}`;
  const failed = besideValue === 0 ? 'none to compare: the other wrote nothing' : undefined;
  const verdict = failed ?? (reached === null || reached === undefined ? '' : reached ? 'yes' : '**no**');
  const times = p50Milliseconds === undefined ? '' : `${p50Milliseconds} / ${p99Milliseconds} ms`;
  return `| ${measure} | ${value} ${unit} | ${other} | ${ratio ?? ''} | ${target ?? ''} | ${verdict} | ${times} |`;
}
