#!/usr/bin/env node
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../scripts/build.mjs';
import { runOnPinnedNode } from '../scripts/pinned-node.mjs';
import { setup } from '../scripts/setup.mjs';

await setup();
build({ apps: ['cli'] });
await runOnPinnedNode(join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'apps', 'cli', 'src', 'main.js'));
