#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'dist', 'apps', 'cli', 'src', 'main.js');

if (!existsSync(main)) {
  const { setup } = await import('../scripts/setup.mjs');
  await setup();
  const { build } = await import('../scripts/build.mjs');
  build({ apps: ['cli'] });
}
const { runOnPinnedNode } = await import('../scripts/pinned-node.mjs');
await runOnPinnedNode(main);
