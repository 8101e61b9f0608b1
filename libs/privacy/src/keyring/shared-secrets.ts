/**
 * Secrets that several processes share, on one machine or many: in a database of their own, sealed under a root key that is
 * not there. Neither the database nor the root key alone opens anything. The format is a contract, as that of the file is.
 */
import { type Database, makeTables, purge } from '#database';
import type { KeyObject } from 'node:crypto';
import { decrypt, encrypt } from '../encryption.js';
import { KeyringUnusable } from './private-file.js';
import { makeRootKey, type RootKeys, rootKeys } from './root-key.js';
import { type Held, newSecrets, parseSecrets, type SecretStore, type Secrets } from './secrets.js';

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

/** Makes the table and the secrets where they are missing; of several that start at once, all get those of the first. */
export async function secretsInDatabase(database: Database<KeyringTables>, rootFile: string, madeAt: string): Promise<SecretStore> {
  const store = await openSharedSecrets(database, rootFile);
  await store.make(newSecrets(madeAt));
  return store;
}

/** Makes table and root key where they are missing, and no secrets. */
export async function openSharedSecrets(database: Database<KeyringTables>, rootFile: string): Promise<SharedSecrets> {
  makeRootKey(rootFile);
  await makeTables(database, async ({ schema }) => {
    await schema.createTable('keyring').ifNotExists()
      .addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('version', 'integer', (c) => c.notNull())
      .addColumn('sealed', database.engine === 'sqlite' ? 'blob' : 'bytea', (c) => c.notNull()).execute();
  });
  return new SharedSecrets(database, rootFile);
}

/** Seals under the key that opened: while the root key is renewed, whoever writes stays with what it found. */
export class SharedSecrets implements SecretStore {
  #keys: RootKeys;
  #sealing: KeyObject;

  constructor(
    private readonly database: Database<KeyringTables>,
    private readonly rootFile: string,
  ) {
    this.#keys = rootKeys(rootFile);
    this.#sealing = this.#keys.root;
  }

  /** Keeps what is there already. */
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

  /** Seals what is there under the next key of the file; sealed so already, it is left alone. @throws KeyringReplaced */
  async sealAnew(): Promise<void> {
    const held = await this.read();
    const { root, next = root } = this.#keys;
    if (this.#sealing.equals(next)) return;
    this.#sealing = next;
    await this.replace(held, held.secrets);
  }

  #seal(secrets: Secrets): Uint8Array {
    return encrypt(this.#sealing, Buffer.from(JSON.stringify(secrets), 'utf8'), CONTEXT);
  }

  /** A key that this process does not know may have come into the file since. */
  #open(sealed: Uint8Array): Secrets {
    const text = this.#tryAll(sealed) ?? this.#tryAll(sealed, (this.#keys = rootKeys(this.rootFile)));
    if (text === undefined) throw new KeyringUnusable('the keyring was sealed under another root key');
    return parseSecrets(text);
  }

  #tryAll(sealed: Uint8Array, keys = this.#keys): string | undefined {
    for (const key of [keys.root, keys.next]) {
      if (key === undefined) continue;
      try {
        const text = decrypt(key, sealed, CONTEXT).toString('utf8');
        this.#sealing = key;
        return text;
      } catch {
        // Sealed under another.
      }
    }
    return undefined;
  }
}
