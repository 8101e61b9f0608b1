/** The commands on the keyring, as an operator runs them: on files and on PostgreSQL, also when they are killed. */
import { spawn, spawnSync } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openDatabase } from '#database';
import { type KeyMaster, type KeyringTables, type PrivacyTables, type Vault, openKeyring, openSharedKeyring, openVault } from '#privacy';
import { type PostgresForTests, POSTGRES_START_MILLISECONDS, startPostgres } from '../support/postgres.js';

jest.setTimeout(60_000);

const ROOT = join(import.meta.dirname, '../..');
const PERSONS = 300;
const clock = (): string => new Date().toISOString();

let postgres: PostgresForTests;
let folder = '';
const closing: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'keyring'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  postgres = await startPostgres();
}, 180_000);
afterAll(() => postgres.stop(), POSTGRES_START_MILLISECONDS);
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tandem-keyring-')); });
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  rmSync(folder, { recursive: true });
});

type Settings = Readonly<Record<string, string>>;
interface Ended { readonly code: number | null; readonly said: string }

/** Runs a command to its end, or kills it after so many milliseconds. */
async function keyring(settings: Settings, command: readonly string[], killedAfter?: number): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/apps/keyring/src/main.js'), ...command], { env: { PATH: process.env['PATH'], ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = once(child, 'close') as Promise<[number | null]>;
  if (killedAfter !== undefined) {
    await setTimeout(killedAfter);
    child.kill('SIGKILL');
  }
  const [code] = await ended;
  return { code, said: said.join('') };
}

async function mechanism(settings: Settings): Promise<{ keys: KeyMaster; vault: Vault; epochs(): Promise<readonly number[]> }> {
  const keep = <Schema>(address: string) => {
    const database = openDatabase<Schema>(address);
    closing.unshift(() => database.close());
    return database;
  };
  const { KEYRING_URL: url, KEYRING_FILE: file = join(settings['TANDEM_DATA']!, 'keyring.json') } = settings;
  const keys = url === undefined ? openKeyring(file, clock) : await openSharedKeyring(keep<KeyringTables>(url), file, clock);
  const database = keep<PrivacyTables>(settings['DATABASE_URL'] ?? `sqlite:${settings['TANDEM_DATA']!}/vault.db`);
  const vault = await openVault({ database, keyring: keys.for('seal', 'disclose'), clock });
  const epochs = async () => (await database.kysely.selectFrom('vault_key').select('epoch').distinct().execute()).map(({ epoch }) => epoch);
  return { keys, vault, epochs };
}

async function sealAll(vault: Vault): Promise<readonly string[]> {
  const rows = Array.from({ length: PERSONS }, (_, index) => ({
    commandId: randomUUID(), person: randomUUID(), compartment: 'identity' as const, stream: 'case-1', custodian: index % 2 === 0 ? 'casa-lumina' : 'politia-exemplu', value: { name: index },
  }));
  return (await vault.put(rows)).map(({ reference }) => reference);
}

const names = async (vault: Vault, references: readonly string[]): Promise<readonly unknown[]> => (await vault.open(references, 'disclose')).map(({ value }) => (value as { name: unknown }).name);
const ALL = Array.from({ length: PERSONS }, (_, index) => index);

const ENGINES: readonly (readonly [string, () => Promise<Settings>])[] = [
  ['files', () => Promise.resolve({ TANDEM_DATA: folder })],
  ['PostgreSQL', async () => ({
    TANDEM_DATA: folder, DATABASE_URL: await postgres.freshDatabase(), KEYRING_URL: await postgres.freshDatabase(), KEYRING_FILE: join(folder, 'root.json'),
  })],
];

describe.each(ENGINES)('with the keyring in %s', (_, settingsOf) => {
  it('the keys of all organisations are renewed, also when the command is killed on the way and given again', async () => {
    const settings = await settingsOf();
    const { vault, epochs } = await mechanism(settings);
    const references = await sealAll(vault);
    const whole = Date.now();
    expect(await keyring(settings, ['renew'])).toEqual({ code: 0, said: expect.stringMatching(new RegExp(`^${String(PERSONS)} keys lie`)) as unknown });
    const lasts = Date.now() - whole;
    for (let kill = 0; kill < 5; kill++) {
      // The second half: before, it only starts.
      await keyring(settings, ['renew'], lasts / 2 + randomInt(Math.ceil(lasts / 2)));
      expect(await names(vault, references)).toEqual(ALL);
    }
    expect((await keyring(settings, ['renew'])).code).toBe(0);
    expect(await epochs()).toHaveLength(1);
    expect((await epochs())[0]).toBeGreaterThan(2);
    expect(await names((await mechanism(settings)).vault, references)).toEqual(ALL);
  }, 180_000);
});

describe('the root key', () => {
  it('is renewed while services run, also when that is killed on the way', async () => {
    const settings = await ENGINES[1]![1]();
    const { vault } = await mechanism(settings);
    const references = await sealAll(vault);
    expect((await keyring(settings, ['prepare-root'])).code).toBe(0);
    for (let kill = 0; kill < 5; kill++) {
      await keyring(settings, ['renew-root'], 100 + randomInt(600));
      expect(await names(vault, references)).toEqual(ALL);
    }
    expect((await keyring(settings, ['renew-root'])).code).toBe(0);
    expect(await names(vault, references)).toEqual(ALL);
    expect(await names((await mechanism(settings)).vault, references)).toEqual(ALL);
  }, 180_000);

  it('is not there where the keyring is a file', async () => {
    const settings = { TANDEM_DATA: folder };
    await mechanism(settings);
    expect(await keyring(settings, ['renew-root'])).toEqual({ code: 1, said: expect.stringContaining('KEYRING_URL is needed') as unknown });
  });
});

it('a keyring moves from its file into the database, and everything opens there', async () => {
  const { KEYRING_URL: url, KEYRING_FILE: root, ...inFile } = await ENGINES[1]![1]();
  const before = { ...inFile, KEYRING_FILE: join(folder, 'keyring.json') };
  const references = await sealAll((await mechanism(before)).vault);
  const after = { ...inFile, KEYRING_URL: url!, KEYRING_FILE: root! };
  expect((await keyring(after, ['move', before.KEYRING_FILE])).code).toBe(0);
  expect(await names((await mechanism(after)).vault, references)).toEqual(ALL);
});

it('what is not a command, or names no keyring that is there, changes nothing', async () => {
  expect(await keyring({ TANDEM_DATA: folder }, [])).toEqual({ code: 1, said: expect.stringMatching(/^usage: /) as unknown });
  expect(await keyring({ TANDEM_DATA: folder }, ['renew'])).toEqual({ code: 1, said: expect.stringContaining('KEYRING_FILE names no file') as unknown });
  expect(existsSync(join(folder, 'keyring.json'))).toBe(false);
});
