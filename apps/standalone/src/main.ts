import 'reflect-metadata';
import { ConfigError, describe, loadConfig } from '#platform';
import { startStandalone } from './start.js';
import { stopOnSignal } from './stop-on-signal.js';

try {
  const config = loadConfig();
  const print = (line: string): unknown => process.stdout.write(`${line}\n`);
  print(`tandem: ${JSON.stringify(describe(config))}`);
  stopOnSignal(await startStandalone(config, print));
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
