import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EventStore, openSqliteEventStore } from '#event-store';
import {
  activatePolicy, AMP_1, type AnsweredIndicator, DELPHI_2009_1, DEMONSTRATION_DIRECTORY, Directory, PolicyDesk, proposedOutcome, publishPolicy, RA_1_1,
  referencesOf, register, type Role, seedPolicies, streamOfRule,
} from '../index.js';
import { ROMANIA_2026_3 } from '../policies/romania-2026-3.js';
import { RulesController } from './rules.http.js';

const clock = (): string => '2026-11-24T08:00:00.000Z';
const BY = { actor: 'registrar', organisation: 'centrul-coordonare' };
const coordinator = { actor: 'head', organisation: 'centrul-coordonare', roles: ['NRM_COORD'] as Role[], human: true };
/** The next version: misled about the work is worth less than it was. */
const checked = () => {
  const indicators = DELPHI_2009_1.indicators.map((one) => ({ ...one, weights: { ...one.weights, ADULT_LABOUR: one.code === 'DR-01' ? 'W' : one.weights.ADULT_LABOUR } }));
  return { ...DELPHI_2009_1, version: 'DELPHI/2026-1', verified: true, indicators };
};
/** Hashes under which documents were published. One is added, never changed. */
const PUBLISHED = {
  'DELPHI/2009-1': '0685c424a482af843b4cc0be8252b24dde329a267d098a72ac8c88c18788ccab',
  'AMP/1': '8d2698a67367ee99d02d1e49f260fdfe3fed0145f7751750d99994ab9625cad0',
  'RA-1/1': '5cd51f67164327840e6741ca29627d25f60ca772099ea1942ad319b5f80b4c85',
};

describe('catalogues and instruments over HTTP', () => {
  let store: EventStore;
  let directory: Directory;
  let controller: RulesController;
  beforeEach(async () => {
    store = openSqliteEventStore(':memory:');
    directory = new Directory(store);
    await seedPolicies(store, clock);
    for (const entry of DEMONSTRATION_DIRECTORY) await register(store, entry, BY, clock);
    await directory.catchUp();
    controller = new RulesController(directory, new PolicyDesk(store, directory, clock));
  });
  afterEach(() => store.close());
  const asks = (path: Record<string, string>, body: object = {}, caller: object = coordinator) => ({ path, body, caller }) as never;
  const publish = (document: object, caller?: object) => controller.publishCatalogue(asks({}, { document }, caller));
  const publishInstrument = (document: object) => controller.publishInstrument(asks({}, { document }));
  const version = (id: string, number: string) => controller.catalogue(asks({ id, number }));

  it('are published from the first start on, not verified, with names in three languages', () => {
    expect(controller.catalogues(asks({}))).toMatchObject({
      catalogues: [
        {
          id: 'DELPHI', version: 'DELPHI/2009-1', verified: false, publishedAt: clock(),
          indicators: expect.arrayContaining([
            {
              code: 'RV-08', names: { en: expect.any(String), ro: expect.any(String), lv: expect.any(String) },
              weights: { ADULT_LABOUR: 'M', CHILD_LABOUR: '-', ADULT_SEXUAL: 'Mp', CHILD_SEXUAL: '?' }, forcedLabourIndicators: [1, 2],
            },
          ]),
        },
        { id: 'AMP', verified: false, criteria: { length: 20 } },
      ],
      instruments: [{ id: 'RA-1', verified: false, rules: { bands: [4, 8, 12], redFlags: { length: 4 } } }],
    });
    expect(version('AMP', '1')).toMatchObject({ version: 'AMP/1', kind: 'GROUPED' });
    expect(controller.instrument(asks({ id: 'RA-1', number: '1' }))).toMatchObject({ version: 'RA-1/1', items: { length: 45 } });
    expect(() => version('DELPHI', '1999-1')).toThrow('no such version');
    expect(() => controller.instrument(asks({ id: 'constructor', number: '1' }))).toThrow('no such version');
  });

  it('are what they were when their version was published: a version never changes', () => {
    const { catalogues, instruments } = directory.rules;
    expect(Object.fromEntries([...catalogues, ...instruments].map(([name, { hash }]) => [name, hash]))).toEqual(PUBLISHED);
  });

  it('are published by a person of a coordinator, once, and decide nothing yet', async () => {
    await publish(checked());
    await publish(checked());
    expect(await store.readStream(streamOfRule('catalogue', 'DELPHI/2026-1'))).toHaveLength(2);
    expect(referencesOf(directory, clock, 'RO')().versions['catalogue']).toBe('DELPHI/2009-1');
    await expect(publish({ ...checked(), verified: false })).rejects.toMatchObject({ code: 'rules-version-taken' });
    for (const caller of [{ ...coordinator, organisation: 'casa-lumina' }, { ...coordinator, roles: ['RAPP'] }, { ...coordinator, organisation: 'nobody' }]) {
      await expect(publish(checked(), caller)).rejects.toMatchObject({ code: 'role-not-allowed' });
    }
    await expect(publish(checked(), { ...coordinator, human: false })).rejects.toMatchObject({ code: 'human-required' });
  });

  const errors = (path: string) => ({ code: 'rules-invalid', details: { errors: [`/document${path} policy`] } });
  it('are refused by the path of the key that is wrong', async () => {
    const wrongWeight = { ...checked(), indicators: [{ ...DELPHI_2009_1.indicators[0], weights: { ...DELPHI_2009_1.indicators[0]!.weights, CHILD_LABOUR: 'X' } }] };
    await expect(publish(wrongWeight)).rejects.toMatchObject(errors('/indicators/0/weights/CHILD_LABOUR'));
    await expect(publish({ ...checked(), signs: [{ code: 'OBS-GEN-01', names: { en: 'a', ro: 'b' } }] })).rejects.toMatchObject(errors('/signs/0/names/lv'));
    await expect(publish({ ...AMP_1, criteria: [AMP_1.criteria[0], AMP_1.criteria[0]] })).rejects.toMatchObject(errors('/criteria/1'));
    await expect(publishInstrument({ ...RA_1_1, items: [...RA_1_1.items, RA_1_1.items[3]] })).rejects.toMatchObject(errors('/items/45'));
    const rules = (more: object) => publishInstrument({ ...RA_1_1, version: 'RA-1/2', rules: { ...RA_1_1.rules, ...more } });
    await expect(rules({ bands: [4, 4, 12] })).rejects.toMatchObject(errors('/rules/bands'));
    await expect(rules({ redFlags: [{ item: 'R77.1', likelihood: 4, impact: 1 }] })).rejects.toMatchObject(errors('/rules/redFlags/0/item'));
    await expect(rules({ core: { ...RA_1_1.rules.core, always: ['R44'] } })).rejects.toMatchObject(errors('/rules/core/always'));
    await expect(rules({ firstForm: { ...RA_1_1.rules.firstForm, threat: 'R9.9' } })).rejects.toMatchObject(errors('/rules/firstForm/threat'));
  });

  it('count for new cases once a policy in force names them; what was screened before comes out as it did', async () => {
    const answers: readonly AnsweredIndicator[] = ['EX-01', 'EX-02', 'DR-01', 'DR-10'].map((code) => ({ code, answer: 'PRESENT', basis: 'STATED' }));
    const reference = referencesOf(directory, clock, 'RO');
    const next = { ...ROMANIA_2026_3, version: 'RO/2026-9', values: { ...ROMANIA_2026_3.values, 'id.catalogue': { ...ROMANIA_2026_3.values['id.catalogue'], value: 'DELPHI/2026-1' } } };
    await expect(publishPolicy(store, next, BY, clock, directory.rules)).rejects.toMatchObject({ path: '/values/id.catalogue/value' });
    await publish(checked());
    await publishPolicy(store, next, BY, clock, directory.rules);
    await activatePolicy(store, { country: 'RO', version: 'RO/2026-9', from: clock() }, { ...BY, actor: 'second-registrar' }, clock);
    await directory.catchUp();
    expect(reference().versions).toMatchObject({ policy: 'RO/2026-9', catalogue: 'DELPHI/2026-1' });
    const outcomes = [reference(), reference({ policy: 'RO/2026-3' })].map((under) => proposedOutcome(under, 'ADULT_LABOUR', answers));
    expect(outcomes).toEqual(['WEAK', 'REASONABLE']);
  });

  it('are the same after the log is read anew, and after a later start', async () => {
    await publish(checked());
    await seedPolicies(store, clock);
    const again = new Directory(store);
    await again.catchUp();
    expect([...again.rules.catalogues.keys()]).toEqual(['DELPHI/2009-1', 'AMP/1', 'DELPHI/2026-1']);
    expect(again.rules.catalogues.get('DELPHI/2026-1')?.hash).toBe(directory.rules.catalogues.get('DELPHI/2026-1')?.hash);
  });

  it('are not read where the log says something else than its hash', async () => {
    const [event] = await store.readStream(streamOfRule('instrument', 'RA-1/1'));
    const fold = (change: object) => () => { new Directory(store).rules.fold({ ...event!, ...change }); };
    expect(fold({})).not.toThrow();
    expect(fold({ data: { ...event!.data, hash: 'x' } })).toThrow('not what its hash says');
    expect(fold({ type: 'InstrumentForgotten' })).toThrow('not known to this build');
  });
});
