/** What a keyring file holds, and how it is read and replaced. The format is a contract: keys of years depend on it. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { writeSync } from 'node:fs';
import { dirname } from 'node:path';

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

/** Others than its owner can read the keyring, or it can not be read as one. Nothing is served then. */
export class KeyringUnusable extends Error {
  override readonly name = 'KeyringUnusable';
}

/** Where secrets lie. `version` changes whenever they were replaced, by this process or another. */
export interface SecretStore {
  version(): string;
  read(): Secrets;
  replace(secrets: Secrets): void;
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
export function secretsInMemory(madeAt: string): SecretStore {
  let secrets = newSecrets(madeAt);
  let version = 0;
  return {
    version: () => String(version),
    read: () => secrets,
    replace(next) {
      secrets = next;
      version += 1;
    },
  };
}

/** Secrets in a file that only its owner reads; made when it is not there. */
export function secretsInFile(path: string, madeAt: string): SecretStore {
  makeOnce(path, madeAt);
  return {
    version() {
      const { ino, mtimeMs, size } = statSync(path);
      return `${ino}-${mtimeMs}-${size}`;
    },
    read: () => readSecrets(path),
    replace: (secrets) => {
      replaceFile(path, secrets);
    },
  };
}

/** Two processes that start at once agree on the file of the one that linked it first. */
function makeOnce(path: string, madeAt: string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, newSecrets(madeAt));
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  syncFolder(path);
}

function readSecrets(path: string): Secrets {
  const file = openSync(path, 'r');
  try {
    // Windows has no such bits: there the folder's access list has to keep others out.
    const openToOthers = process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0;
    if (openToOthers) throw new KeyringUnusable('others than its owner may read the keyring: it must have mode 0600');
    return parse(readFileSync(file, 'utf8'));
  } finally {
    closeSync(file);
  }
}

function parse(text: string): Secrets {
  try {
    const secrets = JSON.parse(text) as Secrets;
    if ((secrets.format as number) === 1 && secrets.epochs.length > 0 && secrets.signing.length > 0) return secrets;
  } catch {
    // Not the parser's message: it would quote the file.
  }
  throw new KeyringUnusable('the keyring can not be read as one of format 1');
}

/**
 * A crash leaves the old file or the new one. What the old one held is overwritten once the new one stands: a key
 * that was destroyed should not be found on the disk (a disk that writes elsewhere, as SSDs do, may still keep it).
 */
function replaceFile(path: string, secrets: Secrets): void {
  const old = openSync(path, 'r+');
  try {
    renameSync(writeDraft(path, secrets), path);
    syncFolder(path);
    writeSync(old, Buffer.alloc(fstatSync(old).size), 0, undefined, 0);
    fsyncSync(old);
  } finally {
    closeSync(old);
  }
}

function writeDraft(path: string, secrets: Secrets): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, `${JSON.stringify(secrets, undefined, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  return draft;
}

/** The name of a file lasts only when its folder was synced too; Windows opens no folder. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
