// npm run torture [-- http|store|fuzz [options]]: the long versions of tests that npm test runs short. Without a name,
// all that are there, one after the other. A run prints its seeds: --from-seed takes one up again.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

const root = join(import.meta.dirname, '..');
const entryOf = (name) =>
  ['ts', 'mjs'].map((end) => join(root, 'test', 'torture', name, `main.${end}`)).find((path) => existsSync(path));
const [wanted, ...options] = process.argv.slice(2);
const names = wanted === undefined ? ['http', 'store', 'fuzz'].filter((name) => entryOf(name)) : [wanted];

await setup();
build({ apps: ['standalone'] });
for (const name of names) {
  const entry = entryOf(name);
  if (entry === undefined) throw new Error(`there is no torture by the name of ${name}`);
  console.log(`torture: ${name}`);
  const hook = join(root, 'bench', 'typescript.mjs');
  const { status } = spawnSync(
    pinnedNode() ?? process.execPath,
    ['--conditions=source', '--import', hook, entry, ...options],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exitCode = 1;
}
