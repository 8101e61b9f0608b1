import 'reflect-metadata';
import { ConfigError, describe, loadConfig } from '#platform';
import { startStandalone } from './start.js';

try {
  const config = loadConfig();
  console.log(`tandem: ${JSON.stringify(describe(config))}`);
  await startStandalone(config);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exitCode = 1;
}
