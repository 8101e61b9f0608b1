/** Acceptance scenario 13 of domain.md, appendix C, over HTTP: a girl turns 18 while she is helped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_FORM, NOTIFICATION, aCase, acceptance, consentTo, done, refer, referralTo } from '../support/story.js';
import { DAY, HOUR, type Tandem, patience, startTandem } from '../support/tandem.js';

let tandem: Tandem;
let path: string;
let service: string;
const authority = () => tandem.as('protectia-copilului');
const clinic = () => tandem.as('clinica-aurora');
const byGuardian = (purpose: string, recipient: string) => consentTo(purpose, recipient, { giver: 'PUBLIC_GUARDIAN' });
const session = async (): Promise<number> => (await clinic().post(`/v1/services/${service}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [] })).status;

beforeAll(async () => {
  tandem = await startTandem();
  path = await aCase(authority(), { ...NOTIFICATION, ageBand: '14-17' });
  done(await authority().post(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' }));
  done(await authority().post(`${path}/age`, { ageBand: '14-17', ageStatus: 'DOCUMENTED' }));
  done(await authority().post(`${path}/assent`, { outcome: 'ASSENTED', views: 'She wants to go on.' }));
  done(await authority().post(`${path}/risk-assessments`, FIRST_FORM));
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) done(await authority().post(`${path}/consents`, byGuardian(purpose, 'clinica-aurora')));
  done(await authority().post(`${path}/consents`, byGuardian('REFERRAL', 'casa-verde')));
  const referral = await refer(tandem, authority(), path, referralTo('clinica-aurora', ['PSY.COUNS']));
  done(await clinic().post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
  const { services } = done(await clinic().get(`/v1/referrals/${referral}`)).body as { services: { episodeId: string }[] };
  service = services[0]?.episodeId ?? '';
  done(await clinic().post(`/v1/services/${service}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
}, patience(60_000));
afterAll(() => tandem.stop());

describe('13. she turns 18 while she is helped', () => {
  it('from that day her guardian opens nothing new; help goes on', async () => {
    done(await authority().post(`${path}/majority`));
    expect(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['HOUS.EMERG']))).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
    expect((await authority().post(`${path}/consents`, byGuardian('REFERRAL', 'casa-verde'))).status).toBe(422);
    await tandem.pass(HOUR);
    expect(await session()).toBe(200);
  });

  it('she decides herself, and what she agrees to is opened', async () => {
    done(await authority().post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    done(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['HOUS.EMERG'])));
  });

  it('help goes on after thirty days, asked or not', async () => {
    await tandem.pass(31 * DAY);
    expect(await session()).toBe(200);
  });
});
