/** What the vault promises, on every engine. Source: architecture.md 5. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeyMaster, KeyPurpose, PrivacyDatabase, PrivacyTables, RowToSeal, Vault } from '#privacy';
import { commitmentOf, openKeyring, openVault, rotateKeys, sweepVault } from '#privacy';
import { randomUUID } from 'node:crypto';
import type { EngineForTests } from '../../support/engines.js';
import { ENGINES, startEngine } from '../../support/engines.js';
import { movingClock } from '../../support/moving-clock.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';
import { row as rowToSeal } from './custodian-house.js';
import { type Certified, certified, type Served, serveVault } from './custodian-vault.js';

const START = '2026-03-02T08:00:00.000Z';
const value = { name: 'Ileana Exemplu', born: '2004-05-06' };

const row = (changes: Partial<RowToSeal> = {}): RowToSeal => rowToSeal({ value, ...changes });

const REMOTE = 'a custodian that runs it, over mutual TLS';

describe.each([...ENGINES, REMOTE] as const)('vault on %s', (name) => {
  const isRemote = name === REMOTE;
  let certificates: Certified;
  const served: Served[] = [];
  let engine: EngineForTests;
  let database: PrivacyDatabase;
  let master: KeyMaster;
  let vault: Vault;
  let clock: ReturnType<typeof movingClock>;

  beforeAll(async () => {
    engine = await startEngine(isRemote ? 'SQLite in memory' : name);
    if (isRemote) certificates = await certified();
  }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

  beforeEach(async () => {
    clock = movingClock(START);
    master = openKeyring(':memory:', clock.now);
    database = engine.open<PrivacyTables>(await engine.freshAddress());
    vault = await vaultFor('seal', 'disclose', 'rotate');
  });

  afterEach(async () => {
    for (const server of served.splice(0)) await server.stop();
  });

  const vaultFor = async (...purposes: KeyPurpose[]) => {
    const here = await openVault({ database, keyring: master.for(...purposes), clock: clock.now });
    if (!isRemote) return here;
    const server = await serveVault(certificates, { vault: here, database });
    served.push(server);
    return server.client();
  };
  const putOne = async (changes: Partial<RowToSeal> = {}) => (await vault.put([row(changes)]))[0]!;
  const open = (references: string[]) => vault.open(references, 'disclose');

  it('opens what was sealed, in the order asked, and leaves out what is not there', async () => {
    const first = row();
    const second = row({ person: first.person, compartment: 'health', value: ['SRH', 3, null, 'ș'] });
    const [one, two] = await vault.put([first, second]);
    const opened = await open([two!.reference, randomUUID(), one!.reference]);
    expect(opened.map((each) => each.value)).toEqual([second.value, value]);
    const { person, compartment, stream, custodian } = second;
    expect(opened[0]).toMatchObject({ reference: two!.reference, person, compartment, stream, custodian });
  });

  it('gives salt and value that prove the commitment, and a commitment that proves no other value', async () => {
    const { reference, commitment } = await putOne();
    const [opened] = await open([reference]);
    expect(Buffer.from(opened!.salt, 'base64url')).toHaveLength(32);
    expect(commitmentOf(opened!.salt, { born: '2004-05-06', name: 'Ileana Exemplu' })).toBe(commitment);
    expect(commitmentOf(opened!.salt, { ...value, born: '2004-05-07' })).not.toBe(commitment);
  });

  it('commits to the same value differently each time', async () => {
    expect((await putOne()).commitment).not.toBe((await putOne()).commitment);
  });

  it('answers the same row put again with the same reference and commitment', async () => {
    const rows = [row(), row({ compartment: 'contact' })];
    const first = await vault.put(rows);
    expect(await vault.put(rows)).toEqual(first);
  });

  it('agrees on one row when the same row is put many times at once', async () => {
    const same = row();
    const answers = await Promise.all(Array.from({ length: 8 }, () => vault.put([same])));
    expect(new Set(answers.map(([sealed]) => sealed!.commitment)).size).toBe(1);
  });

  it('seals what comes together with a put that is refused', async () => {
    const [same, erased] = [row(), randomUUID()];
    await vault.put([same]);
    await vault.entomb(erased);
    const bad = [{ ...same, value: 'other' }, row({ person: erased })];
    const puts = [row(), bad[0]!, row(), bad[1]!, row()].map((each) => vault.put([each]));
    const outcomes = await Promise.allSettled(puts);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true]);
    const sealed = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
    expect(await open(sealed.map(({ reference }) => reference))).toHaveLength(3);
  });

  it.each<[string, Partial<RowToSeal>]>([
    ['value', { value: { ...value, name: 'Maria' } }],
    ['custodian', { custodian: 'politia-exemplu' }],
    ['stream', { stream: 'case-2' }],
  ])('refuses the same row with another %s, and seals nothing of that put', async (_, change) => {
    const same = row();
    await vault.put([same]);
    const other = row({ compartment: 'contact' });
    await expect(vault.put([other, { ...same, ...change }])).rejects.toMatchObject({ name: 'RowConflict' });
    expect(await vault.put([{ ...other, value: 'anything' }])).toHaveLength(1);
  });

  it.each<KeyPurpose>(['seal', 'erase', 'rotate'])('lets nothing out for %s', async (purpose) => {
    const { reference } = await putOne();
    await expect(vault.open([reference], purpose)).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });

  it('opens nothing with a keyring that was not granted the purpose', async () => {
    const { reference } = await putOne();
    const notGranted = await vaultFor('seal', 'report-statistics');
    await expect(notGranted.open([reference], 'disclose')).rejects.toMatchObject({ name: 'KeyNotGranted' });
    await expect(notGranted.open([reference], 'report-statistics')).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });

  it('opens the statistics, and only them, for reporting', async () => {
    const { reference } = await putOne({ compartment: 'statistics', value: { county: 'RO-IS' } });
    const reporting = await vaultFor('report-statistics');
    expect(await reporting.open([reference], 'report-statistics')).toMatchObject([{ value: { county: 'RO-IS' } }]);
    await expect(reporting.put([row()])).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });

  it('opens no row that was passed off as another', async () => {
    const { reference } = await putOne();
    await database.kysely
      .updateTable('vault_row')
      .set({ stream: 'case-2' })
      .where('reference', '=', reference)
      .execute();
    await expect(open([reference])).rejects.toThrow();
  });

  it('refuses a vault that was made with another keyring', async () => {
    const other = openKeyring(':memory:', clock.now).for('seal');
    const opening = openVault({ database, keyring: other, clock: clock.now });
    await expect(opening).rejects.toMatchObject({ name: 'WrongKeyring' });
  });

  it('keeps what was sealed when it is opened again', async () => {
    const { reference } = await putOne();
    vault = await vaultFor('disclose');
    expect(await open([reference])).toHaveLength(1);
  });

  it('destroys everything of a person and nothing of another', async () => {
    const person = randomUUID();
    const erased = await vault.put([row({ person }), row({ person, compartment: 'health' })]);
    const kept = await putOne();
    await vault.entomb(person);
    expect(await vault.destroy(person)).toBe(2);
    expect(await vault.destroy(person)).toBe(0);
    const opened = await open([...erased, kept].map(({ reference }) => reference));
    expect(opened.map(({ reference }) => reference)).toEqual([kept.reference]);
    const keys = await database.kysely.selectFrom('vault_key').select('person').execute();
    expect(keys.map((key) => key.person)).not.toContain(person);
  });

  it('refuses to seal for an erased person, also what was sealed before', async () => {
    const sealed = row();
    await vault.put([sealed]);
    await vault.entomb(sealed.person);
    await vault.entomb(sealed.person);
    await expect(vault.put([sealed])).rejects.toMatchObject({ name: 'PersonErased' });
    await expect(putOne({ person: sealed.person })).rejects.toMatchObject({ name: 'PersonErased' });
  });

  it('leaves nothing behind the tombstone, however puts and erasure meet', async () => {
    const person = randomUUID();
    const puts = Array.from({ length: 10 }, () => vault.put([row({ person })]));
    await Promise.allSettled([...puts.slice(0, 5), vault.destroy(person), ...puts.slice(5)]);
    expect(await database.kysely.selectFrom('vault_row').select('reference').execute()).toEqual([]);
  });

  it('sweeps rows of unknown commands after 24 h, and asks about a known command once', async () => {
    const known = row();
    const [kept, orphan] = await vault.put([known, row({ stream: 'case-2' })]);
    clock.moveHours(25);
    const asked: string[] = [];
    const isKnown = (stream: string, commandId: string) => {
      asked.push(stream);
      return Promise.resolve(commandId === known.commandId);
    };
    const dayAgo = '2026-03-02T09:00:00.000Z';
    expect(await sweepVault(vault, dayAgo, isKnown)).toBe(1);
    expect(await sweepVault(vault, dayAgo, isKnown)).toBe(0);
    expect(asked.sort()).toEqual(['case-1', 'case-2']);
    expect(await open([orphan!.reference, kept!.reference])).toMatchObject([{ reference: kept!.reference }]);
  });

  it('sweeps nothing that is younger than 24 h', async () => {
    await putOne();
    clock.moveHours(23);
    await expect(sweepVault(vault, '2026-03-01T07:00:00.001Z', () => Promise.resolve(false))).resolves.toBe(0);
    await expect(sweepVault(vault, '2026-03-02T08:00:00.001Z', () => Promise.resolve(false))).rejects.toThrow(
      RangeError,
    );
  });

  it('opens after a rotation what was sealed before, and no more with a backup of the old keys', async () => {
    const { reference } = await putOne();
    const backup = await database.kysely.selectFrom('vault_key').selectAll().executeTakeFirstOrThrow();
    clock.moveHours(31 * 24);
    const plan = { rotateAfterDays: 30, destroyAfterDays: 7 };
    expect(await rotateKeys(master, vault, plan, clock.now())).toEqual({ begun: 2, rewrapped: 1, destroyed: [] });
    expect(await rotateKeys(master, vault, plan, clock.now())).toEqual({
      begun: undefined,
      rewrapped: 0,
      destroyed: [],
    });
    clock.moveHours(8 * 24);
    expect(await rotateKeys(master, vault, plan, clock.now())).toMatchObject({ destroyed: [1] });
    expect(await open([reference])).toHaveLength(1);
    await database.kysely.updateTable('vault_key').set(backup).execute();
    await expect(open([reference])).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });
});
