/**
 * What an operator does with a keyring beside the renewing that the house does by itself. Each of these, stopped anywhere, is
 * done again from its beginning. Source: architecture.md 5.
 */
import type { Database } from '#database';
import { isDeepStrictEqual } from 'node:util';
import { KeyringUnusable, readPrivateFile } from './private-file.js';
import { prepareRootKey, promoteRootKey } from './root-key.js';
import { parseSecrets } from './secrets.js';
import { type KeyringTables, openSharedSecrets } from './shared-secrets.js';

/**
 * Puts the next root key beside the one in `rootFile`. Then the file goes to every machine, before `renewRoot`: a process that
 * knows the old key only opens nothing any more from then on, until it finds the new one in its file.
 * @throws KeyringUnusable
 */
export const prepareRoot = prepareRootKey;

/**
 * Seals the keyring, and with it the keys of all organisations, under a new root key, prepared or made now, and leaves that one
 * alone in `rootFile`. What runs goes on: each process finds the new key in its own file.
 * @throws KeyringReplaced when the house renewed a key at the same moment: do it again. KeyringUnusable
 */
export async function renewRoot(database: Database<KeyringTables>, rootFile: string): Promise<void> {
  prepareRootKey(rootFile);
  const shared = await openSharedSecrets(database, rootFile);
  await shared.sealAnew();
  promoteRootKey(rootFile);
}

/**
 * Takes the keyring of `file` into the database, sealed under the root key in `rootFile`, which is made where it is missing. The
 * file stays as it is. Nothing may renew keys meanwhile.
 * @throws KeyringUnusable when the database holds another keyring: nothing is written over
 */
export async function moveKeyring(file: string, database: Database<KeyringTables>, rootFile: string): Promise<void> {
  const secrets = parseSecrets(readPrivateFile(file));
  const shared = await openSharedSecrets(database, rootFile);
  await shared.make(secrets);
  const { secrets: there } = await shared.read();
  if (!isDeepStrictEqual(there, secrets)) throw new KeyringUnusable('the database holds another keyring already');
}
