/** A custodian that keeps its own vault, served with its certificates: what the specifications of it begin with. */
import { openDatabase } from '#database';
import type { KeyPurpose, PrivacyDatabase, PrivacyTables, RowToSeal, Vault } from '#privacy';
import { openKeyring, openVault } from '#privacy';
import { randomUUID } from 'node:crypto';
import { type Certified, certified, type Served, serveVault } from './custodian-vault.js';

export const NOW = '2026-03-02T08:00:00.000Z';
export const value = { name: 'Ileana Exemplu' };
export const row = (changes: Partial<RowToSeal> = {}): RowToSeal => ({
  commandId: randomUUID(),
  person: randomUUID(),
  compartment: 'identity',
  stream: 'case-1',
  custodian: 'casa-lumina',
  value,
  ...changes,
});

export const served: Served[] = [];
/** New in every test, from `open` on. */
export let certificates: Certified;
export let database: PrivacyDatabase;
export let vault: Vault;

/** Certificates for the house and its custodians. Once for all tests of a file. */
export async function certify(): Promise<void> {
  certificates = await certified();
}

/** An empty vault. */
export async function open(): Promise<void> {
  ({ database, vault } = await newVault());
}

/** Nothing is served any more. */
export async function stopServing(): Promise<void> {
  for (const server of served.splice(0)) await server.stop();
}

export async function newVault() {
  const clock = () => NOW;
  const opened = openDatabase<PrivacyTables>('sqlite::memory:');
  return {
    database: opened,
    vault: await openVault({
      database: opened,
      keyring: openKeyring(':memory:', clock).for('seal', 'disclose'),
      clock,
    }),
  };
}

export async function serve(purposes?: readonly KeyPurpose[], kept = { vault, database }): Promise<Served> {
  const server = await serveVault(certificates, kept, purposes);
  served.push(server);
  return server;
}
