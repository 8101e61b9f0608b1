/** What a keyring file holds, and how it is read and replaced. The format is a contract: keys of years depend on it. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { KeyringUnusable, makePrivateFile, privateFileVersion, readPrivateFile, replacePrivateFile } from './private-file.js';

/** Random 32 bytes from which the key-encryption key of every custodian is derived, until the next rotation. */
export interface Epoch {
  readonly epoch: number;
  readonly madeAt: string;
  /** base64url */
  readonly secret: string;
}

export interface SigningKey {
  /** First 16 hexadecimal digits of the SHA-256 of the public key (SPKI, DER). */
  readonly keyId: string;
  readonly madeAt: string;
  /** PKCS #8, PEM. */
  readonly privateKey: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
}

export interface Secrets {
  readonly format: 1;
  /** Random 32 bytes, base64url, never rotated: command identifiers and tokens must stay what they are. */
  readonly permanent: string;
  /** Oldest first; never empty. A destroyed epoch is not there any more, its number never comes again. */
  readonly epochs: readonly Epoch[];
  /** Oldest first; the last one signs. */
  readonly signing: readonly SigningKey[];
}

/** Secrets as they stood at one moment. `version` changes whenever they are replaced. */
export interface Held {
  readonly version: string;
  readonly secrets: Secrets;
}

/** Where secrets lie. */
export interface SecretStore {
  /** What stands there now: `held` itself when nobody has replaced it, in this process or another. */
  read(held?: Held): Held | Promise<Held>;
  /** Replaces `held`. A store that several may write to at once throws when another was faster. */
  replace(held: Held, secrets: Secrets): void | Promise<void>;
}

/** A store that answers at once. */
export interface LocalSecretStore extends SecretStore {
  read(held?: Held): Held;
}

export const randomSecret = (): string => randomBytes(32).toString('base64url');

export function newSecrets(madeAt: string): Secrets {
  const epochs = [{ epoch: 1, madeAt, secret: randomSecret() }];
  return { format: 1, permanent: randomSecret(), epochs, signing: [newSigningKey(madeAt)] };
}

function newSigningKey(madeAt: string): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  return {
    keyId,
    madeAt,
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
  };
}

/** Secrets that end with the process, for tests and demonstrations. */
export function secretsInMemory(madeAt: string): LocalSecretStore {
  let current: Held = { version: '0', secrets: newSecrets(madeAt) };
  return {
    read: () => current,
    replace({ version }, secrets) {
      current = { version: String(Number(version) + 1), secrets };
    },
  };
}

/** Secrets in a file that only its owner reads; made when it is not there. */
export function secretsInFile(path: string, madeAt: string): LocalSecretStore {
  makePrivateFile(path, () => textOf(newSecrets(madeAt)));
  return {
    read(held) {
      const version = privateFileVersion(path);
      return version === held?.version ? held : { version, secrets: parseSecrets(readPrivateFile(path)) };
    },
    replace(_, secrets) {
      replacePrivateFile(path, textOf(secrets));
    },
  };
}

const textOf = (secrets: Secrets): string => `${JSON.stringify(secrets, undefined, 2)}\n`;

/** @throws KeyringUnusable, never with what the parser says: it would quote the text */
export function parseSecrets(text: string): Secrets {
  try {
    const secrets = JSON.parse(text) as Secrets;
    if ((secrets.format as number) === 1 && secrets.epochs.length > 0 && secrets.signing.length > 0) return secrets;
  } catch {
    // Told below, as everything that does not fit.
  }
  throw new KeyringUnusable('the keyring can not be read as one of format 1');
}
