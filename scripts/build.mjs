// node scripts/build.mjs [--force] [app ...]: compiles the apps (all of nest-cli.json when none is named) and the
// libs they use into dist/. An app whose sources are as they were at its last build is left alone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pinnedNode } from './pinned-node.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
const stampOf = (app) => join('dist', 'apps', app, '.build-stamp');
const mainOf = (app) => join('dist', 'apps', app, 'src', 'main.js');

/** Tells on standard error, which is no program's answer. Throws an error with the compiler's exit code when an app does not compile; the last good build stays in dist/. */
export function build({ apps = Object.keys(JSON.parse(read('nest-cli.json')).projects), force = false } = {}) {
  const state = sourceState();
  const stale = apps.filter((app) => force || !isBuilt(app, state));
  if (stale.length > 2) return compileTogether(stale, state);
  for (const app of stale) {
    const started = Date.now();
    console.error(`build: compiling ${app}`);
    rmSync(join(root, stampOf(app)), { force: true });
    const { status } = spawnSync(pinnedNode() ?? process.execPath, [nest, 'build', app], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    if (status !== 0 || !existsSync(join(root, mainOf(app)))) throw new BuildFailed(app);
    mkdirSync(join(root, 'dist', 'apps', app), { recursive: true });
    writeFileSync(join(root, stampOf(app)), state);
    console.error(`build: ${app} done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** All apps in one compilation: each alone would compile the libraries again. */
function compileTogether(apps, state) {
  const started = Date.now();
  console.error(`build: compiling ${apps.join(', ')}`);
  for (const app of apps) rmSync(join(root, stampOf(app)), { force: true });
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status } = spawnSync(pinnedNode() ?? process.execPath, [tsc, '-p', join('apps', 'tsconfig.json')], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new BuildFailed('one of them');
  for (const app of apps) {
    mkdirSync(join(root, 'dist', 'apps', app), { recursive: true });
    writeFileSync(join(root, stampOf(app)), state);
  }
  console.error(`build: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

export class BuildFailed extends Error {
  constructor(app) {
    super(`build: ${app} does not compile; see above`);
  }
}

const isBuilt = (app, state) => read(stampOf(app)) === state && existsSync(join(root, mainOf(app)));

/** Path, size and time of every file that a build reads; contents are not read, so that a start stays quick. */
function sourceState() {
  const hash = createHash('sha256');
  for (const path of ['package.json', 'package-lock.json', 'tsconfig.json', 'nest-cli.json']) hash.update(read(path));
  for (const folder of ['apps', 'libs']) {
    if (existsSync(join(root, folder)))
      walk(folder, (path, { size, mtimeMs }) => hash.update(`${path}:${size}:${mtimeMs}\n`));
  }
  return hash.digest('hex');
}

function walk(folder, visit) {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) walk(path, visit);
    else if (!entry.name.endsWith('.spec.ts')) visit(path, statSync(join(root, path)));
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  const apps = args.filter((arg) => !arg.startsWith('--'));
  try {
    build({ ...(apps.length > 0 && { apps }), force: args.includes('--force') });
  } catch (error) {
    if (!(error instanceof BuildFailed)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
