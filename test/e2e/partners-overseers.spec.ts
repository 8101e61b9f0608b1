/**
 * Supervisor and data protection officer of a partner that was only brought in: they answer for its part of the case, and are
 * shown no more of the rest than its workers are. Source: domain.md 8.3 (SUP of the same organisation), 8.4, INV-10.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_FORM, aCase, acceptedReferral, consentTo, done } from '../support/story.js';
import { type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const OFFICERS = ['SUP', 'DPO'] as const;

let tandem: Tandem;
let manager: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  manager = tandem.as('casa-lumina');
});
afterAll(() => tandem.stop());

/** A case with a clinic that helps, a shelter and the police, as its manager and as the clinic know it. */
async function shared(): Promise<{ path: string; theirs: string; referral: string }> {
  const path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  const referral = await acceptedReferral(tandem, path, CLINIC, ['MED']);
  const { body } = done(await tandem.as(CLINIC).get(`/v1/referrals/${referral}`));
  done(await manager.post(`${path}/consents`, consentTo('LAW_ENFORCEMENT_SHARING', 'politia-exemplu')));
  await acceptedReferral(tandem, path, 'casa-verde', ['HOUS']);
  return { path, theirs: `/v1/cases/${body.caseId as string}`, referral };
}

const officer = (role: (typeof OFFICERS)[number]): TestClient => tandem.as({ organisation: CLINIC, roles: [role] });

/** The form of exploitation, how she was identified, who else helps her, and what she agreed to with the police. */
const SECRETS = ['LABOUR', 'POTENTIAL', 'politia-exemplu', 'casa-verde', 'Casa Verde'];
const leaked = (body: unknown): string[] => SECRETS.filter((one) => JSON.stringify(body).includes(one));

describe.each(OFFICERS)('as %s', (role) => {
  it('does not see through the eyes of the house that leads', async () => {
    const { path, theirs } = await shared();
    const seen = `visibility?organisation=casa-lumina&at=${tandem.now()}`;
    expect((await officer(role).get(`${theirs}/${seen}`)).status).toBe(404);
    expect(leaked(done(await manager.get(`${path}/${seen}`)).body)).toContain('casa-verde');
  });

  it('does not read in the history what others do with her, as her manager does', async () => {
    const { path, theirs } = await shared();
    for (const way of ['/history', '/history/0']) expect((await officer(role).get(`${theirs}${way}`)).status).toBe(404);
    expect(leaked(done(await manager.get(`${path}/history`)).body)).toContain('casa-verde');
  });

  it('neither takes the whole case away nor prints the page of all who know her', async () => {
    const { theirs } = await shared();
    expect((await officer(role).get(`${theirs}/export`)).status).toBe(404);
    expect(await officer(role).get(`${theirs}/person-page`)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
  });

  it('reads who of its own people opened her data, and not that others did or that the police asked for her', async () => {
    const { path, theirs } = await shared();
    expect((await tandem.as('politia-exemplu').get(path)).status).toBe(404);
    const worker = tandem.as({ organisation: CLINIC, roles: ['SP'], actor: 'the-nurse' });
    for (const [client, at] of [[worker, theirs], [manager, path]] as const) done(await client.get(`${at}/personal-data?purpose=CARE`));
    await tandem.settled();
    const own = done(await officer(role).get(`${theirs}/disclosures`)).body;
    expect(own.disclosures).toMatchObject([{ organisation: CLINIC, purpose: 'REFERRAL' }, { organisation: CLINIC, actor: 'the-nurse', purpose: 'CARE' }]);
    expect(own.refused).toEqual([]);
    const all = done(await manager.get(`${path}/disclosures`)).body;
    expect(all.disclosures).toContainEqual(expect.objectContaining({ organisation: 'casa-lumina' }));
    expect(all.refused).toMatchObject([{ organisation: 'politia-exemplu' }]);
  });

  it('still sees the part of its own organisation: the case as its workers see it, and its referral', async () => {
    const { theirs, referral } = await shared();
    const workers = done(await tandem.as({ organisation: CLINIC, roles: ['SP'] }).get(theirs)).body;
    expect(done(await officer(role).get(theirs)).body).toEqual(workers);
    expect(done(await officer(role).get(`/v1/referrals/${referral}`)).body).toMatchObject({ services: [{ service: 'MED' }] });
  });
});
