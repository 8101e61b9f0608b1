/** What an operator does with the keyring of a mechanism, on the servers and files that its settings name. */
import { existsSync } from 'node:fs';
import { openDatabase } from '#database';
import { type Config, ConfigError } from '#platform';
import { type KeyringTables, type PrivacyTables, moveKeyring, openVault, prepareRoot, renewRoot } from '#privacy';
import { openKeys, placesOf } from './places.js';
import { wallClock } from './service.js';

type Settings = Pick<Config, 'data' | 'keyring' | 'keyringDatabase' | 'database' | 'vault'>;

/**
 * Begins a new epoch now and wraps the data keys of every custodian of this house under it; answers how many. Those before are
 * destroyed later, by the house. Stopped anywhere, it is done again: the last epoch begun counts.
 */
export async function renewKeys(settings: Settings): Promise<number> {
  const places = placesOf(settings);
  // One that is not there would be made, and would open nothing.
  if (!existsSync(places.keyring)) throw new ConfigError(['KEYRING_FILE names no file that is there']);
  const opened = await openKeys(settings, wallClock);
  const database = openDatabase<PrivacyTables>(places.vault);
  try {
    const vault = await openVault({ database, keyring: opened.keys.for('rotate'), clock: wallClock });
    await opened.keys.rotate(wallClock());
    return await vault.rewrap();
  } finally {
    await database.close();
    await opened.close();
  }
}

/** See `prepareRoot`. @throws ConfigError where the keyring is a file */
export function prepareRootKey(settings: Settings): void {
  prepareRoot(sharedOf(settings).rootFile);
}

/** See `renewRoot`. @throws ConfigError where the keyring is a file */
export async function renewRootKey(settings: Settings): Promise<void> {
  const { address, rootFile } = sharedOf(settings);
  const database = openDatabase<KeyringTables>(address);
  await renewRoot(database, rootFile).finally(() => database.close());
}

/** See `moveKeyring`. @throws ConfigError where no database is named */
export async function moveKeyringIntoDatabase(settings: Settings, file: string): Promise<void> {
  const { address, rootFile } = sharedOf(settings);
  const database = openDatabase<KeyringTables>(address);
  await moveKeyring(file, database, rootFile).finally(() => database.close());
}

function sharedOf(settings: Settings): { address: string; rootFile: string } {
  if (settings.keyringDatabase === undefined) throw new ConfigError(['KEYRING_URL is needed: a keyring in a file has no root key']);
  return { address: settings.keyringDatabase, rootFile: placesOf(settings).keyring };
}
