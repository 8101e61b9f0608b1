/** Acceptance scenario 7 of domain.md, appendix C, over HTTP: refused on day 60, while she has until day 90 to reflect. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFICATION, aCase, acceptedReferral, consentTo, done, FIRST_FORM } from '../support/story.js';
import { DAY, MINUTE, type Tandem, patience, startTandem } from '../support/tandem.js';

const COORDINATOR = 'centrul-coordonare';
/** So many others in her region, and in another: a table shows no smaller figure, and none that stands alone. */
const OTHERS = 11;
const GROUNDS = { grounds: 'Locked in, no pay, papers kept by the owner.' };

let tandem: Tandem;
let path: string;
let referral: string;

const shelter = () => tandem.as('casa-lumina');
const seen = async () => done(await shelter().get(path)).body;
const serviceOf = async (): Promise<{ episodeId: string; status: string }> => done(await tandem.as('clinica-aurora').get(`/v1/referrals/${referral}`)).body.services[0];
const session = async (): Promise<number> =>
  (await tandem.as('clinica-aurora').post(`/v1/services/${(await serviceOf()).episodeId}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [] })).status;
const decide = (decision: string, more: object = {}, about = path) =>
  shelter().post(`${about}/formal-identification/decision`, { authority: 'politia-exemplu', decision, decisionNumber: 'decision-1', ...more });
/** Presumed, and in her region identified. */
async function another(region: string): Promise<void> {
  const about = await aCase(shelter(), { ...NOTIFICATION, region });
  done(await shelter().post(`${about}/presumption`, GROUNDS));
  if (region === NOTIFICATION.region) done(await decide('IDENTIFIED', {}, about));
}

/** Helped, presumed, and with 90 days to recover, counted from that day. */
beforeAll(async () => {
  tandem = await startTandem();
  for (const region of [NOTIFICATION.region, 'RO32'])
    for (let count = 0; count < OTHERS; count += 1) await another(region);
  await tandem.pass(MINUTE);
  path = await aCase(shelter(), { ...NOTIFICATION, citizenship: 'OTHER' });
  done(await shelter().post(`${path}/risk-assessments`, FIRST_FORM));
  done(await shelter().post(`${path}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora')));
  referral = await acceptedReferral(tandem, path, 'clinica-aurora', ['PSY.COUNS']);
  done(await tandem.as('clinica-aurora').post(`/v1/services/${(await serviceOf()).episodeId}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
  done(await shelter().post(`${path}/presumption`, GROUNDS));
  done(await shelter().post(`${path}/reflection-period/offer`, { media: ['ORAL', 'WRITTEN'] }));
  const { cases } = done(await tandem.as(COORDINATOR).get('/v1/cases')).body as { cases: { caseId: string }[] };
  done(await tandem.as(COORDINATOR).post(`/v1/cases/${cases[0]?.caseId ?? ''}/reflection-period/start`));
}, patience(60_000));
afterAll(() => tandem.stop());

describe('7. refused while she has time to reflect', () => {
  it('until the end of day 90, on the clock of her country, over the change to summer time', async () => {
    // Begun on 2 March; 31 May is the 90th day, and ends at nine in the evening by UTC.
    expect((await seen()).stages['reflection-period']).toMatchObject({ status: 'RUNNING', until: '2026-05-31T21:00:00.000Z' });
  });

  it('on day 60: the status changes, and nothing that she has ends', async () => {
    await tandem.pass(60 * DAY);
    const contestUntil = new Date(Date.parse(tandem.now()) + 30 * DAY).toISOString();
    // What an authority decided is recorded for it by who holds the written decision, never without its number (A7).
    const unwritten = await decide('REFUSED', { reason: 'CRITERIA_NOT_MET', decisionNumber: undefined });
    expect(unwritten).toMatchObject({ status: 400, body: { code: 'body-invalid' } });
    expect(JSON.stringify(unwritten.body)).toContain('/decisionNumber');
    expect(done(await decide('REFUSED', { reason: 'CRITERIA_NOT_MET', contestUntil })).body.recorded).toEqual(['FormalIdentificationRefused']);
    await tandem.settled();
    expect(await seen()).toMatchObject({ identification: 'NOT_IDENTIFIED', reflection: 'RUNNING', openServices: 1 });
    expect(await serviceOf()).toMatchObject({ status: 'STARTED' });
    expect(await session()).toBe(200);
    const stop = await tandem.as('clinica-aurora').post(`/v1/services/${(await serviceOf()).episodeId}/end`, { outcome: 'PROVIDER_STOPPED' });
    expect(stop).toMatchObject({ status: 422, body: { code: 'service-goes-on' } });
    expect(JSON.stringify(stop.body)).not.toMatch(/refus|until|\d{4}-\d\d-\d\d/i);
  });

  it('nobody sends her home meanwhile but at her wish (INV-5)', async () => {
    const home = { direction: 'OUTBOUND', sender: 'casa-lumina', receiver: 'rifugio-ponte', operator: 'podul-intoarcerii' };
    expect(await shelter().post(`${path}/returns`, home)).toMatchObject({ status: 422, body: { code: 'reflection-running' } });
    expect((await shelter().post(`${path}/returns`, { ...home, wish: 'I want to see my mother.' })).body.recorded).toEqual(['ReturnRequested']);
  });

  it('in time it is looked at again, and she is identified', async () => {
    await tandem.pass(20 * DAY);
    done(await shelter().post(`${path}/reconsideration`, { requestedBy: 'PERSON', newInformation: 'A letter of the owner.' }));
    done(await decide('IDENTIFIED'));
    expect(await seen()).toMatchObject({ identification: 'IDENTIFIED', reflection: 'RUNNING', openServices: 1 });
  });

  it('the period ends by itself with its last day, after two warnings; help does not', async () => {
    await tandem.pass(12 * DAY);
    expect((await seen()).stages['reflection-period']).toMatchObject({ status: 'ENDED', because: 'EXPIRED' });
    expect(await serviceOf()).toMatchObject({ status: 'STARTED' });
    expect(await session()).toBe(200);
  });

  it('she counts once, and the refusal stands in the history', async () => {
    await tandem.pass(300 * DAY);
    const figure = async (report: string, rows: string, row: string): Promise<unknown> => {
      const { table } = done(await tandem.as(COORDINATOR).get(`/v1/reports/${report}?period=2026&rows=${rows}`)).body;
      return table.cells[table.rows.indexOf(row)];
    };
    expect(await figure('registered-victims', 'region', NOTIFICATION.region)).toEqual([{ count: OTHERS + 1 }]);
    expect(await figure('caseload', 'status', 'IDENTIFIED')).toEqual([{ count: OTHERS + 1 }]);
    for (const status of ['NOT_IDENTIFIED', 'RECONSIDERATION']) expect(await figure('caseload', 'status', status)).toEqual([{ count: 0 }]);
    const officer = tandem.as({ organisation: COORDINATOR, actor: 'the-officer', roles: ['DPO'] });
    const expiresAt = new Date(Date.parse(tandem.now()) + 10 * DAY).toISOString();
    const { mandate } = done(await officer.post('/v1/audits', {
      auditor: 'garda-audit', legalBasis: 'law-1', country: 'RO', casesFrom: '2026-01-01T00:00:00Z', casesUntil: tandem.now(), validFrom: tandem.now(), expiresAt,
    })).body as { mandate: string };
    const auditor = tandem.as({ organisation: 'garda-audit', mandate });
    const { cases } = done(await auditor.get(`/v1/audits/${mandate}/cases?size=100`)).body as { cases: { caseId: string }[] };
    const histories = await Promise.all(cases.map(async ({ caseId }) => JSON.stringify(done(await auditor.get(`/v1/cases/${caseId}/history`)).body)));
    const hers = histories.filter((history) => history.includes('FormalIdentificationRefused'));
    expect(hers).toHaveLength(1);
    expect(hers[0]).toContain('VictimFormallyIdentified');
    expect(hers[0]?.match(/ReflectionPeriodExpiryWarned/g)).toHaveLength(2);
    expect(hers[0]).not.toContain('decision-1');
  });
});
