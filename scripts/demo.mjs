// Builds the demo and the instance that it plays against if their sources have changed, then plays it.
import { join } from 'node:path';
import { build } from './build.mjs';
import { runOnPinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

await setup();
build({ apps: ['standalone', 'demo'] });
await runOnPinnedNode(join(import.meta.dirname, '..', 'dist', 'apps', 'demo', 'src', 'main.js'));
