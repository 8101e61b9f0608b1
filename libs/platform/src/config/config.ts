/** All settings, from the environment, checked at boot. The only reader of `process.env`. */
import { readFileSync } from 'node:fs';
import { describeKafka, type KafkaSettings, readKafka } from './kafka-config.js';

export type Profile = 'demo' | 'server';

export interface Config {
  readonly profile: Profile;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Address under which people reach the pages that notices link to; from host and port when absent. */
  readonly publicAddress?: string;
  /** Port of `/metrics`, on the same host; none without it. */
  readonly metricsPort?: number;
  /** Directory of everything that this process keeps. */
  readonly data: string;
  readonly logLevel: LogLevel;
  /** Absent in the demo profile where it brings an issuer of its own. */
  readonly oidc?: { readonly issuer: string; readonly audience: string; readonly jwks: string };
  /** Server of the event log; embedded in the data directory when absent. */
  readonly eventStore?: string;
  /** PostgreSQL of read models, vault, commands and delivery state; files in the data directory when absent. */
  readonly database?: string;
  /** PostgreSQL of vault and aliases, where they have one of their own. */
  readonly vault?: string;
  /**
   * File of the keyring, which all processes of one mechanism share; in the data directory when absent. Where the keyring
   * lies in a database, the root key that it is sealed under.
   */
  readonly keyring?: string;
  /** PostgreSQL of the keyring: another database than that of the vault. */
  readonly keyringDatabase?: string;
  /** File of the organisations that take part, kept by the coordinator of the country. */
  readonly directory?: string;
  /** File that says which custodians run a vault of their own, and how it is reached. */
  readonly custodianVaults?: string;
  /** Broker that partners are told on, besides webhooks and feed; none when absent. */
  readonly kafka?: KafkaSettings;
  readonly rateLimit: { readonly burst: number; readonly perSecond: number };
}

export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that can not work. `problems` names each variable; no value is repeated. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`the settings can not be used:\n${problems.map((p) => `  ${p}`).join('\n')}`);
  }
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** Reads variables and gathers what is wrong with them, so that all of it is told at once. */
export class Reader {
  readonly problems: string[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string): string | undefined {
    const value = this.environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  oneOf<T extends string>(name: string, list: readonly T[], otherwise: T): T {
    const value = this.text(name) ?? otherwise;
    return list.find((item) => item === value) ?? this.wrong(name, `must be one of ${list.join(', ')}`, otherwise);
  }

  whole(name: string, min: number, max: number): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const fits = /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max;
    return fits ? Number(value) : this.wrong(name, `must be a whole number from ${min} to ${max}`, min);
  }

  /** An address may hold a password, so it may also lie in the file that `<name>_FILE` names. */
  address(name: string, protocols: readonly string[]): string | undefined {
    const value = this.text(name) ?? this.fileOf(name);
    if (value === undefined) return undefined;
    const protocol = URL.canParse(value) ? new URL(value).protocol : '';
    return protocols.includes(protocol)
      ? value
      : this.wrong(name, `must be an address that starts with ${protocols.join(' or ')}`, value);
  }

  private fileOf(name: string): string | undefined {
    const file = this.text(`${name}_FILE`);
    if (file === undefined) return undefined;
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      this.wrong(`${name}_FILE`, 'can not be read', undefined); return;
    }
  }

  wrong<T>(name: string, why: string, otherwise: T): T {
    this.problems.push(`${name} ${why}`);
    return otherwise;
  }
}

function readIdentityProvider(reader: Reader, profile: Profile): Pick<Config, 'oidc'> {
  // The demonstration's issuer is no address: nobody could reach it from elsewhere.
  const issuer = reader.address('OIDC_ISSUER', profile === 'demo' ? ['urn:', 'http:'] : ['https:', 'http:']);
  const jwks = reader.address('OIDC_JWKS_URL', ['https:', 'http:']);
  const audience = reader.text('OIDC_AUDIENCE');
  const all = { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience, OIDC_JWKS_URL: jwks };
  for (const [name, value] of Object.entries(all)) {
    if (profile === 'server' && value === undefined) reader.wrong(name, 'is needed by the server profile', undefined);
  }
  // Demo tokens are for whoever asks, so they must come from this computer and be checked on it.
  if (profile === 'demo' && jwks !== undefined && !LOOPBACK.has(new URL(jwks).hostname))
    reader.wrong('OIDC_JWKS_URL', 'must be loopback in the demo profile', undefined);
  const given = [issuer, jwks, audience].filter((value) => value !== undefined).length;
  if (profile === 'demo' && (given === 1 || given === 2))
    reader.wrong('OIDC_ISSUER', 'has no place without OIDC_AUDIENCE and OIDC_JWKS_URL', undefined);
  return issuer !== undefined && audience !== undefined && jwks !== undefined
    ? { oidc: { issuer, audience, jwks } }
    : {};
}

/** What several processes share must be all of it: a log of several with a vault of one would lose what others sealed. */
function readStores(reader: Reader): Pick<Config, 'eventStore' | 'database' | 'vault' | 'keyring' | 'keyringDatabase' | 'custodianVaults' | 'directory'> {
  const eventStore = reader.address('EVENTSTORE_URL', ['esdb:', 'esdb+discover:', 'kurrentdb:', 'kurrentdb+discover:']);
  const database = reader.address('DATABASE_URL', ['postgres:', 'postgresql:']);
  const vault = reader.address('VAULT_URL', ['postgres:', 'postgresql:']);
  const keyringDatabase = readKeyringDatabase(reader, [database, vault]);
  if (eventStore !== undefined && database === undefined)
    reader.wrong('DATABASE_URL', 'is needed where EVENTSTORE_URL is: what belongs to a shared log is shared too', undefined);
  if (vault !== undefined && database === undefined)
    reader.wrong('VAULT_URL', 'has no place without DATABASE_URL', undefined);
  return {
    ...present('eventStore', eventStore), ...present('database', database), ...present('vault', vault),
    ...present('keyring', reader.text('KEYRING_FILE')), ...present('keyringDatabase', keyringDatabase), ...present('custodianVaults', reader.text('CUSTODIAN_VAULTS_FILE')),
    ...present('directory', reader.text('DIRECTORY_FILE')),
  };
}

/** Keys that lie with what they open protect it from nobody who has that database, or a backup of it. */
function readKeyringDatabase(reader: Reader, others: readonly (string | undefined)[]): string | undefined {
  const address = reader.address('KEYRING_URL', ['postgres:', 'postgresql:']);
  if (address === undefined) return undefined;
  const place = (of: string): string => {
    const { hostname, port, pathname } = new URL(of);
    return `${hostname}:${port === '' ? '5432' : port}${pathname}`;
  };
  const given = others.filter((other) => other !== undefined && URL.canParse(other));
  if (given.length === 0) reader.wrong('KEYRING_URL', 'has no place without DATABASE_URL', undefined);
  if (URL.canParse(address) && given.some((other) => other !== undefined && place(other) === place(address)))
    reader.wrong('KEYRING_URL', 'must be another database than DATABASE_URL and VAULT_URL: keys apart from data', undefined);
  return address;
}

function readHost(reader: Reader, profile: Profile): string {
  const host = reader.text('HOST') ?? '127.0.0.1';
  if (profile === 'demo' && !LOOPBACK.has(host))
    return reader.wrong('HOST', 'must be loopback (127.0.0.1, ::1 or localhost) in the demo profile', host);
  return host;
}

function present<Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: T };
}

/**
 * Reads and checks all settings.
 * @throws ConfigError that names every variable that is wrong
 */
export function loadConfig(environment: Environment = process.env): Config {
  const reader = new Reader(environment);
  const profile = reader.oneOf('TANDEM_PROFILE', ['demo', 'server'] as const, 'demo');
  const config: Config = {
    profile,
    host: readHost(reader, profile),
    port: reader.whole('PORT', 0, 65_535) ?? 8080,
    ...present('publicAddress', reader.address('PUBLIC_ADDRESS', ['https:', 'http:'])?.replace(/\/+$/, '')),
    ...present('metricsPort', reader.whole('METRICS_PORT', 0, 65_535)),
    data: reader.text('TANDEM_DATA') ?? './data',
    logLevel: reader.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    ...readIdentityProvider(reader, profile),
    ...readStores(reader),
    ...present('kafka', readKafka(reader)),
    rateLimit: {
      burst: reader.whole('RATE_LIMIT_BURST', 1, 1_000_000) ?? 200,
      perSecond: reader.whole('RATE_LIMIT_PER_SECOND', 1, 1_000_000) ?? 50,
    },
  };
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return config;
}

function withoutSecrets(address: string): string {
  const url = new URL(address);
  // A password stands before the host, or hides in a parameter.
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** The settings as they may be shown and logged: no user, password or parameter of any address. */
export function describe(config: Config): Readonly<Record<string, string | number>> {
  const addresses = {
    EVENTSTORE_URL: config.eventStore,
    DATABASE_URL: config.database,
    VAULT_URL: config.vault,
    KEYRING_URL: config.keyringDatabase,
    OIDC_ISSUER: config.oidc?.issuer,
    OIDC_JWKS_URL: config.oidc?.jwks,
  };
  const shown = Object.entries(addresses).flatMap(([name, address]) =>
    address === undefined ? [] : [[name, withoutSecrets(address)]],
  );
  return {
    TANDEM_PROFILE: config.profile,
    HOST: config.host,
    PORT: config.port,
    ...(config.metricsPort === undefined ? {} : { METRICS_PORT: config.metricsPort }),
    TANDEM_DATA: config.data,
    LOG_LEVEL: config.logLevel,
    ...(Object.fromEntries(shown) as Record<string, string>),
    ...(config.oidc === undefined ? {} : { OIDC_AUDIENCE: config.oidc.audience }),
    ...describeKafka(config.kafka),
    RATE_LIMIT_BURST: config.rateLimit.burst,
    RATE_LIMIT_PER_SECOND: config.rateLimit.perSecond,
  };
}
