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
  const AUTHORITY = 'protectia-copilului';
  const authority = () => tandem.as(AUTHORITY);
  const head = () => tandem.as({ organisation: AUTHORITY, actor: 'the-head', roles: ['SUP'] });
  const agreed = (giver: string, recipient: string) => authority().post(`${path}/consents`, consentTo('REFERRAL', recipient, { giver }));
  const reviewsOwed = async (): Promise<readonly unknown[]> => {
    await tandem.settled();
    const { deadlines } = done(await head().get('/v1/deadlines')).body as { deadlines: { deadline: string; thingId: string; by: string; overdue: boolean; mine: boolean }[] };
    return deadlines.filter(({ deadline, thingId }) => deadline.startsWith('override-review') && thingId === override).map(({ by, overdue, mine }) => ({ by, overdue, mine }));
  };
  let path: string;
  let override: string;
  let tonight: string;
  let reviewedBy: string;

  it('nobody consents for her: not the guardian who is suspected, and not she herself', async () => {
    path = await aCase(authority(), { ...NOTIFICATION, ageBand: '0-13', channel: 'OUTREACH' });
    const guardian = done(await authority().post(`${path}/guardians`, { type: 'PARENT', name: 'the uncle' })).body.guardianId as string;
    done(await authority().post(`${path}/guardians/${guardian}/conflict`, { suspicion: 'He drove her there.' }));
    expect(await agreed('GUARDIAN', 'casa-verde')).toMatchObject({ status: 422, body: { code: 'guardian-conflicted' } });
    expect(await agreed('SELF', 'casa-verde')).toMatchObject({ status: 422, body: { code: 'self-consent-by-minor' } });
    const without = referralTo('casa-verde', ['HOUS.EMERG'], 'EMERGENCY');
    expect(await authority().post(`${path}/referrals`, without)).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
  });

  it('she sleeps safely the same night, on the duty to protect a child', async () => {
    const disclosure = { ground: 'CHILD_PROTECTION_DUTY', recipient: 'casa-verde', contents: ['SERVICE_NEED', 'AGE_BAND'], reason: 'No safe bed tonight.' };
    override = done(await authority().post(`${path}/disclosures-without-consent`, disclosure)).body.overrideId as string;
    reviewedBy = new Date(Date.parse(tandem.now()) + 24 * HOUR).toISOString();
    tonight = await refer(tandem, authority(), path, referralTo('casa-verde', ['HOUS.EMERG'], 'EMERGENCY'));
    await tandem.pass(40 * MINUTE);
    done(await tandem.as('casa-verde').post(`/v1/referrals/${tonight}/acceptance`, acceptance(tandem.now())));
  });

  it('a second person owes a look at it within 24 hours, and looks in time', async () => {
    expect(await reviewsOwed()).toEqual([{ by: reviewedBy, overdue: false, mine: true }]);
    await tandem.pass(23 * HOUR);
    const review = `${path}/disclosures-without-consent/${override}/review`;
    expect((await authority().post(review, { result: 'UPHELD' })).body.code).toBe('second-person-required');
    expect(await reviewsOwed()).toHaveLength(1);
    done(await head().post(review, { result: 'UPHELD' }));
    await tandem.pass(2 * HOUR);
    expect(await reviewsOwed()).toEqual([]);
    expect((await tandem.as('casa-verde').get(`/v1/referrals/${tonight}`)).body).toMatchObject({ status: 'ACCEPTED' });
  });

  it('later a guardian without conflict consents, once she was heard, and she is referred on that', async () => {
    await tandem.pass(3 * 24 * HOUR);
    done(await authority().post(`${path}/guardians`, { type: 'PUBLIC', organisation: AUTHORITY, mandate: 'decision of the county' }));
    expect((await agreed('PUBLIC_GUARDIAN', 'clinica-aurora')).body.code).toBe('assent-missing');
    done(await authority().post(`${path}/assent`, { outcome: 'ASSENTED', views: 'She wants to stay with the lady.' }));
    expect((await agreed('GUARDIAN', 'clinica-aurora')).body.code).toBe('guardian-conflicted');
    done(await authority().post(`${path}/risk-assessments`, FIRST_FORM));
    expect((await authority().post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN']))).body.code).toBe('consent-missing');
    done(await agreed('PUBLIC_GUARDIAN', 'clinica-aurora'));
    done(await authority().post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN'])));
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
