/**
 * Secrets that several processes share, on one machine or many: in a database of their own, sealed under a root key that is
 * not there. Neither the database nor the root key alone opens anything. The format is a contract, as that of the file is.
 */
import { type Database, makeTables, purge } from '#database';
import { createSecretKey, type KeyObject } from 'node:crypto';
import { decrypt, encrypt } from '../encryption.js';
import { KeyringUnusable, makePrivateFile, readPrivateFile } from './private-file.js';
import { type Held, newSecrets, parseSecrets, randomSecret, type SecretStore, type Secrets } from './secrets.js';

export interface KeyringTables {
  /** One row. `sealed` is the text of the secrets under AES-256-GCM: nonce, text, tag. */
  keyring: { id: number; version: number; sealed: Uint8Array };
}

/** Another process replaced the secrets at the same moment; nothing was written. Try again. */
export class KeyringReplaced extends Error {
  override readonly name = 'KeyringReplaced';
}

const ONLY = 1;
const CONTEXT = 'keyring';

/**
 * The key under which a shared keyring is sealed: 32 random bytes in a file with mode 0600, made at the first run and never
 * replaced. The same file for every process of a mechanism.
 * @throws KeyringUnusable
 */
export function rootKey(path: string): KeyObject {
  makePrivateFile(path, () => `${JSON.stringify({ format: 1, root: randomSecret() })}\n`);
  try {
    const { format, root } = JSON.parse(readPrivateFile(path)) as { format: number; root: string };
    if (format === 1) return createSecretKey(Buffer.from(root, 'base64url'));
  } catch (error) {
    if (error instanceof KeyringUnusable) throw error;
  }
  throw new KeyringUnusable('the root key of the keyring can not be read as one of format 1');
}

/** Makes the table and the secrets where they are missing; of several that start at once, all get those of the first. */
export async function secretsInDatabase(database: Database<KeyringTables>, root: KeyObject, madeAt: string): Promise<SecretStore> {
  await makeTables(database, async ({ schema }) => {
    await schema.createTable('keyring').ifNotExists()
      .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('sealed', database.engine === 'sqlite' ? 'blob' : 'bytea', (c) => c.notNull()).execute();
  });
  const store = new SharedSecrets(database, root);
  await store.make(newSecrets(madeAt));
  return store;
}

class SharedSecrets implements SecretStore {
  readonly #root: KeyObject;

  constructor(
    private readonly database: Database<KeyringTables>,
    root: KeyObject,
  ) {
    this.#root = root;
  }

  async make(secrets: Secrets): Promise<void> {
    const row = { id: ONLY, version: 1, sealed: this.#seal(secrets) };
    await this.database.kysely.insertInto('keyring').values(row).onConflict((on) => on.column('id').doNothing()).execute();
  }

  async read(held?: Held): Promise<Held> {
    const row = await this.database.kysely.selectFrom('keyring').select(['version', 'sealed']).where('id', '=', ONLY).executeTakeFirstOrThrow();
    const version = String(row.version);
    return version === held?.version ? held : { version, secrets: this.#open(row.sealed) };
  }

  async replace({ version }: Held, secrets: Secrets): Promise<void> {
    const was = Number(version);
    const { numUpdatedRows } = await this.database.kysely.updateTable('keyring').set({ version: was + 1, sealed: this.#seal(secrets) })
      .where('id', '=', ONLY).where('version', '=', was).executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new KeyringReplaced('the keyring was replaced by another process');
    // The row of before may hold a key that was destroyed.
    await purge(this.database, ['keyring']);
  }

  #seal(secrets: Secrets): Uint8Array {
    return encrypt(this.#root, Buffer.from(JSON.stringify(secrets), 'utf8'), CONTEXT);
  }

  #open(sealed: Uint8Array): Secrets {
    let text: string;
    try {
      text = decrypt(this.#root, sealed, CONTEXT).toString('utf8');
    } catch {
      throw new KeyringUnusable('the keyring was sealed under another root key');
    }
    return parseSecrets(text);
  }
}
