// node test/torture/fuzz.mjs [requests] [seed]: the fuzz test of the API, for longer. Prints the seed; the same seed makes the same choices.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const [requests = '50000', seed = String(Math.floor(Math.random() * 2 ** 31))] = process.argv.slice(2);
const root = join(import.meta.dirname, '..', '..');
const node = join(root, 'node_modules', '.bin', 'node');
const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', join(root, 'node_modules', 'jest', 'bin', 'jest.js')];
const env = { ...process.env, FUZZ_REQUESTS: requests, FUZZ_SEED: seed };
const { status } = spawnSync(node, [...jest, '--selectProjects', 'e2e', '--runInBand', '--runTestsByPath', 'test/e2e/fuzz.spec.ts'], { cwd: root, env, stdio: 'inherit' });
process.exitCode = status ?? 1;
