/** What one of several services is started with. */
import { type KeyPurpose, readCustodianVaults } from '#privacy';
import { type Config, ConfigError } from '#platform';
import { type Engines, openEngines } from './engines.js';
import type { NotificationsSettings } from './notifications.js';

export const wallClock = (): string => new Date().toISOString();

/**
 * Opens the servers that all services share.
 * @param purposes what the keys of this service may do
 * @throws ConfigError where a setting would have each service keep its own: the embedded event store is for one process
 */
export function openForService(config: Config, purposes: readonly KeyPurpose[]): Promise<Engines> {
  const needed = { EVENTSTORE_URL: config.eventStore, DATABASE_URL: config.database, OIDC_ISSUER: config.oidc?.issuer };
  const missing = Object.entries(needed).filter(([, value]) => value === undefined);
  if (missing.length > 0) throw new ConfigError(missing.map(([name]) => `${name} is needed by a service: what is embedded is for one process`));
  const custodians = config.custodianVaults === undefined ? [] : readCustodianVaults(config.custodianVaults);
  return openEngines({ ...config, custodians, clock: wallClock, purposes });
}

/** Where notices lead, whether to the own machine, and over which broker. */
export function notificationsSettings(config: Pick<Config, 'publicAddress' | 'host' | 'port' | 'profile' | 'kafka'>): NotificationsSettings {
  const { publicAddress, host, port, profile, kafka } = config;
  return { portal: `${publicAddress ?? `http://${host}:${String(port)}`}/inbox`, allowLoopback: profile === 'demo', kafka };
}
