import { ConfigError, loadVaultConfig } from '#platform';
import { startVault } from './start.js';

try {
  const { address, stop } = await startVault(loadVaultConfig(), (error) => void process.stderr.write(`${(error as Error).name}\n`));
  process.stdout.write(`The vault listens on ${address}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
