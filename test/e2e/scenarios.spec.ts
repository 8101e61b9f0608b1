/** Acceptance scenarios 1 to 4 of domain.md, appendix C, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_FORM, NOTIFICATION, acceptedReferral, acceptance, aCase, consentTo, done, fullRisk, refer, referralTo } from '../support/story.js';
import { HOUR, MINUTE, type Tandem, startTandem } from '../support/tandem.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

const STRONG = ['EX-01', 'EX-02', 'CD-01', 'CD-02', 'DR-01', 'DR-02'].map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' }));
const SCREENING = { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, answers: STRONG };

describe('1. an adult keeps her name to herself', () => {
  it('and is helped, screened and presumed; she is referred once she consents to that provider', async () => {
    const manager = tandem.as('casa-lumina');
    const { body: notified } = done(await manager.post('/v1/cases', NOTIFICATION));
    const path = `/v1/cases/${notified.caseId as string}`;
    done(await manager.post(`${path}/basic-needs`, { met: ['FOOD', 'SLEEP'], refused: ['URGENT_CARE'] }));
    const screening = done(await manager.post(`${path}/screenings`, SCREENING));
    expect(screening.body.provisional).toContain('id.rule');
    done(await manager.post(`${path}/presumption`, { grounds: 'Long hours, no pay, papers kept by the owner.' }));
    expect((await manager.get(path)).body).toMatchObject({ identification: 'PRESUMED', identityRecorded: false });

    done(await manager.post(`${path}/rights-information`, { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' }));
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    const refused = await manager.post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN']));
    expect(refused).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    expect((await manager.post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN']))).body.code).toBe('consent-missing');
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
    expect(done(await manager.post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN']))).body.recorded).toEqual(['ReferralRequested']);
  });
});

describe('2. a child whose guardian is suspected', () => {
  it('sleeps safely on child-protection duty first; consent follows through a guardian without conflict', async () => {
    const authority = tandem.as('protectia-copilului');
    const child = { ...NOTIFICATION, ageBand: '0-13', channel: 'OUTREACH' };
    const path = await aCase(authority, child);
    const guardian = done(await authority.post(`${path}/guardians`, { type: 'PARENT', name: 'the uncle' })).body.guardianId as string;
    done(await authority.post(`${path}/guardians/${guardian}/conflict`, { suspicion: 'He drove her there.' }));
    done(await authority.post(`${path}/assent`, { outcome: 'ASSENTED', views: 'She wants to stay with the lady.' }));
    const consent = consentTo('REFERRAL', 'casa-verde', { giver: 'GUARDIAN' });
    expect((await authority.post(`${path}/consents`, consent)).body.code).toBe('guardian-conflicted');
    expect((await authority.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde'))).body.code).toBe('self-consent-by-minor');

    const disclosure = { ground: 'CHILD_PROTECTION_DUTY', recipient: 'casa-verde', contents: ['SERVICE_NEED', 'AGE_BAND'], reason: 'No safe bed tonight.' };
    const override = done(await authority.post(`${path}/disclosures-without-consent`, disclosure)).body.overrideId as string;
    const referral = await refer(tandem, authority, path, referralTo('casa-verde', ['HOUS.EMERG'], 'EMERGENCY'));
    await tandem.pass(40 * MINUTE);
    done(await tandem.as('casa-verde').post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    const review = `${path}/disclosures-without-consent/${override}/review`;
    expect((await tandem.as('protectia-copilului').post(review, { result: 'UPHELD' })).body.code).toBe('second-person-required');
    done(await tandem.as({ organisation: 'protectia-copilului', actor: 'the-head', roles: ['SUP'] }).post(review, { result: 'UPHELD' }));

    done(await authority.post(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului', mandate: 'decision of the county' }));
    done(await authority.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora', { giver: 'PUBLIC_GUARDIAN' })));
    done(await authority.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await authority.post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN'])));
  });
});

describe('3. a provider has no place', () => {
  it('the next one is asked, and the first confirms that it deleted what it received', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'cabinet-echilibru')));
    const referral = await refer(tandem, manager, path, referralTo('cabinet-echilibru', ['PSY.COUNS']));
    const provider = tandem.as('cabinet-echilibru');
    expect((await provider.get(`/v1/referrals/${referral}`)).body).toMatchObject({ ageBand: '26-40', languages: ['ron'] });
    done(await provider.post(`/v1/referrals/${referral}/decline`, { reason: 'NO_CAPACITY' }));
    expect((await provider.get(`/v1/referrals/${referral}`)).status).toBe(404);
    await tandem.settled();
    expect((await provider.get('/v1/inbox')).body.items).toMatchObject([{ waitsFor: 'deletion-confirmation', thingId: referral }]);
    done(await provider.post(`/v1/referrals/${referral}/deletion-confirmation`, {}));
    await acceptedReferral(tandem, path, 'clinica-aurora', ['PSY.COUNS']);
  });
});

describe('4. she takes her consent back between acceptance and start', () => {
  it('the referral is cancelled, the provider sees nothing more and owes deletion within a day', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 2)));
    const referral = await acceptedReferral(tandem, path, 'clinica-aurora', ['MED.GEN']);
    const clinic = tandem.as('clinica-aurora');
    const { body: seen } = done(await clinic.get(`/v1/referrals/${referral}`));
    expect((await clinic.get(`/v1/cases/${seen.caseId as string}`)).status).toBe(200);
    const { consents } = (await manager.get(path)).body as { consents: { consentId: string; recipient: string }[] };
    const consent = consents.find(({ recipient }) => recipient === 'clinica-aurora');
    done(await manager.post(`${path}/consents/${consent?.consentId ?? ''}/withdrawal`, { by: 'PERSON' }));
    expect((await clinic.get(`/v1/cases/${seen.caseId as string}`)).status).toBe(404);
    await tandem.settled();
    expect((await clinic.get(`/v1/referrals/${referral}`)).status).toBe(404);
    expect((await clinic.get(`/v1/cases/${seen.caseId as string}`)).status).toBe(404);
    const { items } = (await clinic.get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string; by: string }[] };
    const owed = items.find(({ waitsFor, thingId }) => waitsFor === 'deletion-confirmation' && thingId === referral);
    expect(Date.parse(owed?.by ?? '') - Date.parse(tandem.now())).toBe(24 * HOUR);
    done(await clinic.post(`/v1/referrals/${referral}/deletion-confirmation`, {}));
  });
});
