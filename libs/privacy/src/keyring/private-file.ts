/** A file of secrets: only its owner reads it, it is there whole or not at all, and what was replaced is overwritten. */
import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Others than its owner can read the keyring, or it can not be read as one. Nothing is served then. */
export class KeyringUnusable extends Error {
  override readonly name = 'KeyringUnusable';
}

/** Two processes that start at once agree on the file of the one that linked it first. */
export function makePrivateFile(path: string, text: () => string): void {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = writeDraft(path, text());
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  syncFolder(path);
}

/** Another one whenever the file was replaced. */
export function privateFileVersion(path: string): string {
  const { ino, mtimeMs, size } = statSync(path);
  return `${String(ino)}-${String(mtimeMs)}-${String(size)}`;
}

/** @throws KeyringUnusable when others may read it */
export function readPrivateFile(path: string): string {
  const file = openSync(path, 'r');
  try {
    // Windows has no such bits: there the folder's access list has to keep others out.
    const openToOthers = process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0;
    if (openToOthers) throw new KeyringUnusable('others than its owner may read the keyring: it must have mode 0600');
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/**
 * A crash leaves the old file or the new one. What the old one held is overwritten once the new one stands: a key
 * that was destroyed should not be found on the disk (a disk that writes elsewhere, as SSDs do, may still keep it).
 */
export function replacePrivateFile(path: string, text: string): void {
  const old = openSync(path, 'r+');
  try {
    renameSync(writeDraft(path, text), path);
    syncFolder(path);
    writeSync(old, Buffer.alloc(fstatSync(old).size), 0, undefined, 0);
    fsyncSync(old);
  } finally {
    closeSync(old);
  }
}

function writeDraft(path: string, text: string): string {
  const draft = `${path}.${randomBytes(6).toString('hex')}.draft`;
  const file = openSync(draft, 'wx', 0o600);
  writeSync(file, text);
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
