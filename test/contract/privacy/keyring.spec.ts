/** What a keyring promises, wherever its secrets lie, and what one process sees of another. Source: architecture.md 5. */
import { createPublicKey, verify } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '#database';
import type { Compartment } from '#kernel';
import { HMAC_USES, KEY_PURPOSES, type KeyMaster, type KeyPurpose, type KeyringTables, openKeyring, openSharedKeyring, type WrappedKey } from '#privacy';
import { missing } from '../../support/bytes-on-disk.js';
import { type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index);
const FILE = 'a file';
const SHARED = ['SQLite in memory', 'PostgreSQL'] as const;

let folder: string;
let count = 0;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'tandem-keyrings-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });
beforeEach(() => { count += 1; });
const file = (name: string): string => join(folder, String(count), name);

/** One process's way to the keyring of this test. */
type Opening = () => Promise<KeyMaster>;

/** Each process has connections of its own, where the engine takes more than one. */
async function shared(engine: EngineForTests): Promise<{ database: Database<KeyringTables>; open: Opening }> {
  const address = await engine.freshAddress();
  const database = engine.open<KeyringTables>(address);
  const own = (): Database<KeyringTables> => (database.engine === 'sqlite' ? database : engine.open(address));
  return { database, open: () => openSharedKeyring(own(), file('root.json'), clock) };
}

describe.each([FILE, ...SHARED] as const)('a keyring in %s', (name) => {
  let engine: EngineForTests | undefined;
  let open: Opening;
  let master: KeyMaster;
  beforeAll(async () => { if (name !== FILE) engine = await startEngine(name); }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine?.stop(), POSTGRES_START_MILLISECONDS);
  beforeEach(async () => {
    open = engine === undefined ? () => Promise.resolve(openKeyring(file('keyring.json'), clock)) : (await shared(engine)).open;
    master = await open();
  });

  const sealed = (compartment: Compartment = 'identity'): Promise<WrappedKey> => master.for('seal').wrap('casa-lumina', compartment, dataKey, 'seal');
  const opening = async (keys: KeyMaster, key: WrappedKey, granted: readonly KeyPurpose[], purpose: KeyPurpose, compartment: Compartment = 'identity') =>
    Uint8Array.from(await keys.for(...granted).unwrap(key, compartment, purpose));

  it('opens for the purposes that were granted, and no other', async () => {
    const key = await sealed();
    for (const purpose of ['seal', 'disclose', 'rotate'] as const) {
      expect(await opening(master, key, [purpose], purpose)).toEqual(dataKey);
      const others = KEY_PURPOSES.filter((other) => other !== purpose);
      await expect(opening(master, key, others, purpose)).rejects.toThrow(`no key for ${purpose}`);
      await expect(opening(master, key, [], purpose)).rejects.toThrow(`no key for ${purpose}`);
    }
  });

  it('opens nothing to erase, and for reporting nothing but statistics', async () => {
    const [key, statistics] = [await sealed(), await sealed('statistics')];
    await expect(opening(master, key, KEY_PURPOSES, 'erase')).rejects.toThrow('no key');
    await expect(opening(master, key, KEY_PURPOSES, 'report-statistics')).rejects.toThrow('no key');
    await expect(opening(master, key, KEY_PURPOSES, 'report-statistics', 'statistics')).rejects.toThrow('no key');
    expect(await opening(master, statistics, KEY_PURPOSES, 'report-statistics', 'statistics')).toEqual(dataKey);
  });

  it('opens to whoever waits for a birthday the day of majority, and nothing else', async () => {
    const [key, majority] = [await sealed(), await sealed('majority')];
    expect(await opening(master, majority, ['watch-majority'], 'watch-majority', 'majority')).toEqual(dataKey);
    await expect(opening(master, key, ['watch-majority'], 'watch-majority')).rejects.toThrow('no key');
    await expect(master.for('watch-majority').wrap('casa-lumina', 'majority', dataKey, 'watch-majority')).rejects.toThrow('no key');
    await expect(opening(master, majority, ['report-statistics'], 'report-statistics', 'majority')).rejects.toThrow('no key');
  });

  it('wraps only to seal and to rotate', async () => {
    const everything = master.for(...KEY_PURPOSES);
    for (const purpose of ['disclose', 'report-statistics', 'erase'] as const)
      await expect(everything.wrap('casa-lumina', 'statistics', dataKey, purpose)).rejects.toThrow('no key');
    await expect(master.for('disclose').wrap('casa-lumina', 'identity', dataKey, 'seal')).rejects.toThrow('no key');
  });

  it('opens a key of one custodian for no other', async () => {
    const moved = { ...(await sealed()), custodian: 'politia-exemplu' };
    await expect(opening(master, moved, ['disclose'], 'disclose')).rejects.toThrow('no key');
  });

  it('wraps under the newest epoch, opens older ones until they are destroyed, and never destroys the newest', async () => {
    const key = await sealed();
    await master.rotate('2026-04-01T08:00:00.000Z');
    expect((await sealed()).epoch).toBe(2);
    expect(await master.destroyRetired('2026-04-01T07:59:59.999Z')).toEqual([]);
    expect(await opening(master, key, ['disclose'], 'disclose')).toEqual(dataKey);
    expect(await master.destroyRetired('2026-05-01T08:00:00.000Z')).toEqual([1]);
    await expect(opening(master, key, ['disclose'], 'disclose')).rejects.toThrow('no key');
    expect(await master.destroyRetired('2036-05-01T08:00:00.000Z')).toEqual([]);
    expect(await master.for().newestEpoch()).toBe(2);
  });

  it('sees at once what another process renewed and destroyed', async () => {
    const others = [await open(), await open()];
    const old = await sealed();
    for (const other of others) expect(await opening(other, old, ['disclose'], 'disclose')).toEqual(dataKey);
    await master.rotate('2026-04-01T08:00:00.000Z');
    const renewed = await sealed();
    for (const other of others) {
      expect(await opening(other, renewed, ['disclose'], 'disclose')).toEqual(dataKey);
      expect((await other.for('seal').wrap('casa-lumina', 'identity', dataKey, 'seal')).epoch).toBe(2);
    }
    await master.destroyRetired('2026-04-01T08:00:00.000Z');
    for (const other of others) await expect(opening(other, old, ['disclose'], 'disclose')).rejects.toThrow('no key');
  });

  it('opens what was renewed while many ask, some from before and some from after', async () => {
    const other = await open();
    const old = await sealed();
    const asked: Promise<Uint8Array>[] = [];
    const asking = (key: WrappedKey): void => { asked.push(...Array.from({ length: 20 }, () => opening(other, key, ['disclose'], 'disclose'))); };
    asking(old);
    await master.rotate('2026-04-01T08:00:00.000Z');
    asking(old);
    asking(await sealed());
    for (const one of await Promise.all(asked)) expect(one).toEqual(dataKey);
  });

  it('is the same for all that start at once', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, open));
    expect(new Set(opened.map((one) => one.for().authenticate('command', 'x'))).size).toBe(1);
    expect(new Set(opened.map((one) => JSON.stringify(one.for().publicKeys()))).size).toBe(1);
  });

  it('authenticates differently for every use and text', () => {
    const keyring = master.for();
    const texts = HMAC_USES.flatMap((use) => [keyring.authenticate(use, 'a'), keyring.authenticate(use, 'b')]);
    expect(new Set(texts).size).toBe(HMAC_USES.length * 2);
    for (const text of texts) expect(text).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a token back in its own context only, and no token that was changed or made elsewhere', () => {
    const keyring = master.for();
    const token = keyring.encryptToken('position/casa-lumina', '4711, ș');
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(keyring.decryptToken('position/casa-lumina', token)).toBe('4711, ș');
    expect(keyring.decryptToken('position/clinica-aurora', token)).toBeUndefined();
    const changed = Buffer.from(token, 'base64url');
    changed[20]! ^= 1;
    expect(keyring.decryptToken('position/casa-lumina', changed.toString('base64url'))).toBeUndefined();
    expect(openKeyring(':memory:', clock).for().decryptToken('position/casa-lumina', token)).toBeUndefined();
    for (const rubbish of ['', 'x', 'no token at all']) expect(keyring.decryptToken('x', rubbish)).toBeUndefined();
  });

  it('makes two tokens of one text, so that equal places are not seen to be equal', () => {
    const keyring = master.for();
    expect(keyring.encryptToken('x', '1')).not.toBe(keyring.encryptToken('x', '1'));
  });

  it('signs so that the public key alone verifies', () => {
    const keyring = master.for();
    const { keyId, value } = keyring.sign(Buffer.from('head'));
    const key = createPublicKey(keyring.publicKeys()[keyId]!);
    expect(verify(null, Buffer.from('head'), key, Buffer.from(value, 'base64url'))).toBe(true);
    expect(verify(null, Buffer.from('tail'), key, Buffer.from(value, 'base64url'))).toBe(false);
  });
});

describe.each(SHARED)('a keyring shared in %s', (name) => {
  let engine: EngineForTests;
  beforeAll(async () => { engine = await startEngine(name); }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

  it('opens with its own root key only, and the error quotes neither', async () => {
    const { open } = await shared(engine);
    await open();
    writeFileSync(file('root.json'), JSON.stringify({ format: 1, root: Buffer.alloc(32, 7).toString('base64url') }));
    await expect(open()).rejects.toThrow(/^the keyring was sealed under another root key$/);
    writeFileSync(file('root.json'), '{"format":1,"ro');
    await expect(open()).rejects.toThrow(/^the root key of the keyring can not be read as one of format 1$/);
  });

  it('is renewed by one of two that renew it at the same moment, and written over by none', async () => {
    const { open } = await shared(engine);
    const masters = [await open(), await open()];
    const outcomes = await Promise.allSettled(masters.map((master) => master.rotate('2026-04-01T08:00:00.000Z')));
    const begun = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as Error).name] : []));
    expect(new Set(begun).size).toBe(begun.length);
    expect(refused.every((why) => why === 'KeyringReplaced')).toBe(true);
    for (const master of masters) expect(await master.for().newestEpoch()).toBe(begun.length + 1);
  });

  it('lies in the database sealed, and its tables keep nothing of what was before', async () => {
    const { database, open } = await shared(engine);
    const master = await open();
    const stored = async (): Promise<Buffer> => Buffer.from((await database.kysely.selectFrom('keyring').select('sealed').executeTakeFirstOrThrow()).sealed);
    const before = await stored();
    expect(before.toString('latin1')).not.toMatch(/epoch|PRIVATE|permanent/);
    const tables = database.engine === 'sqlite' ? undefined : join(engine.directory!, 'base');
    const isOnDisk = async (): Promise<boolean> => {
      await sql`checkpoint`.execute(database.kysely);
      return missing(tables!, [before.subarray(12, 44)]).length === 0;
    };
    if (tables !== undefined) expect(await isOnDisk()).toBe(true);
    await master.rotate('2026-04-01T08:00:00.000Z');
    await master.destroyRetired('2026-04-01T08:00:00.000Z');
    expect((await stored()).equals(before)).toBe(false);
    if (tables !== undefined) expect(await isOnDisk()).toBe(false);
  });
});
