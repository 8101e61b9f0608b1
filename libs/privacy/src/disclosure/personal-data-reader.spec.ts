import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import type { SealedParts } from '#kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { commitmentOf } from '../commitment.js';
import { openKeyring } from '../keyring/keyring.js';
import type { Vault } from '../ports.js';
import type { PrivacyTables } from '../vault/tables.js';
import { openVault } from '../vault/vault.js';
import { PersonalDataReader } from './personal-data-reader.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const caseId = randomUUID();
const person = randomUUID();
const caller = {
  actor: 'actor-7',
  organisation: 'casa-lumina',
  role: 'CM',
  legalBasis: 'GDPR-6-1-e',
  correlationId: 'request-1',
};

let store: EventStore;
let vault: Vault;
let reader: PersonalDataReader;
let parts: SealedParts[];

beforeEach(async () => {
  store = openSqliteEventStore(':memory:');
  const keyring = openKeyring(':memory:', clock).for('seal', 'disclose');
  vault = await openVault({ database: openDatabase<PrivacyTables>('sqlite::memory:'), keyring, clock });
  reader = new PersonalDataReader({ store, vault, clock });
  const place = { commandId: randomUUID(), person, stream: `case-${caseId}`, custodian: 'casa-lumina' };
  const [identity, health] = await vault.put([
    { ...place, compartment: 'identity', value: { name: 'Ileana Exemplu' } },
    { ...place, compartment: 'health', value: { allergies: 'none' } },
  ]);
  parts = [{ identity: identity!, health: health! }];
});
afterEach(() => Promise.all([store.close(), vault.close()]));

const request = (changes = {}) => ({
  caseId,
  parts,
  categories: ['identity', 'health'] as const,
  purpose: 'SERVICE_DELIVERY',
  caller,
  ...changes,
});
const recorded = () => store.readStream(`disclosure-${caseId}`);

describe('PersonalDataReader', () => {
  it('opens the categories asked for, with what proves them', async () => {
    const disclosed = await reader.open(request({ categories: ['health'] }));
    expect(disclosed.map(({ value }) => value)).toEqual([{ allergies: 'none' }]);
    expect(disclosed[0]).toMatchObject({ ...parts[0]!.health, compartment: 'health', custodian: 'casa-lumina' });
    expect(commitmentOf(disclosed[0]!.salt, disclosed[0]!.value)).toBe(parts[0]!.health!.commitment);
  });

  it('records who saw which categories for what purpose, and no value', async () => {
    await reader.open(request());
    const [event] = await recorded();
    expect(event).toMatchObject({
      type: 'IdentityViewed',
      data: { purpose: 'SERVICE_DELIVERY', categories: ['health', 'identity'], references: 2 },
      metadata: { actor: 'actor-7', organisation: 'casa-lumina', role: 'CM', correlationId: 'request-1' },
    });
    expect(JSON.stringify(event)).not.toMatch(/Ileana|allergies/);
  });

  it('records every reading, also the second of the same by the same', async () => {
    await reader.open(request());
    await reader.open(request());
    expect(await recorded()).toHaveLength(2);
  });

  it('shows nothing and opens nothing when the disclosure can not be recorded', async () => {
    let opened = 0;
    const watched: Vault = Object.assign(Object.create(vault) as Vault, {
      open: (...args: Parameters<Vault['open']>) => {
        opened += 1;
        return vault.open(...args);
      },
    });
    reader = new PersonalDataReader({ store, vault: watched, clock });
    await reader.open(request());
    expect(opened).toBe(1);
    await store.close();
    await expect(reader.open(request())).rejects.toThrow();
    expect(opened).toBe(1);
    store = openSqliteEventStore(':memory:');
  });

  it('records before it opens: a failure of the vault leaves the record', async () => {
    await vault.close();
    await expect(reader.open(request())).rejects.toThrow();
    expect(await recorded()).toHaveLength(1);
  });

  it.each<[string, () => SealedParts]>([
    ['another value', () => ({ identity: { ...parts[0]!.identity!, commitment: '0'.repeat(64) } })],
    ['another compartment', () => ({ identity: parts[0]!.health! })],
  ])('shows nothing when the vault holds %s than was recorded', async (_, forged) => {
    await expect(reader.open(request({ parts: [forged()] }))).rejects.toMatchObject({ name: 'CommitmentBroken' });
  });

  it('shows nothing of another case', async () => {
    const opening = reader.open(request({ caseId: randomUUID() }));
    await expect(opening).rejects.toMatchObject({ name: 'CommitmentBroken' });
  });

  it('leaves out what was erased', async () => {
    await vault.destroy(person);
    expect(await reader.open(request())).toEqual([]);
    expect(await recorded()).toHaveLength(1);
  });

  it('records nothing when there is nothing to show', async () => {
    expect(await reader.open(request({ categories: ['contact'] }))).toEqual([]);
    expect(await recorded()).toEqual([]);
  });

  it('refuses a purpose in words', async () => {
    const opening = reader.open(request({ purpose: 'to call Ileana back' }));
    await expect(opening).rejects.toMatchObject({ name: 'PurposeNotACode' });
    expect(await recorded()).toEqual([]);
  });
});
