import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openSqliteEventStore } from '#event-store';
import {
  activatePolicy, DEMONSTRATION_DIRECTORY, Directory, PolicyDesk, referencesOf, register, type Role, seedPolicies, streamOfPolicy,
  UnknownVersion,
} from '../index.js';
import { ROMANIA_2026_3 } from '../policies/romania-2026-3.js';
import { PoliciesController } from './policies.http.js';

const START = '2026-11-24T08:00:00.000Z';
const LATER = '2027-01-01T00:00:00.000Z';
const BY = { actor: 'registrar', organisation: 'centrul-coordonare' };
type Document = Record<string, unknown> & { values: Record<string, Record<string, unknown>> };
/** The next Romanian version, with another limit. */
const next = (more: object = {}): Document => {
  const document = structuredClone<unknown>({ ...ROMANIA_2026_3, version: 'RO/2026-4', ...more }) as Document;
  document.values['screening.limit']!['value'] = { hours: 48 };
  return document;
};
const coordinator = { actor: 'head', organisation: 'centrul-coordonare', roles: ['NRM_COORD'] as Role[], human: true };

describe('policies over HTTP', () => {
  let store: EventStore;
  let directory: Directory;
  let controller: PoliciesController;
  let now = START;
  const clock = (): string => now;
  beforeEach(async () => {
    now = START;
    store = openSqliteEventStore(':memory:');
    directory = new Directory(store);
    await seedPolicies(store, clock);
    for (const entry of DEMONSTRATION_DIRECTORY) await register(store, entry, BY, clock);
    await directory.catchUp();
    controller = new PoliciesController(directory, new PolicyDesk(store, directory, clock));
  });
  afterEach(() => store.close());

  const asks = (path: Record<string, string>, body: object = {}, caller: object = coordinator) => ({ path, body, caller }) as never;
  const publish = (document: object, caller?: object, country = 'RO') => controller.publish(asks({ country }, { document }, caller));
  const activate = (body: object, caller: object = { ...coordinator, actor: 'second-coordinator' }) => controller.activate(asks({ country: 'RO' }, body, caller));

  it('show the newest document of each country from the first start on, and the older ones for ever', () => {
    for (const country of ['RO', 'LV', 'UK', 'BG']) expect(controller.policy(asks({ country }))).toMatchObject({ country, hash: expect.any(String) });
    expect(controller.policy(asks({ country: 'RO' }))).toMatchObject({
      version: 'RO/2026-3',
      values: { 'rrp.days': { value: { days: 90 }, origin: 'SOURCE', provisional: false, source: expect.stringContaining('39^1') } },
      unknown: expect.arrayContaining(['id.presumption_days']),
      versions: [{ version: 'RO/2026-1' }, { version: 'RO/2026-2' }, { version: 'RO/2026-3' }],
      activations: [{ version: 'RO/2026-3', from: START }],
    });
    expect(controller.version(asks({ country: 'RO', number: '2026-1' }))).toMatchObject({
      version: 'RO/2026-1', hash: '694a8554eb8b4f867e857a94c9e564a402aff509ff3bb0ce5575af4ea92f91f8',
    });
    for (const wrong of ['constructor', 'IT']) expect(() => controller.policy(asks({ country: wrong }))).toThrow('no such policy');
    expect(() => controller.version(asks({ country: 'RO', number: '2026-9' }))).toThrow('no such policy');
  });

  it('take a new document from the coordinator, and decide nothing by it yet', async () => {
    await publish(next());
    await publish(next());
    expect(controller.policy(asks({ country: 'RO' }))).toMatchObject({ version: 'RO/2026-3', versions: { length: 4 } });
    const published = (await store.readStream(streamOfPolicy('RO'))).filter(({ type }) => type === 'PolicyPublished');
    expect(published).toHaveLength(4);
  });

  it('refuse a bad document by the path of its key, and a version that says something else already', async () => {
    const bad = next();
    bad.values['screening.limit']!['value'] = { hours: 0 };
    await expect(publish(bad)).rejects.toMatchObject({ code: 'policy-invalid', details: { errors: ['/document/values/screening.limit/value/hours policy'] } });
    const unknown = next();
    unknown.values['id.catalogue']!['value'] = 'DELPHI/1999-1';
    await expect(publish(unknown)).rejects.toMatchObject({ code: 'policy-invalid', details: { errors: ['/document/values/id.catalogue/value policy'] } });
    await expect(publish(next({ format: undefined }))).rejects.toMatchObject({ code: 'policy-invalid', details: { errors: ['/document/format policy'] } });
    await expect(publish(next({ version: 'RO/2026-3' }))).rejects.toMatchObject({ code: 'policy-version-taken' });
  });

  it('are published and put in force by a person of the coordinator of that country, and nobody else', async () => {
    const others = [
      { ...coordinator, organisation: 'casa-lumina' },
      { ...coordinator, roles: ['RAPP'] },
      { ...coordinator, organisation: 'nobody' },
    ];
    for (const caller of others) {
      await expect(publish(next(), caller)).rejects.toMatchObject({ code: 'role-not-allowed' });
      await expect(activate({ version: 'RO/2026-1' }, caller)).rejects.toMatchObject({ code: 'role-not-allowed' });
    }
    await expect(publish(next({ country: 'LV' }), coordinator, 'LV')).rejects.toMatchObject({ code: 'role-not-allowed' });
    await expect(publish(next(), { ...coordinator, human: false })).rejects.toMatchObject({ code: 'human-required' });
  });

  it('come into force when they say, and never before now', async () => {
    await publish(next());
    await expect(activate({ version: 'RO/2026-9' })).rejects.toMatchObject({ code: 'policy-unknown' });
    await expect(activate({ version: 'RO/2026-4' }, coordinator)).rejects.toMatchObject({ code: 'second-person-required' });
    await expect(activate({ version: 'RO/2026-4', from: '2026-11-23T00:00:00Z' })).rejects.toMatchObject({ code: 'policy-start-past' });
    await activate({ version: 'RO/2026-4', from: LATER });
    expect(controller.policy(asks({ country: 'RO' }))).toMatchObject({ version: 'RO/2026-3' });
    now = LATER;
    expect(controller.policy(asks({ country: 'RO' }))).toMatchObject({ version: 'RO/2026-4' });
  });

  it('leave a running case alone: a new case follows what is in force, another its own version', async () => {
    const reference = referencesOf(directory, clock, 'RO');
    await publish(next());
    await activate({ version: 'RO/2026-4' });
    expect(reference().policy).toMatchObject({ version: 'RO/2026-4', values: { 'screening.limit': { hours: 48 } } });
    expect(reference({ policy: 'RO/2026-1' })).toMatchObject({ policy: { version: 'RO/2026-1' }, inForce: { version: 'RO/2026-4' } });
    expect(reference({ policy: 'RO/2026-3' }).versions).toEqual({ policy: 'RO/2026-3', catalogue: 'DELPHI/2009-1', instrument: 'RA-1/1' });
    expect(() => reference({ policy: 'RO/1999-1' })).toThrow(UnknownVersion);
  });

  it('are those of the country of who notifies, or of the house where that country has none', () => {
    const reference = referencesOf(directory, clock, 'RO');
    expect(reference({ country: 'LV' }).policy.version).toBe('LV/2026-2');
    expect(reference({ country: 'IT' }).policy.version).toBe('RO/2026-3');
    expect(reference({ policy: 'LV/2026-2', country: 'RO' }).inForce.version).toBe('LV/2026-2');
  });

  it('are not put in force again at a later start, whatever the country chose since', async () => {
    await activate({ version: 'RO/2026-1' });
    await seedPolicies(store, clock);
    await directory.catchUp();
    expect(controller.policy(asks({ country: 'RO' }))).toMatchObject({ version: 'RO/2026-1' });
    await activatePolicy(store, { country: 'RO', version: 'RO/2026-3', from: clock() }, BY, clock);
  });

  it('are the same after the log is read anew', async () => {
    await publish(next());
    await activate({ version: 'RO/2026-4' });
    const again = new Directory(store);
    await again.catchUp();
    expect(again.policies.history('RO')).toEqual(directory.policies.history('RO'));
    expect(again.policies.inForce('RO', now)?.version).toBe('RO/2026-4');
  });
});
