// npm run torture [-- http|store|fuzz [options]]: the long versions of tests that npm test runs short. Without a name,
// all, one after the other. A run prints its seeds; http and store take one up again with --from-seed, fuzz with
// `fuzz <requests> <seed>`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

const root = join(import.meta.dirname, '..');
const ENTRIES = {
  http: 'test/torture/http/main.ts',
  store: 'test/torture/store/crash-points.mjs',
  fuzz: 'test/torture/fuzz.mjs',
};
const [wanted, ...options] = process.argv.slice(2);
const names = wanted === undefined ? Object.keys(ENTRIES) : [wanted];

await setup();
build({ apps: ['standalone'] });
for (const name of names) {
  const entry = ENTRIES[name];
  if (entry === undefined) throw new Error(`there is no torture by the name of ${name}`);
  console.log(`torture: ${name}`);
  const typescript = entry.endsWith('.ts') ? ['--conditions=source', '--import', join(root, 'bench', 'typescript.mjs')] : [];
  const run = [...typescript, join(root, entry), ...options];
  const { status } = spawnSync(pinnedNode() ?? process.execPath, run, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
