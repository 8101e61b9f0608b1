/** Acceptance scenario 15 of domain.md, appendix C, over HTTP: another country, whose rule, deciders and answers are its own. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DirectoryEntry, type Role, register } from '#mechanism';
import { FIRST_FORM, NOTIFICATION, acceptance, aCase, consentTo, done, refer, referralTo } from '../support/story.js';
import { DAY, type Tandem, patience, startTandem } from '../support/tandem.js';

const organisation = (id: string, kind: DirectoryEntry['kind'], roles: readonly Role[], services: DirectoryEntry['services'] = []): DirectoryEntry => ({
  id, name: id, kind, country: 'LV', regions: [], acceptsMinors: true, roles, services,
});
const IN_LATVIA: readonly DirectoryEntry[] = [
  organisation('drosa-osta', 'NGO', ['CM', 'DETECT', 'SP', 'ID_AUTH', 'SUP', 'DPO'], ['INFO']),
  organisation('miera-nams', 'NGO', ['SP', 'SUP', 'DPO'], ['HOUS.SHELTER']),
  organisation('komisija-piemers', 'NGO', ['ID_AUTH', 'DETECT']),
  organisation('policija-piemers', 'LAW_ENFORCEMENT', ['LE', 'DETECT']),
  organisation('siva-piemers', 'PUBLIC', ['NRM_COORD']),
];
const MEMBERS = ['SOCIAL_WORKER', 'PSYCHOLOGIST', 'LAWYER'];
const SCREENING = { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false };
const present = (...codes: readonly string[]): object => ({ ...SCREENING, answers: codes.map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' })) });

let tandem: Tandem;
let path: string;
let referral: string;
const shelter = () => tandem.as('drosa-osta');
const theCase = () => aCase(shelter(), { ...NOTIFICATION, region: 'UNKNOWN' });
const seen = async () => done(await shelter().get(path)).body;
const decide = (decision: string, more: object) =>
  shelter().post(`${path}/formal-identification/decision`, { authority: 'komisija-piemers', decision, decisionNumber: '1/2026', ...(decision === 'REFUSED' ? { reason: 'CRITERIA_NOT_MET' } : {}), ...more });

beforeAll(async () => {
  tandem = await startTandem();
  for (const entry of IN_LATVIA) await register(tandem.engines.store, entry, { actor: 'setup', organisation: 'tandem' }, tandem.now);
  await tandem.engines.directory.catchUp();
  path = await theCase();
}, patience(60_000));
afterAll(() => tandem.stop());

describe('15. a case in Latvia', () => {
  it('is screened by three groups and not by weights: one in each speaks for it, and the score of another country is unknown', async () => {
    expect(await shelter().post(`${path}/screenings`, present('EX-01', 'EX-02'))).toMatchObject({ status: 400, body: { code: 'indicator-unknown' } });
    const outcomes = async () => (await seen()).stages.identification.screenings.map(({ outcome }: { outcome: string }) => outcome);
    done(await shelter().post(`${path}/screenings`, present('ACT-01', 'EXP-02')));
    expect(await outcomes()).toEqual(['WEAK']);
    done(await shelter().post(`${path}/screenings`, present('ACT-01', 'MEA-05', 'EXP-02')));
    expect(await outcomes()).toEqual(['WEAK', 'STRONG']);
    expect(await seen()).toMatchObject({ policy: expect.stringMatching(/^LV\//), identification: 'POTENTIAL' });
  });

  it('is presumed by the provider whose commission decides', async () => {
    done(await shelter().post(`${path}/presumption`));
    expect(await seen()).toMatchObject({ identification: 'PRESUMED' });
  });

  it.each(MEMBERS)('is not decided by a commission without a %s, one way or the other', async (absent) => {
    const membersPresent = [...MEMBERS, 'POLICE_OFFICER'].filter((member) => member !== absent);
    for (const decision of ['IDENTIFIED', 'REFUSED'])
      expect(await decide(decision, { membersPresent })).toMatchObject({ status: 422, body: { code: 'commission-incomplete', details: { missing: [absent] } } });
  });

  it('is not refused on the way of the certificate', async () => {
    expect(await decide('REFUSED', { route: 'CERTIFICATE' })).toMatchObject({ status: 422, body: { code: 'certificate-never-refuses' } });
    expect(await decide('REFUSED', { authority: 'policija-piemers' })).toMatchObject({ status: 422, body: { code: 'certificate-never-refuses' } });
    expect(await seen()).toMatchObject({ identification: 'PRESUMED' });
  });

  it('is decided by the three without a police officer', async () => {
    done(await decide('IDENTIFIED', { membersPresent: MEMBERS }));
    expect(await seen()).toMatchObject({ identification: 'IDENTIFIED' });
  });

  it('waits for a place in the service, is told so, and is taken', async () => {
    done(await shelter().post(`${path}/risk-assessments`, FIRST_FORM));
    for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) done(await shelter().post(`${path}/consents`, consentTo(purpose, 'miera-nams')));
    referral = await refer(tandem, shelter(), path, referralTo('miera-nams', ['HOUS.SHELTER']));
    const provider = tandem.as('miera-nams');
    const expectedFrom = new Date(Date.parse(tandem.now()) + 10 * DAY).toISOString();
    done(await provider.post(`/v1/referrals/${referral}/queue`, { expectedFrom }));
    await tandem.pass(3 * DAY);
    expect((await seen()).stages.referral.referrals).toMatchObject([{ status: 'QUEUED', expectedFrom, recipient: 'miera-nams' }]);
    expect(done(await provider.get(`/v1/referrals/${referral}`)).body).toMatchObject({ status: 'QUEUED' });
    done(await provider.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    expect((await seen()).stages.referral.referrals).toMatchObject([{ status: 'ACCEPTED' }]);
  });

  it('is helped before the agency has decided who pays, within three working days, and after it has put her off', async () => {
    const [{ services: [{ episodeId }] }] = (await seen()).stages.referral.referrals;
    expect(done(await shelter().post(`/v1/services/${episodeId as string}/funding`)).body).toMatchObject({ recorded: ['ServiceFundingRequested'], provisional: [] });
    const funding = async () => (await seen()).stages.referral.referrals[0].services[0];
    expect(await funding()).toMatchObject({ funding: 'REQUESTED', status: 'PENDING' });
    const provider = tandem.as('miera-nams');
    const theirs = async () => done(await provider.get(`/v1/referrals/${referral}`)).body;
    done(await provider.post(`/v1/services/${(await theirs()).services[0].episodeId as string}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
    await tandem.settled();
    const agency = tandem.as('siva-piemers');
    const rows = done(await agency.get('/v1/deadlines')).body.deadlines as { deadline: string; thingId: string; by: string; mine: boolean }[];
    const owed = rows.find(({ deadline }) => deadline === 'service-funding-decision');
    // Asked on a Thursday: the third working day is the Tuesday, until midnight in Riga.
    expect(owed).toMatchObject({ by: '2026-03-10T22:00:00.000Z', mine: true });
    const decide = (decision: string) => agency.post(`/v1/services/${owed?.thingId ?? ''}/funding/decision`, { decision });
    done(await decide('QUEUED'));
    expect(await funding()).toMatchObject({ funding: 'QUEUED', status: 'STARTED' });
    const { sections } = done(await shelter().get(`${path}/person-page?language=en`)).body as { sections: { name: string; lines: string[] }[] };
    expect(sections.find(({ name }) => name === 'paid')?.lines).toEqual([expect.stringContaining('the state pays later. The help that you have goes on.')]);
    done(await decide('GRANTED'));
    expect(await funding()).toMatchObject({ funding: 'GRANTED', status: 'STARTED' });
    expect(JSON.stringify(await theirs())).not.toContain('GRANTED');
  });
});

/** A second person, of whom the commission finds no criterion met. */
describe('15. a refusal in Latvia', () => {
  it('is the commission\'s alone, says until when it can be contested, and ends nothing', async () => {
    path = await theCase();
    done(await shelter().post(`${path}/presumption`, { grounds: 'She says so.' }));
    done(await decide('REFUSED', { membersPresent: MEMBERS }));
    expect(await seen()).toMatchObject({
      identification: 'NOT_IDENTIFIED', assistance: 'ACTIVE',
      stages: { identification: { contestUntil: '2026-04-04T21:00:00.000Z', moveOnUntil: '2026-03-19T22:00:00.000Z' } },
    });
  });
});
