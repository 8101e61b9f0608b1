/** A custodian's own vault: its data and its keys in its own house, asked by the mechanism over mutual TLS. */
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '#database';
import type { VaultConfig } from '#platform';
import { KEY_PURPOSES, type KeyPurpose, type PrivacyTables, erasureProgress, openKeyring, openVault, vaultServer } from '#privacy';

const wallClock = (): string => new Date().toISOString();

export interface RunningVault {
  readonly address: string;
  /** Answers what is asked by now, then closes. */
  stop(): Promise<void>;
}

/** Starts to listen. Shut until a peer says which persons the log has erased; `failed` hears of faults, never of a value. */
export async function startVault(config: VaultConfig, failed: (error: unknown) => void): Promise<RunningVault> {
  const { host, port, data, custodians, certificates, peers } = config;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const database = openDatabase<PrivacyTables>(config.database ?? `sqlite:${data}/vault.db`);
  const keyring = openKeyring(`${data}/keyring.json`, wallClock).for('seal', 'disclose', 'report-statistics', 'watch-majority', 'rotate');
  const vault = await openVault({ database, keyring, clock: wallClock });
  const server = vaultServer({ vault, progress: erasureProgress(database), certificates, custodians, peers: purposes(peers), failed });
  server.listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeIdleConnections();
    await once(server, 'close');
    await vault.close();
  };
  return { address: `https://${host}:${String(taken)}`, stop };
}

/** A purpose that there is none of grants nothing. */
function purposes(peers: VaultConfig['peers']): Readonly<Record<string, readonly KeyPurpose[]>> {
  return Object.fromEntries(Object.entries(peers).map(([peer, list]) => [peer, KEY_PURPOSES.filter((purpose) => list.includes(purpose))]));
}
