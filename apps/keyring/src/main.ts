import { ConfigError, loadConfig } from '#platform';
import { KeyringReplaced, KeyringUnusable } from '#privacy';
import { USAGE, tend } from './tend.js';

try {
  const done = await tend(process.argv.slice(2), loadConfig);
  process.stdout.write(`${done ?? USAGE}\n`);
  process.exitCode = done === undefined ? 1 : 0;
} catch (error) {
  const isTold = [ConfigError, KeyringReplaced, KeyringUnusable].some((kind) => error instanceof kind);
  process.stderr.write(`${isTold ? (error as Error).message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
