/** A country changes its policy while cases run: what is new follows it, what runs keeps its own until somebody decides. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROMANIA_2026_3 } from '../../libs/mechanism/src/policies/romania-2026-3.js';
import { aCase, done } from '../support/story.js';
import { type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const FIRST = 'RO/2026-3';
const NEXT = 'RO/2026-4';
const document = {
  ...ROMANIA_2026_3, version: NEXT,
  values: { ...ROMANIA_2026_3.values, 'screening.limit': { value: { hours: 24 }, source: 'a test', origin: 'DESIGN', provisional: true } },
};

let tandem: Tandem;
let shelter: TestClient;
let coordinator: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  shelter = tandem.as('casa-lumina');
  coordinator = tandem.as({ organisation: 'centrul-coordonare', roles: ['NRM_COORD'] });
});
afterAll(async () => {
  await tandem.stop();
});

/** Policy versions that the events of a case name, in their order. */
async function versionsOf(path: string): Promise<readonly unknown[]> {
  const inside = (await tandem.engines.aliases.resolve('casa-lumina', path.split('/').at(-1)!))!.thing;
  const events = await tandem.engines.store.readStream(`case-${inside}`);
  // What the clock adds in between is decided under the version of that moment too, and counts at none.
  return events.filter(({ metadata }) => metadata.role !== 'CLOCK').map(({ metadata }) => metadata.reference['policy']);
}
const asSeenBy = async (organisation: string, path: string): Promise<string> => {
  const inside = (await tandem.engines.aliases.resolve('casa-lumina', path.split('/').at(-1)!))!.thing;
  return `/v1/cases/${await tandem.engines.aliases.aliasFor(organisation, 'case', inside, inside)}`;
};
const needs = { met: ['FOOD'], refused: [] };

describe('a country policy', () => {
  it('is open to all who take part, one document a country', async () => {
    for (const [country, version] of [['RO', FIRST], ['LV', 'LV/2026-2'], ['UK', 'UK/2026-2'], ['BG', 'BG/2026-2']] as const) {
      expect(done(await shelter.get(`/v1/policies/${country}`)).body).toMatchObject({ version, unknown: expect.any(Array) });
    }
    expect(done(await shelter.get('/v1/policies/RO/2026-1')).body).toMatchObject({ version: 'RO/2026-1' });
    expect((await shelter.get('/v1/policies/IT')).status).toBe(404);
  });

  it('is refused by the path of the key that is wrong, and to who is not the coordinator', async () => {
    const bad = { ...document, values: { ...document.values, 'rrp.days': { ...document.values['rrp.days'], value: { days: 0 } } } };
    const refused = await coordinator.post('/v1/policies/RO/publication', { document: bad });
    expect([refused.status, refused.body]).toMatchObject([400, { code: 'policy-invalid', errors: [{ pointer: '/document/values/rrp.days/value/days' }] }]);
    expect((await shelter.post('/v1/policies/RO/publication', { document })).status).toBe(403);
  });

  it('in force moves new cases and no running one, until the coordinator changes that case', async () => {
    const running = await aCase(shelter);
    done(await coordinator.post('/v1/policies/RO/publication', { document }));
    expect((await coordinator.post('/v1/policies/RO/activation', { version: NEXT })).body).toMatchObject({ status: 422, code: 'second-person-required' });
    const second = tandem.as({ organisation: 'centrul-coordonare', actor: 'second-coordinator', roles: ['NRM_COORD'] });
    done(await second.post('/v1/policies/RO/activation', { version: NEXT }));
    done(await shelter.post(`${running}/basic-needs`, needs));
    expect(new Set(await versionsOf(running))).toEqual(new Set([FIRST]));
    expect(new Set(await versionsOf(await aCase(shelter)))).toEqual(new Set([NEXT]));

    const theirs = await asSeenBy('centrul-coordonare', running);
    expect((await shelter.post(`${running}/policy`, { version: NEXT })).status).toBe(403);
    expect((await coordinator.post(`${theirs}/policy`, { version: FIRST })).body).toMatchObject({ recorded: [] });
    expect((await coordinator.post(`${theirs}/policy`, { version: 'RO/2026-1' })).body).toMatchObject({ code: 'policy-not-in-force' });
    expect(done(await coordinator.post(`${theirs}/policy`, { version: NEXT })).body).toMatchObject({ recorded: ['CasePolicyChanged'] });
    done(await shelter.post(`${running}/basic-needs`, { met: ['SLEEP'], refused: [] }));
    expect((await versionsOf(running)).slice(-2)).toEqual([FIRST, NEXT]);
    expect(done(await shelter.get(running)).body).toMatchObject({ stages: { 'country-policy': { version: NEXT } } });
  });
});
