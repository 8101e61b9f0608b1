/** Which custodians run a vault of their own, and how it is reached. Source: architecture.md 5. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Certificates } from './vault-server.js';

/** A custodian's vault as the house knows it. */
export interface CustodianVault {
  /** Organisations whose data lies there. */
  readonly custodians: readonly string[];
  /** `https://host:port` */
  readonly url: string;
  readonly certificates: Certificates;
}

/** The file is not what it should be. Says where, and no value. */
export class CustodianVaultsUnusable extends Error {
  override readonly name = 'CustodianVaultsUnusable';
}

interface Entry {
  readonly custodians?: unknown;
  readonly url?: unknown;
  readonly authorityFile?: unknown;
  readonly certificateFile?: unknown;
  readonly keyFile?: unknown;
}

/**
 * Reads `[{ custodians, url, authorityFile, certificateFile, keyFile }]`. Names of files are relative to the file itself.
 * @throws CustodianVaultsUnusable when a field is missing or wrong, or a custodian is named twice
 */
export function readCustodianVaults(file: string): readonly CustodianVault[] {
  const entries = parsed(readFileSync(file, 'utf8'));
  const vaults = entries.map((entry, index) => vaultOf(entry, `[${String(index)}]`, dirname(file)));
  const all = vaults.flatMap(({ custodians }) => custodians);
  if (new Set(all).size < all.length) throw new CustodianVaultsUnusable('a custodian is named twice');
  return vaults;
}

function parsed(text: string): readonly Entry[] {
  try {
    const value = JSON.parse(text) as unknown;
    if (Array.isArray(value)) return value as readonly Entry[];
  } catch {
    // Told below, as everything that is no list.
  }
  throw new CustodianVaultsUnusable('the file holds no list');
}

function vaultOf(entry: Entry, at: string, folder: string): CustodianVault {
  const wrong = (field: string, why: string): never => {
    throw new CustodianVaultsUnusable(`${at}.${field} ${why}`);
  };
  const pem = (field: 'authorityFile' | 'certificateFile' | 'keyFile'): string => {
    const name = entry[field];
    if (typeof name !== 'string') return wrong(field, 'names no file');
    try {
      return readFileSync(resolve(folder, name), 'utf8');
    } catch {
      return wrong(field, 'can not be read');
    }
  };
  const { custodians, url } = entry;
  const areNames = Array.isArray(custodians) && custodians.length > 0 && custodians.every((each) => typeof each === 'string');
  if (!areNames) return wrong('custodians', 'is no list of organisations');
  if (typeof url !== 'string' || !/^https:\/\/[^/]+\/?$/.test(url)) return wrong('url', 'is no https address of a host');
  const certificates = { authority: pem('authorityFile'), certificate: pem('certificateFile'), key: pem('keyFile') };
  return { custodians: custodians, url, certificates };
}
