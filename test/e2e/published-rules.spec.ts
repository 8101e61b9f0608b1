/** A coordinator publishes a catalogue whose weights were checked, and a policy that names it: who is screened from then on is screened by it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DELPHI_2009_1 } from '#mechanism';
import { ROMANIA_2026_3 } from '../../libs/mechanism/src/policies/romania-2026-3.js';
import { aCase, done } from '../support/story.js';
import { type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const CHECKED = 'DELPHI/2026-1';
const catalogue = {
  ...DELPHI_2009_1, version: CHECKED,
  indicators: DELPHI_2009_1.indicators.map((one) => ({ ...one, weights: { ...one.weights, ADULT_LABOUR: one.code === 'DR-01' ? 'W' : one.weights.ADULT_LABOUR } })),
};
const policy = {
  ...ROMANIA_2026_3, version: 'RO/2026-4',
  values: { ...ROMANIA_2026_3.values, 'id.catalogue': { value: CHECKED, source: 'a test', origin: 'DESIGN', provisional: true } },
};
const answers = ['EX-01', 'EX-02', 'DR-01', 'DR-10'].map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' }));
const screening = (profile = 'ADULT_LABOUR') => ({ mode: 'OBSERVATION', profile, safeSetting: true, interpreterUsed: false, answers });

let tandem: Tandem;
let shelter: TestClient;
let coordinator: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  shelter = tandem.as('casa-lumina');
  coordinator = tandem.as('centrul-coordonare');
});
afterAll(() => tandem.stop());

/** Catalogue, profile and outcome of each screening of a case, as they were stored. */
async function screened(path: string): Promise<readonly (readonly unknown[])[]> {
  const inside = (await tandem.engines.aliases.resolve('casa-lumina', path.split('/').at(-1)!))!.thing;
  const events = (await tandem.engines.store.readStream(`case-${inside}`)).filter(({ type }) => type === 'ScreeningCompleted');
  return events.map(({ data, metadata }) => {
    const { profile, outcome } = data as { profile: string; outcome: string };
    return [metadata.reference['catalogue'], profile, outcome];
  });
}

describe('a catalogue', () => {
  it('that was published counts in new cases once a policy in force names it; a running case keeps its own', async () => {
    const running = await aCase(shelter);
    done(await shelter.post(`${running}/screenings`, screening()));
    expect((await coordinator.post('/v1/policies/RO/publication', { document: policy })).body).toMatchObject({ code: 'policy-invalid' });
    expect((await shelter.post('/v1/catalogues/publication', { document: catalogue })).status).toBe(403);
    done(await coordinator.post('/v1/catalogues/publication', { document: catalogue }));
    done(await coordinator.post('/v1/policies/RO/publication', { document: policy }));
    const second = tandem.as({ organisation: 'centrul-coordonare', actor: 'second-coordinator', roles: ['NRM_COORD'] });
    done(await second.post('/v1/policies/RO/activation', { version: policy.version }));
    expect(done(await shelter.get(`/v1/catalogues/${CHECKED}`)).body).toMatchObject({ version: CHECKED, hash: expect.any(String) });

    const later = await aCase(shelter);
    done(await shelter.post(`${later}/screenings`, screening()));
    done(await shelter.post(`${running}/screenings`, screening()));
    expect(await screened(later)).toEqual([[CHECKED, 'ADULT_LABOUR', 'WEAK']]);
    expect(await screened(running)).toEqual([['DELPHI/2009-1', 'ADULT_LABOUR', 'REASONABLE'], ['DELPHI/2009-1', 'ADULT_LABOUR', 'REASONABLE']]);
  });

  it('of another profile makes another screening, and leaves the one before as it was (3.1)', async () => {
    const path = await aCase(shelter);
    const first = done(await shelter.post(`${path}/screenings`, screening())).body as { screeningId: string };
    const second = done(await shelter.post(`${path}/screenings`, screening('ADULT_SEXUAL'))).body as { screeningId: string };
    expect(second.screeningId).not.toBe(first.screeningId);
    expect((await screened(path)).map(([, profile]) => profile)).toEqual(['ADULT_LABOUR', 'ADULT_SEXUAL']);
  });
});
