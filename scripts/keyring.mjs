// npm run keyring -- <command>: what an operator does with the keyring of a mechanism; its settings are those of a service.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { runOnPinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

await setup();
build({ apps: ['keyring'] });
await runOnPinnedNode(join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'apps', 'keyring', 'src', 'main.js'));
