/** What an operator does with a keyring: its root key is renewed, and what lay in a file goes into a database. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '#database';
import { type KeyMaster, type KeyringTables, moveKeyring, openKeyring, openSharedKeyring, prepareRoot, renewRoot } from '#privacy';
import { type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index);

describe.each(['SQLite in memory', 'PostgreSQL'] as const)('a keyring shared in %s', (name) => {
  let engine: EngineForTests;
  let folder = '';
  beforeAll(async () => { engine = await startEngine(name); }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'tandem-keyrings-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });
  const file = (called: string): string => join(folder, called);

  /** Each process has connections of its own, where the engine takes more than one. */
  async function shared(): Promise<{ database: Database<KeyringTables>; open: () => Promise<KeyMaster> }> {
    const address = await engine.freshAddress();
    const database = engine.open<KeyringTables>(address);
    const own = (): Database<KeyringTables> => (database.engine === 'sqlite' ? database : engine.open(address));
    return { database, open: () => openSharedKeyring(own(), file('root.json'), clock) };
  }

  it('is sealed under a new root key while it is used, and under the old one no more', async () => {
    const { database, open } = await shared();
    const [running, other] = [await open(), await open()];
    const key = await running.for('seal').wrap('casa-lumina', 'identity', dataKey, 'seal');
    const before = readFileSync(file('root.json'), 'utf8');
    const stored = (): Promise<unknown> => database.kysely.selectFrom('keyring').select('sealed').executeTakeFirstOrThrow();
    const sealed = await stored();
    await renewRoot(database, file('root.json'));
    expect(await stored()).not.toEqual(sealed);
    expect(readFileSync(file('root.json'), 'utf8')).not.toContain((JSON.parse(before) as { root: string }).root);
    for (const keys of [running, other, await open()]) expect(Uint8Array.from(await keys.for('disclose').unwrap(key, 'identity', 'disclose'))).toEqual(dataKey);
    // Who renews keys afterwards seals under what it found.
    await other.rotate('2026-04-01T08:00:00.000Z');
    expect(await (await open()).for().newestEpoch()).toBe(2);
    writeFileSync(file('root.json'), before);
    await expect(open()).rejects.toThrow('sealed under another root key');
  });

  it('opens on a machine that has the new root key beside the old one, and again once it has it', async () => {
    const { database, open } = await shared();
    const running = await open();
    const key = await running.for('seal').wrap('casa-lumina', 'identity', dataKey, 'seal');
    const opening = (): Promise<Uint8Array> => running.for('disclose').unwrap(key, 'identity', 'disclose');
    copyFileSync(file('root.json'), file('here.json'));
    prepareRoot(file('here.json'));
    const prepared = readFileSync(file('here.json'));
    await renewRoot(database, file('here.json'));
    await expect(opening()).rejects.toThrow('sealed under another root key');
    writeFileSync(file('root.json'), prepared);
    expect(Uint8Array.from(await opening())).toEqual(dataKey);
  });

  it.each([
    ['was prepared', (): void => undefined],
    ['was sealed anew', async (database: Database<KeyringTables>): Promise<void> => {
      const prepared = readFileSync(file('root.json'));
      await renewRoot(database, file('root.json'));
      writeFileSync(file('root.json'), prepared);
    }],
  ] as const)('takes the same new root key in the end when the renewing broke off after it %s', async (_, breakOff) => {
    const { database, open } = await shared();
    const text = (await open()).for().authenticate('command', 'x');
    prepareRoot(file('root.json'));
    const { next } = JSON.parse(readFileSync(file('root.json'), 'utf8')) as { next: string };
    await breakOff(database);
    await renewRoot(database, file('root.json'));
    expect(JSON.parse(readFileSync(file('root.json'), 'utf8'))).toEqual({ format: 1, root: next });
    expect((await open()).for().authenticate('command', 'x')).toBe(text);
  });

  it('takes over a keyring that lay in a file, as often as it is asked, and never another over its own', async () => {
    const { database, open } = await shared();
    const inFile = openKeyring(file('keyring.json'), clock);
    const key = await inFile.for('seal').wrap('casa-lumina', 'identity', dataKey, 'seal');
    await inFile.rotate('2026-04-01T08:00:00.000Z');
    for (let time = 0; time < 2; time++) await moveKeyring(file('keyring.json'), database, file('root.json'));
    const moved = await open();
    expect(Uint8Array.from(await moved.for('disclose').unwrap(key, 'identity', 'disclose'))).toEqual(dataKey);
    expect([moved.for().publicKeys(), moved.for().authenticate('command', 'x')]).toEqual([inFile.for().publicKeys(), inFile.for().authenticate('command', 'x')]);
    openKeyring(file('another.json'), clock);
    await expect(moveKeyring(file('another.json'), database, file('root.json'))).rejects.toThrow('holds another keyring');
    await expect(renewRoot(database, file('keyring.json'))).rejects.toThrow('can not be read as one of format 1');
    expect(await (await open()).for().newestEpoch()).toBe(2);
  });
});
