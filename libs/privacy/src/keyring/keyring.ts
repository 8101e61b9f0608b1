/** The keyring: one set of secrets, handed out as uses, each service getting only the purposes it was granted. */
import type { Clock, Compartment } from '#kernel';
import type { KeyObject } from 'node:crypto';
import { createHmac, createPrivateKey, createSecretKey, hkdfSync, randomBytes, sign } from 'node:crypto';
import { canonical } from '../commitment.js';
import { decrypt, encrypt } from '../encryption.js';
import type { HmacUse, Keyring, KeyPurpose, Signature, WrappedKey } from '../ports.js';
import { KeyNotGranted } from '../ports.js';
import type { Epoch, SecretStore, Secrets } from './secrets.js';
import { randomSecret, secretsInFile, secretsInMemory } from './secrets.js';

/** Who may wrap, and who may open which compartments. Erasing needs no key: it removes them. */
const WRAPS: readonly KeyPurpose[] = ['seal', 'rotate'];
const OPENS: Readonly<Record<KeyPurpose, 'all' | readonly Compartment[]>> = {
  // To seal a second row of a person needs the key of the first, and a retry is compared with what was sealed.
  seal: 'all',
  disclose: 'all',
  rotate: 'all',
  'report-statistics': ['statistics'],
  erase: [],
};

/** Holds all secrets; given to the module that starts the house and to nobody else. */
export interface KeyMaster {
  /** A keyring for these purposes only. Without any it still authenticates, signs and makes tokens. */
  for(...purposes: readonly KeyPurpose[]): Keyring;
  /** When the newest epoch was made. */
  newestMadeAt(): string;
  /** Begins a new epoch and returns its number. One process at a time; then `Vault.rewrap`. */
  rotate(madeAt: string): number;
  /**
   * Destroys the epochs that were replaced at or before this instant, and returns their numbers: what is still wrapped
   * under them, in old backups, can not be opened by anyone. The newest epoch always stays. Only after `Vault.rewrap`.
   */
  destroyRetired(before: string): readonly number[];
}

/**
 * Opens the keyring file, made at the first run with mode 0600. `:memory:` makes one that ends with the process.
 * @throws KeyringUnusable when others may read the file, or it is damaged
 */
export function openKeyring(path: string, clock: Clock): KeyMaster {
  const store = path === ':memory:' ? secretsInMemory(clock()) : secretsInFile(path, clock());
  const keys = new Keys(store);
  return {
    for: (...purposes) => new GrantedKeyring(keys, new Set(purposes)),
    newestMadeAt: () => newest(keys.secrets()).madeAt,
    rotate: (madeAt) => addEpoch(store, madeAt),
    destroyRetired: (before) => destroyRetired(store, before),
  };
}

function newest({ epochs }: Secrets): Epoch {
  const last = epochs.at(-1);
  if (last === undefined) throw new Error('a keyring without an epoch');
  return last;
}

function addEpoch(store: SecretStore, madeAt: string): number {
  const secrets = store.read();
  const epoch = newest(secrets).epoch + 1;
  store.replace({ ...secrets, epochs: [...secrets.epochs, { epoch, madeAt, secret: randomSecret() }] });
  return epoch;
}

function destroyRetired(store: SecretStore, before: string): readonly number[] {
  const secrets = store.read();
  const isRetired = (_: Epoch, index: number) => (secrets.epochs[index + 1]?.madeAt ?? '9999') <= before;
  const retired = secrets.epochs.filter(isRetired);
  const epochs = secrets.epochs.filter((epoch) => !retired.includes(epoch));
  if (retired.length > 0) store.replace({ ...secrets, epochs });
  return retired.map(({ epoch }) => epoch);
}

/** Derives and keeps keys. Reads the secrets again when another process has replaced them. */
class Keys {
  private version: string;
  private held: Secrets;
  private readonly derived = new Map<string, KeyObject>();

  constructor(private readonly store: SecretStore) {
    this.version = store.version();
    this.held = store.read();
  }

  secrets(): Secrets {
    const version = this.store.version();
    if (version !== this.version) {
      this.held = this.store.read();
      this.version = version;
      this.derived.clear();
    }
    return this.held;
  }

  /** `undefined` when the epoch was destroyed. */
  wrapping(epoch: number, custodian: string): KeyObject | undefined {
    const secret = this.secrets().epochs.find((candidate) => candidate.epoch === epoch)?.secret;
    return secret === undefined ? undefined : this.derive(secret, `key-encryption/${epoch}/${custodian}`);
  }

  /** Never replaced, so nobody looks whether it was. */
  permanent(use: string): KeyObject {
    return this.derive(this.held.permanent, use);
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

  wrap(custodian: string, compartment: Compartment, dataKey: Uint8Array, purpose: KeyPurpose): WrappedKey {
    if (!this.#granted.has(purpose) || !WRAPS.includes(purpose)) throw notGranted(purpose, compartment);
    const { epoch } = newest(this.#keys.secrets());
    const key = this.#wrappingKey(epoch, custodian, compartment, purpose);
    const bytes = encrypt(key, dataKey, canonical([custodian, epoch, compartment])).toString('base64url');
    return { custodian, epoch, bytes };
  }

  unwrap({ custodian, epoch, bytes }: WrappedKey, compartment: Compartment, purpose: KeyPurpose): Uint8Array {
    const opens = OPENS[purpose];
    if (!this.#granted.has(purpose) || (opens !== 'all' && !opens.includes(compartment)))
      throw notGranted(purpose, compartment);
    const key = this.#wrappingKey(epoch, custodian, compartment, purpose);
    try {
      return decrypt(key, Buffer.from(bytes, 'base64url'), canonical([custodian, epoch, compartment]));
    } catch {
      throw notGranted(purpose, compartment);
    }
  }

  newestEpoch(): number {
    return newest(this.#keys.secrets()).epoch;
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
    const signing = this.#keys.secrets().signing.at(-1);
    if (signing === undefined) throw new Error('a keyring without a signing key');
    const value = sign(null, bytes, createPrivateKey(signing.privateKey)).toString('base64url');
    return { keyId: signing.keyId, value };
  }

  publicKeys(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#keys.secrets().signing.map(({ keyId, publicKey }) => [keyId, publicKey]));
  }

  #wrappingKey(epoch: number, custodian: string, compartment: Compartment, purpose: KeyPurpose): KeyObject {
    const key = this.#keys.wrapping(epoch, custodian);
    if (key === undefined) throw notGranted(purpose, compartment);
    return key;
  }

  #tokenKey(salt: Uint8Array): KeyObject {
    return derivedKey(this.#keys.permanent('token'), salt, 'token');
  }
}

const notGranted = (purpose: KeyPurpose, compartment: Compartment) =>
  new KeyNotGranted(`no key for ${purpose} of ${compartment}`);
