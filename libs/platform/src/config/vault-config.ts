/** Settings of a custodian's own vault (apps/vault), from the environment, checked at boot. */
import { readFileSync } from 'node:fs';
import { ConfigError, type Environment, Reader } from './config.js';

export interface VaultConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Directory of vault and keyring. */
  readonly data: string;
  /** PostgreSQL of the vault; a file in the data directory when absent. */
  readonly database?: string;
  /** Organisations whose data may lie here. */
  readonly custodians: readonly string[];
  /** PEM. */
  readonly certificates: { readonly authority: string; readonly certificate: string; readonly key: string };
  /** What each peer may do, by the SHA-256 fingerprint of its certificate. */
  readonly peers: Readonly<Record<string, readonly string[]>>;
}

const FINGERPRINT = /^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/;

/** @throws ConfigError that names every variable that is wrong */
export function loadVaultConfig(environment: Environment = process.env): VaultConfig {
  const reader = new Reader(environment);
  const database = reader.address('DATABASE_URL', ['postgres:', 'postgresql:']);
  const custodians = (reader.text('VAULT_CUSTODIANS') ?? '').split(',').flatMap((each) => each.trim() || []);
  if (custodians.length === 0) reader.wrong('VAULT_CUSTODIANS', 'must name at least one organisation', undefined);
  const config: VaultConfig = {
    host: reader.text('HOST') ?? '127.0.0.1',
    port: reader.whole('PORT', 0, 65_535) ?? 8443,
    data: reader.text('TANDEM_DATA') ?? './vault',
    ...(database === undefined ? {} : { database }),
    custodians,
    certificates: {
      authority: fileOf(reader, 'TLS_AUTHORITY_FILE'),
      certificate: fileOf(reader, 'TLS_CERTIFICATE_FILE'),
      key: fileOf(reader, 'TLS_KEY_FILE'),
    },
    peers: peersOf(reader),
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return config;
}

function fileOf(reader: Reader, name: string): string {
  const file = reader.text(name);
  if (file === undefined) return reader.wrong(name, 'is needed', '');
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return reader.wrong(name, 'can not be read', '');
  }
}

function peersOf(reader: Reader): VaultConfig['peers'] {
  const text = fileOf(reader, 'VAULT_PEERS_FILE');
  if (text === '') return {};
  try {
    const peers = Object.entries(JSON.parse(text) as Record<string, unknown>);
    const fits = peers.every(([name, list]) => FINGERPRINT.test(name) && Array.isArray(list) && list.every((each) => typeof each === 'string'));
    if (fits) return Object.fromEntries(peers) as VaultConfig['peers'];
  } catch {
    // Told below, as everything that does not fit.
  }
  return reader.wrong('VAULT_PEERS_FILE', 'must hold lists of purposes by SHA-256 fingerprint (AB:CD:...)', {});
}
