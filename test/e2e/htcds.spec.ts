/** A case in the terms of HTCDS, for an organisation of another country: who may, with whose word, and what stands in it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFICATION, aCase, acceptedReferral, consentTo, done } from '../support/story.js';
import { type As, DAY, type Tandem, asServices, patience, startTandem } from '../support/tandem.js';

const ABROAD = 'rifugio-ponte';
const CANARY = 'Ileana Canarescu';

let tandem: Tandem;
let path: string;
let consent: string;
const shelter = () => tandem.as('casa-lumina');
const file = (of = path, recipient = ABROAD, as: As | string = 'casa-lumina') => tandem.as(as).get(`${of}/htcds?recipient=${recipient}`);
const crossing = (countries: readonly string[], recipient = ABROAD) => consentTo('CROSS_BORDER', recipient, { countries });
const agreed = async (of = path, countries: readonly string[] = ['IT']): Promise<string> => done(await shelter().post(`${of}/consents`, crossing(countries))).body.consentId as string;
const disclosed = async (of = path): Promise<readonly { purpose: string; recipient?: string }[]> =>
  (done(await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).get(`${of}/disclosures`)).body.disclosures as { purpose: string; recipient?: string }[]).filter(({ purpose }) => purpose === 'HTCDS-EXPORT');

beforeAll(async () => {
  tandem = await startTandem();
  path = await aCase(shelter(), { ...NOTIFICATION, form: 'OTHER', citizenshipCountry: 'RO', county: 'RO111', formDetail: 'FORCED_BEGGING', account: CANARY });
  done(await shelter().post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  done(await shelter().post(`${path}/identity`, { name: CANARY, address: CANARY }));
}, patience(60_000));
afterAll(() => tandem.stop());

describe('without her word', () => {
  it('nothing is handed over, and nothing recorded as if it were', async () => {
    expect(await file()).toMatchObject({ status: 422, body: { code: 'consent-missing', details: { purpose: 'CROSS_BORDER', recipient: ABROAD } } });
    expect(await disclosed()).toEqual([]);
  });

  it('for that country, nor after she took it back', async () => {
    const elsewhere = await agreed(path, ['FR']);
    expect((await file()).body.code).toBe('consent-missing');
    done(await shelter().post(`${path}/consents/${elsewhere}/withdrawal`, { by: 'PERSON' }));
    consent = await agreed();
    expect((await file()).status).toBe(200);
    done(await shelter().post(`${path}/consents/${consent}/withdrawal`, { by: 'PERSON' }));
    expect((await file()).body.code).toBe('consent-missing');
  });

  it.each(['asociatia-punte', 'nobody-known', ''])('an organisation of the country, or of none, is told nothing by it: %j', async (recipient) => {
    expect(await file(path, recipient)).toMatchObject({ status: 400, body: { code: 'query-invalid' } });
  });
});

describe('with her word', () => {
  beforeAll(async () => {
    consent = await agreed();
    await acceptedReferral(tandem, await help(), 'clinica-aurora', ['PSY.COUNS']);
  }, patience(30_000));
  const help = async (): Promise<string> => {
    done(await shelter().post(`${path}/risk-assessments`, { purpose: 'INITIAL', form: 'FIRST', answers: [{ item: 'R5.1', answer: 'SCORED', likelihood: 0, impact: 1 }, { item: 'R1.2', answer: 'SCORED', likelihood: 0, impact: 1 }] }));
    return path;
  };

  it('who leads her case gets what the log says in clear, by the names of the standard, and no name, place or story', async () => {
    const { body } = done(await file());
    expect(body).toEqual({
      standard: 'HTCDS', version: '2.0',
      fields: {
        cas_Status: 'Active', prs_Gender: 'Feminine', prs_Citizenship: ['RO'], vic_TraffickingStatus: 'PossibleVictimOfTrafficking',
        vic_TraffickingStatusDecisionMakingOrg: 'NGO', vic_TypeOfExploitation: ['Other'], con_Consent: true,
      },
      local: { caseId: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown, ageBand: '26-40', country: 'RO' },
    });
    expect(JSON.stringify(body)).not.toMatch(/Canarescu|RO11|BEGGING|casa-lumina|clinica/);
  });

  it('by the name under which the receiver would know her, whichever time, and nobody else does', async () => {
    const [first, second] = [done(await file()).body.local.caseId as string, done(await file()).body.local.caseId as string];
    expect(first).toBe(second);
    expect(path).not.toContain(first);
  });

  it('it is in the disclosure log, with whom it is for, and on her page', async () => {
    const before = (await disclosed()).length;
    done(await file());
    expect((await disclosed()).slice(before)).toMatchObject([{ purpose: 'HTCDS-EXPORT', recipient: ABROAD }]);
    const page = JSON.stringify(done(await shelter().get(`${path}/person-page?language=en`)).body);
    expect(page).toContain('for Rifugio Ponte in another country');
  });

  // What stands in the way of the log can only be put there in one process.
  (asServices ? it.skip : it)('and where that can not be recorded nothing is handed over', async () => {
    const { store } = tandem.engines;
    const append = store.append.bind(store);
    store.append = (stream, ...rest) => (stream.startsWith('disclosure-') ? Promise.reject(new Error('the disk is full')) : append(stream, ...rest));
    const failed = await file();
    store.append = append;
    expect(failed).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(failed.body)).not.toContain('vic_');
  });

  it.each<[string, As]>([
    ['who checks the house', { organisation: 'casa-lumina', roles: ['SUP'] }],
    ['its data protection officer', { organisation: 'casa-lumina', roles: ['DPO'] }],
    ['a clinic that helps her', { organisation: 'clinica-aurora' }],
    ['the officer of that clinic', { organisation: 'clinica-aurora', roles: ['DPO'] }],
  ])('not by %s', async (_who, as) => {
    const { cases } = done(await tandem.as(as).get('/v1/cases')).body as { cases: { caseId: string }[] };
    expect(await file(`/v1/cases/${cases[0]?.caseId ?? ''}`, ABROAD, as)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
  });

  it.each(['asociatia-punte', 'politia-exemplu', ABROAD])('and to %s there is no such case', async (stranger) => {
    expect((await file(path, ABROAD, stranger)).status).toBe(404);
  });

  it('not of somebody who was counted only, and not once she is erased', async () => {
    const counted = { month: '2026-03', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' };
    const { caseId } = done(await shelter().post('/v1/statistics-notifications', counted)).body;
    expect((await file(`/v1/cases/${String(caseId)}`)).status).toBe(404);
    done(await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
    await tandem.settled();
    expect((await file()).status).toBe(404);
  });
});

it('a guardian’s word hands a grown woman to nobody, whatever the log says of her birthday (R-4)', async () => {
  const authority = tandem.as('protectia-copilului');
  const child = await aCase(authority, { ...NOTIFICATION, ageBand: '14-17' });
  const tomorrow = new Date(Date.parse(tandem.now()) + DAY).toISOString().slice(0, 10);
  const dateOfBirth = `${String(Number(tomorrow.slice(0, 4)) - 18)}${tomorrow.slice(4)}`;
  done(await authority.post(`${child}/age`, { ageBand: '14-17', ageStatus: 'DOCUMENTED' }));
  done(await authority.post(`${child}/case-manager`, { manager: 'protectia-copilului' }));
  done(await authority.post(`${child}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' }));
  done(await authority.post(`${child}/assent`, { outcome: 'ASSENTED' }));
  done(await authority.post(`${child}/identity`, { dateOfBirth }));
  done(await authority.post(`${child}/consents`, { ...crossing(['IT']), giver: 'PUBLIC_GUARDIAN' }));
  expect((await file(child, ABROAD, 'protectia-copilului')).status).toBe(200);
  await tandem.pass(DAY);
  expect((await file(child, ABROAD, 'protectia-copilului')).body.code).toBe('consent-missing');
}, patience(30_000));
