import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, describe as shown, loadConfig } from './config.js';
import { claimDataDirectory } from './data-directory.js';

const SERVER = {
  TANDEM_PROFILE: 'server',
  HOST: '0.0.0.0',
  OIDC_ISSUER: 'https://id.example/realms/nrm',
  OIDC_AUDIENCE: 'tandem',
  OIDC_JWKS_URL: 'https://id.example/realms/nrm/certs',
};

function problems(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems;
  }
}

describe('settings', () => {
  it('need nothing for the demonstration', () => {
    expect(loadConfig({})).toEqual({
      profile: 'demo',
      host: '127.0.0.1',
      port: 8080,
      data: './data',
      logLevel: 'info',
      rateLimit: { burst: 200, perSecond: 50 },
    });
    expect(loadConfig({ PORT: ' ', HOST: '' }).port).toBe(8080);
  });

  it('are read from the environment', () => {
    const config = loadConfig({
      ...SERVER,
      PORT: '0',
      METRICS_PORT: '9464',
      TANDEM_DATA: '/srv/tandem',
      LOG_LEVEL: 'warn',
      KAFKA_BROKERS: 'a:9092, b:9092',
      KAFKA_TLS_CA_FILE: '/etc/tandem/broker.pem',
      KAFKA_USERNAME: 'tandem',
      KAFKA_PASSWORD_FILE: '/etc/tandem/broker-password',
      EVENTSTORE_URL: 'esdb://admin:s3cret@es:2113?tls=false',
      DATABASE_URL: 'postgres://u:s3cret@db/tandem?password=s3cret',
      RATE_LIMIT_BURST: '10',
      RATE_LIMIT_PER_SECOND: '2',
    });
    expect(config).toMatchObject({
      profile: 'server',
      host: '0.0.0.0',
      port: 0,
      metricsPort: 9464,
      kafka: {
        brokers: ['a:9092', 'b:9092'],
        caFile: '/etc/tandem/broker.pem',
        username: 'tandem',
        passwordFile: '/etc/tandem/broker-password',
      },
      rateLimit: { burst: 10, perSecond: 2 },
      oidc: { issuer: SERVER.OIDC_ISSUER, audience: 'tandem', jwks: SERVER.OIDC_JWKS_URL },
    });
    expect(JSON.stringify(shown(config))).not.toContain('s3cret');
    expect(shown(config)).toMatchObject({
      DATABASE_URL: 'postgres://db/tandem',
      EVENTSTORE_URL: 'esdb://es:2113',
      OIDC_AUDIENCE: 'tandem',
      KAFKA_BROKERS: 'a:9092,b:9092',
      KAFKA_PASSWORD_FILE: '/etc/tandem/broker-password',
    });
  });

  it('keep the keys in another database than the data', () => {
    const data = { DATABASE_URL: 'postgres://u:s3cret@db/tandem', VAULT_URL: 'postgres://u:s3cret@db/vault' };
    const keys = 'postgres://keeper:s3cret@db/keys';
    expect(loadConfig({ ...data, KEYRING_URL: keys }).keyringDatabase).toBe(keys);
    expect(shown(loadConfig({ ...data, KEYRING_URL: keys }))).toMatchObject({ KEYRING_URL: 'postgres://db/keys' });
    for (const same of ['postgres://keeper@db/tandem', 'postgresql://keeper@db:5432/vault?sslmode=require'])
      expect(problems({ ...data, KEYRING_URL: same })).toEqual(['KEYRING_URL must be another database than DATABASE_URL and VAULT_URL: keys apart from data']);
    expect(problems({ KEYRING_URL: keys })).toEqual(['KEYRING_URL has no place without DATABASE_URL']);
    expect(problems({ ...data, KEYRING_URL: 'keys' })).toEqual(['KEYRING_URL must be an address that starts with postgres: or postgresql:']);
  });

  it('take an address with a password from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tandem-secret-')), 'database');
    writeFileSync(file, 'postgres://u:s3cret@db/tandem\n');
    expect(loadConfig({ DATABASE_URL_FILE: file }).database).toBe('postgres://u:s3cret@db/tandem');
    expect(problems({ DATABASE_URL_FILE: '/nowhere' })).toEqual(['DATABASE_URL_FILE can not be read']);
  });

  it.each([
    [{ PORT: '70000' }, /^PORT must be a whole number from 0 to 65535$/],
    [{ PORT: '80x' }, /^PORT /],
    [{ METRICS_PORT: '-1' }, /^METRICS_PORT /],
    [{ TANDEM_PROFILE: 'production' }, /^TANDEM_PROFILE must be one of demo, server$/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL /],
    [{ HOST: '0.0.0.0' }, /^HOST must be loopback/],
    [{ HOST: '192.168.1.2' }, /^HOST must be loopback/],
    [{ OIDC_ISSUER: 'urn:tandem:demo' }, /^OIDC_ISSUER has no place without/],
    [
      { OIDC_ISSUER: 'urn:x', OIDC_AUDIENCE: 'tandem', OIDC_JWKS_URL: 'http://id.example/jwks' },
      /^OIDC_JWKS_URL must be loopback in the demo profile$/,
    ],
    [{ EVENTSTORE_URL: 'esdb://u:s3cret@es:2113' }, /^DATABASE_URL is needed where EVENTSTORE_URL is/],
    [{ VAULT_URL: 'postgres://u:s3cret@db/vault' }, /^VAULT_URL has no place without DATABASE_URL$/],
    [{ ...SERVER, OIDC_AUDIENCE: '' }, /^OIDC_AUDIENCE is needed/],
    [{ ...SERVER, OIDC_JWKS_URL: 'file:///etc/passwd' }, /^OIDC_JWKS_URL must be an address/],
    [
      { DATABASE_URL: 'mysql://u:s3cret@db' },
      /^DATABASE_URL must be an address that starts with postgres: or postgresql:$/,
    ],
    [{ EVENTSTORE_URL: 's3cret', DATABASE_URL: 'postgres://db' }, /^EVENTSTORE_URL must be/],
    [{ KAFKA_BROKERS: 'localhost' }, /^KAFKA_BROKERS must be a list of host:port/],
    [{ KAFKA_BROKERS: 'a:9092,' }, /^KAFKA_BROKERS must be a list of host:port/],
    [{ KAFKA_TLS_CA_FILE: '/s3cret.pem' }, /^KAFKA_BROKERS is needed where another setting of Kafka is$/],
    [{ KAFKA_BROKERS: 'a:9092', KAFKA_TLS_CA_FILE: '/a', KAFKA_USERNAME: 's3cret' }, /^KAFKA_USERNAME and KAFKA_PASSWORD_FILE go/],
    [{ KAFKA_BROKERS: 'a:9092', KAFKA_USERNAME: 's3cret', KAFKA_PASSWORD_FILE: '/p' }, /^KAFKA_TLS_CA_FILE is needed where/],
    [{ RATE_LIMIT_BURST: '0' }, /^RATE_LIMIT_BURST /],
  ])('refuse %j and name the variable, not the value', (environment, expected) => {
    const [problem, ...more] = problems(environment);
    expect(problem).toMatch(expected);
    expect(problem).not.toContain('s3cret');
    expect(more).toEqual([]);
  });

  it('tell everything that is wrong at once', () => {
    expect(problems({ TANDEM_PROFILE: 'server', PORT: 'x', LOG_LEVEL: 'x' }).map((p) => p.split(' ')[0])).toEqual([
      'PORT',
      'LOG_LEVEL',
      'OIDC_ISSUER',
      'OIDC_AUDIENCE',
      'OIDC_JWKS_URL',
    ]);
  });
});

describe('the data directory', () => {
  const root = mkdtempSync(join(tmpdir(), 'tandem-config-'));
  afterAll(() => {
    rmSync(root, { recursive: true });
  });
  const claim = (name: string, profile: 'demo' | 'server') => () => {
    claimDataDirectory({ data: join(root, name), profile });
  };

  it('is made, private and stamped, and may be claimed again', () => {
    claim('a', 'demo')();
    claim('a', 'demo')();
    expect(readFileSync(join(root, 'a', 'profile'), 'utf8')).toBe('demo\n');
    expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
  });

  it('of one profile is refused by the other', () => {
    claim('d', 'demo')();
    claim('s', 'server')();
    expect(claim('d', 'server')).toThrow(/TANDEM_DATA is a directory of the demo profile/);
    expect(claim('s', 'demo')).toThrow(/TANDEM_DATA is a directory of the server profile/);
  });

  it('with files that nobody stamped is refused', () => {
    const stray = mkdtempSync(join(root, 'stray-'));
    writeFileSync(join(stray, 'events.db'), '');
    expect(() => {
      claimDataDirectory({ data: stray, profile: 'demo' });
    }).toThrow(/TANDEM_DATA is not empty/);
  });
});
