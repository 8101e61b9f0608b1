/** Acceptance scenario 13 of domain.md, appendix C, over HTTP: a girl turns 18 while she is helped. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFICATION, aCase, byGuardian, consentTo, done, helpedByGuardiansWord, referralTo } from '../support/story.js';
import { DAY, HOUR, type Tandem, patience, startTandem } from '../support/tandem.js';

let tandem: Tandem;
let path: string;
let service: string;
const authority = () => tandem.as('protectia-copilului');
const clinic = () => tandem.as('clinica-aurora');
const asked = async (): Promise<readonly string[]> => {
  await tandem.settled();
  const { deadlines } = done(await authority().get('/v1/deadlines')).body as { deadlines: { deadline: string; by: string; mine: boolean }[] };
  return deadlines.filter(({ deadline, mine }) => deadline === 'majority-reask' && mine).map(({ by }) => by);
};
const session = async (): Promise<number> => (await clinic().post(`/v1/services/${service}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [] })).status;

beforeAll(async () => {
  tandem = await startTandem();
  path = await aCase(authority(), { ...NOTIFICATION, ageBand: '14-17' });
  done(await authority().post(`${path}/case-manager`, { manager: 'protectia-copilului' }));
  done(await authority().post(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' }));
  done(await authority().post(`${path}/age`, { ageBand: '14-17', ageStatus: 'DOCUMENTED' }));
  service = await helpedByGuardiansWord(tandem, authority(), path);
  done(await authority().post(`${path}/support-plan`, { agreement: 'BY_GUARDIAN', plan: 'School again, and a room of her own.' }));
}, patience(60_000));
afterAll(() => tandem.stop());

describe('13. she turns 18 while she is helped', () => {
  it('from that day her guardian opens nothing new; help goes on', async () => {
    done(await authority().post(`${path}/majority`));
    expect(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['HOUS.EMERG']))).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
    expect((await authority().post(`${path}/consents`, byGuardian('REFERRAL', 'casa-verde'))).status).toBe(422);
    await tandem.pass(HOUR);
    expect(await session()).toBe(200);
    expect(done(await authority().get(path)).body).toMatchObject({ underMinorRules: false, openServices: 1, stages: { 'case-management': { plan: { status: 'AGREED' } } } });
  });

  it('who leads her case owes it within thirty days to ask her about all that her guardian agreed to', async () => {
    // From 2 March to the end of 1 April in Bucharest, over the change to summer time.
    expect(await asked()).toEqual(Array(3).fill('2026-04-01T21:00:00.000Z'));
  });

  it('she decides herself, and what she agrees to is opened', async () => {
    done(await authority().post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    done(await authority().post(`${path}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora')));
    expect(await asked()).toHaveLength(1);
    done(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['HOUS.EMERG'])));
  });

  it('help goes on after thirty days, asked or not', async () => {
    await tandem.pass(31 * DAY);
    expect(await session()).toBe(200);
  });
});
