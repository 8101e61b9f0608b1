/** The keyring: one set of secrets, handed out as uses, each service getting only the purposes it was granted. */
import type { Database } from '#database';
import type { Clock, Compartment } from '#kernel';
import type { KeyObject } from 'node:crypto';
import { createHmac, createPrivateKey, createSecretKey, hkdfSync, randomBytes, sign } from 'node:crypto';
import { canonical } from '../commitment.js';
import { decrypt, encrypt } from '../encryption.js';
import type { HmacUse, Keyring, KeyPurpose, Signature, WrappedKey } from '../ports.js';
import { KeyNotGranted } from '../ports.js';
import type { Epoch, Held, SecretStore, Secrets } from './secrets.js';
import { randomSecret, secretsInFile, secretsInMemory } from './secrets.js';
import { type KeyringTables, secretsInDatabase } from './shared-secrets.js';

/** Who may wrap, and who may open which compartments. Erasing needs no key: it removes them. */
const WRAPS: readonly KeyPurpose[] = ['seal', 'rotate'];
const OPENS: Readonly<Record<KeyPurpose, 'all' | readonly Compartment[]>> = {
  // To seal a second row of a person needs the key of the first, and a retry is compared with what was sealed.
  seal: 'all',
  disclose: 'all',
  rotate: 'all',
  'report-statistics': ['statistics'],
  'watch-majority': ['majority'],
  erase: [],
};

/** Holds all secrets; given to the module that starts the house and to nobody else. */
export interface KeyMaster {
  /** A keyring for these purposes only. Without any it still authenticates, signs and makes tokens. */
  for(...purposes: readonly KeyPurpose[]): Keyring;
  /** When the newest epoch was made. */
  newestMadeAt(): Promise<string>;
  /** Begins a new epoch and returns its number; then `Vault.rewrap`. A file is for one process at a time. @throws KeyringReplaced */
  rotate(madeAt: string): Promise<number>;
  /**
   * Destroys the epochs that were replaced at or before this instant, and returns their numbers: what is still wrapped
   * under them, in old backups, can not be opened by anyone. The newest epoch always stays. Only after `Vault.rewrap`.
   * @throws KeyringReplaced
   */
  destroyRetired(before: string): Promise<readonly number[]>;
}

/**
 * Opens the keyring file, made at the first run with mode 0600. `:memory:` makes one that ends with the process.
 * @throws KeyringUnusable when others may read the file, or it is damaged
 */
export function openKeyring(path: string, clock: Clock): KeyMaster {
  const store = path === ':memory:' ? secretsInMemory(clock()) : secretsInFile(path, clock());
  return masterOf(store, store.read());
}

/**
 * Opens the keyring that several processes share, made at the first run: in a database that must not be the vault's, sealed
 * under the root key in `rootFile`. What one process renews or destroys, the others see at their next use.
 * @throws KeyringUnusable when others may read the root key, or the keyring was sealed under another
 */
export async function openSharedKeyring(database: Database<KeyringTables>, rootFile: string, clock: Clock): Promise<KeyMaster> {
  const store = await secretsInDatabase(database, rootFile, clock());
  return masterOf(store, await store.read());
}

function masterOf(store: SecretStore, held: Held): KeyMaster {
  const keys = new Keys(store, held);
  return {
    for: (...purposes) => new GrantedKeyring(keys, new Set(purposes)),
    newestMadeAt: async () => newest(await keys.secrets()).madeAt,
    rotate: (madeAt) => addEpoch(store, madeAt),
    destroyRetired: (before) => destroyRetired(store, before),
  };
}

function newest({ epochs }: Secrets): Epoch {
  const last = epochs.at(-1);
  if (last === undefined) throw new Error('a keyring without an epoch');
  return last;
}

async function addEpoch(store: SecretStore, madeAt: string): Promise<number> {
  const held = await store.read();
  const { secrets } = held;
  const epoch = newest(secrets).epoch + 1;
  await store.replace(held, { ...secrets, epochs: [...secrets.epochs, { epoch, madeAt, secret: randomSecret() }] });
  return epoch;
}

async function destroyRetired(store: SecretStore, before: string): Promise<readonly number[]> {
  const held = await store.read();
  const { secrets } = held;
  const isRetired = (_: Epoch, index: number) => (secrets.epochs[index + 1]?.madeAt ?? '9999') <= before;
  const retired = secrets.epochs.filter(isRetired);
  const epochs = secrets.epochs.filter((epoch) => !retired.includes(epoch));
  if (retired.length > 0) await store.replace(held, { ...secrets, epochs });
  return retired.map(({ epoch }) => epoch);
}

/** Derives and keeps keys. Reads the secrets again when somebody has replaced them. */
class Keys {
  private readonly derived = new Map<string, KeyObject>();
  private next: Promise<Secrets> | undefined;

  constructor(
    private readonly store: SecretStore,
    private held: Held,
  ) {}

  /** Those who ask in one go share a look; whoever asks once it has begun gets one of its own, and sees all that was renewed until then. */
  secrets(): Promise<Secrets> {
    this.next ??= Promise.resolve().then(() => {
      this.next = undefined;
      return this.look();
    });
    return this.next;
  }

  private async look(): Promise<Secrets> {
    const now = await this.store.read(this.held);
    if (now !== this.held) {
      this.held = now;
      this.derived.clear();
    }
    return now.secrets;
  }

  /** `undefined` when the epoch was destroyed. */
  async wrapping(epoch: number, custodian: string): Promise<KeyObject | undefined> {
    const secret = (await this.secrets()).epochs.find((candidate) => candidate.epoch === epoch)?.secret;
    return secret === undefined ? undefined : this.derive(secret, `key-encryption/${String(epoch)}/${custodian}`);
  }

  /** Never replaced, so nobody looks whether it was. */
  permanent(use: string): KeyObject {
    return this.derive(this.held.secrets.permanent, use);
  }

  /** Never replaced either. */
  get signing(): Secrets['signing'] {
    return this.held.secrets.signing;
  }

  private derive(secret: string, use: string): KeyObject {
    const known = this.derived.get(use);
    if (known !== undefined) return known;
    const key = derivedKey(secret, '', use);
    this.derived.set(use, key);
    return key;
  }
}

/** HKDF-SHA-256 (RFC 5869). */
function derivedKey(secret: string | KeyObject, salt: string | Uint8Array, use: string): KeyObject {
  const material = typeof secret === 'string' ? Buffer.from(secret, 'base64url') : secret;
  return createSecretKey(Buffer.from(hkdfSync('sha256', material, salt, `tandem/1/${use}`, 32)));
}

const TOKEN_SALT_BYTES = 16;

class GrantedKeyring implements Keyring {
  readonly #keys: Keys;
  readonly #granted: ReadonlySet<KeyPurpose>;

  constructor(keys: Keys, granted: ReadonlySet<KeyPurpose>) {
    this.#keys = keys;
    this.#granted = granted;
  }

  async wrap(custodian: string, compartment: Compartment, dataKey: Uint8Array, purpose: KeyPurpose): Promise<WrappedKey> {
    if (!this.#granted.has(purpose) || !WRAPS.includes(purpose)) throw notGranted(purpose, compartment);
    const epoch = await this.newestEpoch();
    const key = await this.#wrappingKey(epoch, custodian, compartment, purpose);
    const bytes = encrypt(key, dataKey, canonical([custodian, epoch, compartment])).toString('base64url');
    return { custodian, epoch, bytes };
  }

  async unwrap({ custodian, epoch, bytes }: WrappedKey, compartment: Compartment, purpose: KeyPurpose): Promise<Uint8Array> {
    const opens = OPENS[purpose];
    if (!this.#granted.has(purpose) || (opens !== 'all' && !opens.includes(compartment)))
      throw notGranted(purpose, compartment);
    const key = await this.#wrappingKey(epoch, custodian, compartment, purpose);
    try {
      return decrypt(key, Buffer.from(bytes, 'base64url'), canonical([custodian, epoch, compartment]));
    } catch {
      throw notGranted(purpose, compartment);
    }
  }

  async newestEpoch(): Promise<number> {
    return newest(await this.#keys.secrets()).epoch;
  }

  authenticate(use: HmacUse, text: string): string {
    return createHmac('sha256', this.#keys.permanent(`authenticate/${use}`))
      .update(text, 'utf8')
      .digest('hex');
  }

  encryptToken(context: string, text: string): string {
    // A key a token: without it random nonces would limit how many tokens may ever be made under one key.
    const salt = randomBytes(TOKEN_SALT_BYTES);
    return Buffer.concat([salt, encrypt(this.#tokenKey(salt), Buffer.from(text, 'utf8'), context)]).toString(
      'base64url',
    );
  }

  decryptToken(context: string, token: string): string | undefined {
    const bytes = Buffer.from(token, 'base64url');
    try {
      const key = this.#tokenKey(bytes.subarray(0, TOKEN_SALT_BYTES));
      return decrypt(key, bytes.subarray(TOKEN_SALT_BYTES), context).toString('utf8');
    } catch {
      return undefined;
    }
  }

  sign(bytes: Uint8Array): Signature {
    const signing = this.#keys.signing.at(-1);
    if (signing === undefined) throw new Error('a keyring without a signing key');
    const value = sign(null, bytes, createPrivateKey(signing.privateKey)).toString('base64url');
    return { keyId: signing.keyId, value };
  }

  publicKeys(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#keys.signing.map(({ keyId, publicKey }) => [keyId, publicKey]));
  }

  async #wrappingKey(epoch: number, custodian: string, compartment: Compartment, purpose: KeyPurpose): Promise<KeyObject> {
    const key = await this.#keys.wrapping(epoch, custodian);
    if (key === undefined) throw notGranted(purpose, compartment);
    return key;
  }

  #tokenKey(salt: Uint8Array): KeyObject {
    return derivedKey(this.#keys.permanent('token'), salt, 'token');
  }
}

const notGranted = (purpose: KeyPurpose, compartment: Compartment) =>
  new KeyNotGranted(`no key for ${purpose} of ${compartment}`);
