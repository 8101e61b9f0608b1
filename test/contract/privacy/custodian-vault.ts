/** A custodian's own vault, served on loopback and asked as the house asks it. */
import type { KeyPurpose, RemoteVaultOptions, Vault, VaultServerOptions } from '#privacy';
import { KEY_PURPOSES, erasureProgress, openRemoteVault, vaultServer } from '#privacy';
import type { PrivacyDatabase } from '#privacy';
import { once } from 'node:events';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertificatesForTests } from '../../support/certificates.js';
import { certificateAuthority } from '../../support/certificates.js';

export interface Certified {
  readonly house: CertificatesForTests;
  readonly custodian: CertificatesForTests;
  /** Vouched for by the same authority, and known to nobody. */
  readonly stranger: CertificatesForTests;
  /** Vouched for by another authority. */
  readonly forged: CertificatesForTests;
}

export async function certified(): Promise<Certified> {
  const [ours, theirs] = await Promise.all([certificateAuthority(), certificateAuthority()]);
  return {
    house: await ours.issue('house'),
    custodian: await ours.issue('custodian'),
    stranger: await ours.issue('stranger'),
    forged: { ...(await theirs.issue('house')), authority: (await ours.issue('unused')).authority },
  };
}

export interface Served {
  readonly url: string;
  readonly errors: unknown[];
  /** Another client of the same server. */
  client(options?: Partial<RemoteVaultOptions>): Vault;
  stop(): Promise<void>;
}

export const CUSTODIANS = ['casa-lumina', 'politia-exemplu'];

/** Serves `vault` on loopback; the peer `house` has all purposes but for what `changes` say. */
export async function serveVault(
  { house, custodian }: Certified,
  { vault, database }: { readonly vault: Vault; readonly database: PrivacyDatabase },
  purposes: readonly KeyPurpose[] = KEY_PURPOSES,
  changes: Partial<VaultServerOptions> = {},
): Promise<Served> {
  const errors: unknown[] = [];
  const server = vaultServer({
    vault,
    progress: erasureProgress(database),
    certificates: custodian,
    custodians: CUSTODIANS,
    peers: { [house.fingerprint]: purposes },
    failed: (error) => errors.push(error),
    ...changes,
  });
  const url = await listen(server);
  const clients: Vault[] = [];
  return {
    url,
    errors,
    client(options = {}) {
      const client = openRemoteVault({ url, certificates: house, catchUp: nothingToCatchUp, ...options });
      clients.push(client);
      return client;
    },
    async stop() {
      for (const client of clients) await client.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A log without erasures. */
export const nothingToCatchUp: NonNullable<RemoteVaultOptions['catchUp']> = (_, progress) => progress.keep('0');

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
