/** What a partner with valid tokens of every role it holds can not do: tried over HTTP, each as somebody would try it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DirectoryEntry, register } from '#mechanism';
import { FIRST_FORM, NOTIFICATION, aCase, acceptance, acceptedReferral, consentTo, done, fullRisk, refer, referralTo } from '../support/story.js';
import { HOUR, type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const HOSPITAL: DirectoryEntry = {
  id: 'spitalul-exemplu', name: 'Spitalul Exemplu', kind: 'PUBLIC', country: 'RO', regions: [], acceptsMinors: true, roles: ['HEALTH'], services: ['MED'],
};

let tandem: Tandem;
let manager: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  manager = tandem.as('casa-lumina');
});
afterAll(async () => {
  await tandem.stop();
});

/** A case with a name and a story in it, whose clinic accepted: the case as its manager and as the clinic know it. */
async function shared(): Promise<{ path: string; theirs: string; referral: string }> {
  const path = await aCase(manager, { ...NOTIFICATION, account: 'What she told the first night.' });
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await manager.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  done(await manager.post(`${path}/identity`, { name: 'Ana Exemplu' }));
  const referral = await acceptedReferral(tandem, path, CLINIC, ['MED']);
  const { body } = done(await tandem.as(CLINIC).get(`/v1/referrals/${referral}`));
  return { path, theirs: `/v1/cases/${body.caseId as string}`, referral };
}

const shownTo = async (client: TestClient, path: string): Promise<string[]> =>
  done(await client.get(`${path}/personal-data?purpose=CARE`)).body.values.map((one: { compartment: string }) => one.compartment).sort();

describe('who oversees a partner', () => {
  it.each(['SUP', 'DPO'] as const)('as %s opens what the partner itself may open, and no more', async (role) => {
    const { path, theirs } = await shared();
    const workers = await shownTo(tandem.as({ organisation: CLINIC, roles: ['SP'] }), theirs);
    expect(await shownTo(tandem.as({ organisation: CLINIC, roles: [role] }), theirs)).toEqual(workers);
    expect(workers).not.toContain('identity');
    expect(await shownTo(tandem.as({ organisation: 'casa-lumina', roles: [role] }), path)).toContain('identity');
  });

  it('decides neither on the person’s erasure, nor on the end of her case, nor on what others disclosed', async () => {
    const { path, theirs } = await shared();
    const officer = tandem.as({ organisation: CLINIC, roles: ['DPO', 'SUP'] });
    expect(await officer.post(`${theirs}/erasure`, { reason: 'PERSON_REQUEST' })).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    const made = done(await manager.post(`${path}/disclosures-without-consent`, {
      ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.',
    }));
    const shown = done(await officer.get(theirs)).body.overrides[0].overrideId as string;
    expect(await officer.post(`${theirs}/disclosures-without-consent/${shown}/review`, { result: 'NOT_UPHELD' })).toMatchObject({ status: 403 });
    const own = tandem.as({ organisation: 'casa-lumina', actor: 'casa-lumina-supervisor', roles: ['SUP'] });
    done(await own.post(`${path}/disclosures-without-consent/${made.body.overrideId as string}/review`, { result: 'UPHELD' }));
    const dataOfficer = tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] });
    expect(done(await dataOfficer.post(`${path}/erasure`, { reason: 'PERSON_REQUEST' })).body.recorded).toEqual(['ErasureOrdered']);
  });
});

describe('a partner', () => {
  it('can not write the permission that shows it more', async () => {
    const { path, theirs } = await shared();
    const wish = consentTo('SERVICE_DELIVERY', CLINIC, { dataCategories: ['identity'] });
    expect((await tandem.as(CLINIC).post(`${theirs}/consents`, wish)).body.code).toBe('opened-to-oneself');
    expect((await tandem.as(CLINIC).post(`${theirs}/consents`, consentTo('SERVICE_DELIVERY', CLINIC))).status).toBe(201);
    expect((await manager.post(`${path}/consents`, wish)).status).toBe(201);
    expect(await shownTo(tandem.as(CLINIC), theirs)).toContain('identity');
  });

  it('is shown no goals or scores of her plan, whatever categories her consent to be helped names (7.4)', async () => {
    const { path, theirs } = await shared();
    done(await manager.post(`${path}/risk-assessments`, fullRisk('REVIEW', 1)));
    const { planId } = done(await manager.post(`${path}/plans`, { agreement: 'SIGNED', plan: 'a room' })).body;
    done(await manager.post(`/v1/plans/${planId as string}/goals`, { dimension: 'HOU', due: tandem.now(), statement: 'A room of her own.', baseline: 0, target: 3 }));
    done(await manager.post(`/v1/plans/${planId as string}/reviews`, { contact: 'IN_PERSON', scores: [{ dimension: 'PSY', score: 1 }] }));
    done(await manager.post(`${path}/consents`, consentTo('SERVICE_DELIVERY', CLINIC, { dataCategories: ['assessment'] })));
    const shown = async (client: TestClient, at: string) => JSON.stringify(done(await client.get(`${at}/personal-data?purpose=CARE`)).body);
    expect(await shown(manager, path)).toMatch(/"baseline".*"scores"/);
    expect(await shown(tandem.as(CLINIC), theirs)).toMatch(/"likelihood"/);
    expect(await shown(tandem.as(CLINIC), theirs)).not.toMatch(/"baseline"|"target"|"scores"/);
  });

  it('sees neither the form of exploitation, nor how she was identified, nor who else helps her', async () => {
    const { path, theirs } = await shared();
    done(await manager.post(`${path}/consents`, consentTo('LAW_ENFORCEMENT_SHARING', 'politia-exemplu')));
    await acceptedReferral(tandem, path, 'casa-verde', ['HOUS']);
    const text = JSON.stringify(done(await tandem.as(CLINIC).get(theirs)).body);
    for (const secret of ['LABOUR', 'POTENTIAL', 'politia-exemplu', 'casa-verde', 'screenings']) expect(text).not.toContain(secret);
    expect(JSON.stringify(done(await manager.get(path)).body)).toMatch(/LABOUR.*casa-verde/);
  });

  it('can not keep its view open with a danger that it states itself', async () => {
    const { theirs } = await shared();
    const disclosure = { ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['IDENTITY'], reason: 'We say so.' };
    expect((await tandem.as(CLINIC).post(`${theirs}/disclosures-without-consent`, disclosure)).body.code).toBe('opened-to-oneself');
    const to = { ...disclosure, recipient: 'casa-verde' };
    expect((await tandem.as(CLINIC).post(`${theirs}/disclosures-without-consent`, to)).status).toBe(201);
  });
});

describe('a house that leads a case', () => {
  it('and is asked to help in it reads that request as everybody reads theirs', async () => {
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-lumina')));
    const referral = await refer(tandem, manager, path, referralTo('casa-lumina', ['HOUS']));
    expect(done(await manager.get(`/v1/referrals/${referral}`)).body).toMatchObject({ referralId: referral, status: 'REQUESTED' });
  });
});

describe('a withdrawal', () => {
  it('after a danger that others stated takes back what was opened then; a new danger is stated anew', async () => {
    const { path, theirs } = await shared();
    const disclosure = { ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.' };
    done(await manager.post(`${path}/disclosures-without-consent`, disclosure));
    await tandem.pass(HOUR);
    const { consents } = done(await manager.get(path)).body;
    const toClinic = consents.find((one: { recipient?: string }) => one.recipient === CLINIC).consentId as string;
    done(await manager.post(`${path}/consents/${toClinic}/withdrawal`, { by: 'PERSON' }));
    expect((await tandem.as(CLINIC).get(theirs)).status).toBe(404);
    await tandem.settled();
    const { referrals } = done(await manager.get(path)).body.stages.referral;
    expect(referrals).toEqual([expect.objectContaining({ status: 'CANCELLED' })]);
    await tandem.pass(HOUR);
    done(await manager.post(`${path}/disclosures-without-consent`, disclosure));
    const again = await refer(tandem, manager, path, referralTo(CLINIC, ['MED'], 'EMERGENCY'));
    done(await tandem.as(CLINIC).post(`/v1/referrals/${again}/acceptance`, acceptance(tandem.now())));
    expect((await tandem.as(CLINIC).get(theirs)).status).toBe(200);
  });
});

describe('the inbox', () => {
  it('shows nothing of a person to an organisation that is suspended, nor what its token does not reach', async () => {
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    await refer(tandem, manager, path, referralTo('casa-verde', ['HOUS']));
    const withRoles = async (roles?: readonly []) => done(await tandem.as({ organisation: 'casa-verde', ...(roles && { roles }) }).get('/v1/inbox')).body.items;
    expect((await withRoles()).some((one: { referral?: object }) => one.referral !== undefined)).toBe(true);
    expect((await withRoles([])).some((one: { referral?: object }) => one.referral !== undefined)).toBe(false);
  });

  it('shows what a role owes to those who hold it and may see the case: danger to the coordination, a review to a second person', async () => {
    const path = await aCase(manager, { ...NOTIFICATION, danger: true });
    const disclosure = { ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.' };
    done(await manager.post(`${path}/disclosures-without-consent`, disclosure));
    await tandem.settled();
    const owed = async (who: string) => done(await tandem.as(who).get('/v1/inbox')).body.items as { waitsFor: string; caseId?: string }[];
    const danger = (await owed('centrul-coordonare')).find(({ waitsFor }) => waitsFor === 'notification-opening');
    done(await tandem.as('centrul-coordonare').post(`/v1/cases/${danger?.caseId ?? ''}/opening`, {}));
    expect((await owed('casa-lumina')).map(({ waitsFor }) => waitsFor)).toContain('override-review');
    expect((await owed('cabinet-echilibru')).map(({ waitsFor }) => waitsFor)).not.toContain('override-review');
  });
});

describe('a hospital that is no general provider', () => {
  it('sees what it is asked, and the case once it accepted', async () => {
    await register(tandem.engines.store, HOSPITAL, { actor: 'setup', organisation: 'tandem' }, tandem.now);
    await tandem.engines.directory.catchUp();
    const hospital = tandem.as(HOSPITAL.id);
    const path = await aCase(manager);
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', HOSPITAL.id)));
    const referral = await refer(tandem, manager, path, referralTo(HOSPITAL.id, ['MED'], 'EMERGENCY'));
    expect(done(await hospital.get(`/v1/referrals/${referral}`)).body).toMatchObject({ status: 'REQUESTED', priority: 'EMERGENCY' });
    done(await hospital.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    const accepted = done(await hospital.get(`/v1/referrals/${referral}`)).body;
    expect(accepted).toMatchObject({ status: 'ACCEPTED' });
    expect((await hospital.get(`/v1/cases/${accepted.caseId as string}`)).status).toBe(200);
  });
});
