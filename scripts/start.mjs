// Builds the standalone app if its sources have changed since the last start, then becomes it.
import { join } from 'node:path';
import { build } from './build.mjs';
import { runOnPinnedNode } from './pinned-node.mjs';
import { setup } from './setup.mjs';

await setup();
build({ apps: ['standalone'] });
if (process.env.npm_lifecycle_event === 'start') stopWithNpm();
await runOnPinnedNode(join(import.meta.dirname, '..', 'dist', 'apps', 'standalone', 'src', 'main.js'));

/** npm passes a signal to the shell between it and us, and not every shell passes it on: then that shell is gone. */
function stopWithNpm() {
  const shell = process.ppid;
  const watching = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
