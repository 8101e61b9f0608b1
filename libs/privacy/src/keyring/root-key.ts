/**
 * The key under which a shared keyring is sealed: 32 random bytes in a file with mode 0600, made at the first run; the same file
 * for every process of a mechanism. While it is renewed the file holds two. The format is a contract, as that of the keyring is.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { KeyringUnusable, makePrivateFile, readPrivateFile, replacePrivateFile } from './private-file.js';
import { randomSecret } from './secrets.js';

interface RootFile {
  readonly format: 1;
  /** base64url, as `next`. */
  readonly root: string;
  /** Comes after `root`; there from `prepareRootKey` to `promoteRootKey`. A build that does not know it goes on with `root`. */
  readonly next?: string;
}

/** Makes the file where there is none. */
export function makeRootKey(path: string): void {
  makePrivateFile(path, () => textOf({ format: 1, root: randomSecret() }));
}

export interface RootKeys {
  readonly root: KeyObject;
  readonly next?: KeyObject;
}

/** The keys in the file. @throws KeyringUnusable */
export function rootKeys(path: string): RootKeys {
  const { root, next } = read(path);
  return { root: keyOf(root), ...(next === undefined ? {} : { next: keyOf(next) }) };
}

const keyOf = (text: string): KeyObject => createSecretKey(Buffer.from(text, 'base64url'));

/** Puts a next key beside the one in the file, unless there is one. Nothing is sealed under it yet. @throws KeyringUnusable */
export function prepareRootKey(path: string): void {
  const file = read(path);
  if (file.next === undefined) replacePrivateFile(path, textOf({ ...file, next: randomSecret() }));
}

/** Leaves the next key alone in the file, and overwrites the one before. Only once nothing is sealed under that. @throws KeyringUnusable */
export function promoteRootKey(path: string): void {
  const { next } = read(path);
  if (next !== undefined) replacePrivateFile(path, textOf({ format: 1, root: next }));
}

const textOf = (file: RootFile): string => `${JSON.stringify(file)}\n`;

function read(path: string): RootFile {
  try {
    const file = JSON.parse(readPrivateFile(path)) as RootFile;
    if ((file.format as number) === 1 && [file.root, file.next ?? file.root].every(isKey)) return file;
  } catch (error) {
    if (error instanceof KeyringUnusable) throw error;
  }
  throw new KeyringUnusable('the root key of the keyring can not be read as one of format 1');
}

/** A keyring file has no such key: whoever names it in place of a root key is told. */
const isKey = (text: unknown): boolean => typeof text === 'string' && Buffer.from(text, 'base64url').length === 32;
