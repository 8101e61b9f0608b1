import { ConfigError, loadVaultConfig } from '#platform';
import { startVault } from './start.js';

try {
  const vault = await startVault(loadVaultConfig(), (error) => void process.stderr.write(`${(error as Error).name}\n`));
  process.stdout.write(`The vault listens on ${vault.address}\n`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void vault.stop());
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
