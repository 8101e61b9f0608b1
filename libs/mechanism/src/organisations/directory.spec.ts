import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openSqliteEventStore } from '#event-store';
import {
  DEMONSTRATION_DIRECTORY,
  Directory,
  type DirectoryEntry,
  organisationAt,
  register,
  reinstate,
  SOURCED_SAMPLE,
  suspend,
  UnknownVersion,
} from '../index.js';

const clock = (): string => '2026-11-24T08:00:00.000Z';
const by = { actor: 'registrar', organisation: 'centrul-coordonare' };
const clinic: DirectoryEntry = {
  id: 'clinica-aurora',
  name: 'Clinica Aurora',
  kind: 'NGO',
  country: 'RO',
  roles: ['SP'],
  services: ['MED'],
  regions: ['RO32'],
  acceptsMinors: true,
};

describe('the directory', () => {
  let store: EventStore;
  let directory: Directory;
  beforeEach(() => {
    store = openSqliteEventStore(':memory:');
    directory = new Directory(store);
  });
  afterEach(() => store.close());

  it('knows an organisation by what its stream says', async () => {
    await register(store, clinic, by, clock);
    await directory.catchUp();
    expect(directory.get('clinica-aurora')).toEqual({ ...clinic, status: 'ACTIVE', version: '1' });
    expect(directory.checkpoint).toBe(await store.head());
  });

  it('records the same entry once, even after a suspension', async () => {
    await register(store, clinic, by, clock);
    await suspend(store, clinic.id, 'SAFETY', by, clock);
    await register(store, clinic, by, clock);
    await directory.catchUp();
    expect(directory.get(clinic.id)).toMatchObject({ status: 'SUSPENDED', version: '2' });
  });

  it('records only what changed', async () => {
    await register(store, clinic, by, clock);
    await register(store, { ...clinic, services: ['MED', 'PSY'] }, by, clock);
    const events = await store.readStream('organisation-clinica-aurora');
    expect(events.map(({ type }) => type)).toEqual([
      'OrganisationRegistered',
      'ProviderAccredited',
      'ProviderAccredited',
    ]);
  });

  it('suspends once, reinstates once, and again', async () => {
    await register(store, clinic, by, clock);
    for (const reason of ['QUALITY', 'SAFETY'] as const) {
      await suspend(store, clinic.id, reason, by, clock);
      await suspend(store, clinic.id, reason, by, clock);
      await reinstate(store, clinic.id, by, clock);
      await reinstate(store, clinic.id, by, clock);
    }
    const events = await store.readStream('organisation-clinica-aurora');
    expect(events.slice(2).map(({ type }) => type)).toEqual([
      'ProviderSuspended',
      'ProviderReinstated',
      'ProviderSuspended',
      'ProviderReinstated',
    ]);
  });

  it('finds who may be asked: accredited for the service or its group, in the region, for minors', async () => {
    for (const entry of DEMONSTRATION_DIRECTORY) await register(store, entry, by, clock);
    await directory.catchUp();
    const found = (search: Parameters<Directory['providers']>[0]): string[] =>
      directory.providers(search).map(({ id }) => id);
    expect(found({ service: 'MED.URG' })).toEqual(['clinica-aurora']);
    expect(found({ service: 'PSY' })).not.toContain('casa-verde');
    expect(found({ service: 'HOUS.EMERG', forMinor: true, region: 'RO32' })).toEqual([
      'protectia-copilului',
      'rifugio-ponte',
    ]);
    expect(found({ service: 'HOUS.EMERG', forMinor: true, region: 'RO11' })).toContain('casa-verde');
    await suspend(store, 'clinica-aurora', 'OWN_REQUEST', by, clock);
    await directory.catchUp();
    expect(found({ service: 'MED.URG' })).toEqual([]);
  });

  it('follows the log live, and folds nothing twice', async () => {
    const stop = new AbortController();
    const following = directory.follow(stop.signal);
    await register(store, clinic, by, clock);
    while (directory.get(clinic.id)?.version !== '1') await new Promise(setImmediate);
    await directory.catchUp();
    expect(directory.get(clinic.id)?.version).toBe('1');
    stop.abort();
    await following;
  });

  it('never goes back to what a slower reading of the same log still says', async () => {
    await register(store, clinic, by, clock);
    let passes: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (passes = resolve));
    const readings: Promise<void>[] = [gate];
    const slow: EventStore = Object.create(store, {
      readAll: {
        value: async function* (after: string) {
          const pages = await Array.fromAsync(store.readAll(after));
          await readings.pop();
          yield* pages;
        },
      },
    }) as EventStore;
    directory = new Directory(slow);
    const late = directory.catchUp();
    await new Promise(setImmediate);
    await suspend(store, clinic.id, 'SAFETY', by, clock);
    await directory.catchUp();
    expect(directory.get(clinic.id)).toMatchObject({ status: 'SUSPENDED' });
    passes();
    await late;
    expect(directory.get(clinic.id)).toMatchObject({ status: 'SUSPENDED', version: '2' });
  });

  it('gives an entry as it was at a version, and guesses none', async () => {
    await register(store, clinic, by, clock);
    await suspend(store, clinic.id, 'SAFETY', by, clock);
    expect(await organisationAt(store, clinic.id, '1')).toMatchObject({ status: 'ACTIVE' });
    expect(await organisationAt(store, clinic.id, '2')).toMatchObject({ status: 'SUSPENDED' });
    await expect(organisationAt(store, clinic.id, '3')).rejects.toBeInstanceOf(UnknownVersion);
    await expect(organisationAt(store, clinic.id, '')).rejects.toBeInstanceOf(UnknownVersion);
  });

  it('refuses an identifier that could not stand in a stream name', async () => {
    await expect(register(store, { ...clinic, id: 'Clinica Aurora' }, by, clock)).rejects.toBeInstanceOf(RangeError);
  });

  it('stops at an event that this build does not know', async () => {
    await register(store, clinic, by, clock);
    const last = (await store.readLast('organisation-clinica-aurora'))!;
    const unknown = {
      id: '00000000-0000-4000-8000-000000000000',
      type: 'InfoSheetPublished',
      data: {},
      metadata: last.metadata,
    };
    await store.append('organisation-clinica-aurora', [unknown], 1);
    await expect(directory.catchUp()).rejects.toThrow('InfoSheetPublished');
  });
});

describe('the two shipped directories', () => {
  it('share no organisation: invented ones in stories, real ones only where they are sourced (R-13)', () => {
    const invented = new Set(DEMONSTRATION_DIRECTORY.map(({ id }) => id));
    expect(SOURCED_SAMPLE.filter(({ id }) => invented.has(id))).toEqual([]);
    expect(SOURCED_SAMPLE.filter(({ source }) => source === '')).toEqual([]);
  });

  it('keep the auditor away from coordination and reporting (R-11)', () => {
    const both = DEMONSTRATION_DIRECTORY.filter(
      ({ roles }) => roles.includes('AUDIT') && (roles.includes('NRM_COORD') || roles.includes('RAPP')),
    );
    expect(both).toEqual([]);
  });
});
