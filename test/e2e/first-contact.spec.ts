import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { type Tandem, startTandem } from '../support/tandem.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

const NOTIFICATION = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', region: 'RO11', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false, county: 'RO113', account: 'She said that she may not leave the farm.',
};
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED', language: 'ron' };
const CONSENT = { purpose: 'REFERRAL', recipient: 'clinica-aurora', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' };

describe('first contact', () => {
  it('is notified without a name, and answered with a receipt', async () => {
    const answer = await tandem.as('casa-lumina').post('/v1/cases', NOTIFICATION);
    expect(answer.body).toMatchObject({ recorded: ['CaseNotified', 'CaseOpened', 'CaseManagerAssigned'], receipt: { revision: 2 } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/v1/cases/${answer.body.caseId}`);
    expect(answer.headers.get('tandem-position')).toMatch(/^[\w-]{20,}$/);
  });

  it('of somebody in danger is answered with the emergency number, and stands as not opened until somebody opens it (R-8)', async () => {
    const shelter = tandem.as('casa-lumina');
    const { body } = await shelter.post('/v1/cases', { ...NOTIFICATION, danger: true });
    expect(body.emergency).toMatchObject({ en: expect.stringContaining('112'), ro: expect.stringContaining('112') });
    expect((await shelter.post('/v1/cases', NOTIFICATION)).body).not.toHaveProperty('emergency');
    const coordinator = tandem.as('centrul-coordonare');
    const waiting = async () => (await coordinator.get('/v1/cases')).body.cases.find((one: { danger?: boolean }) => one.danger === true);
    await tandem.settled();
    const shown = await waiting();
    expect(shown).toMatchObject({ opened: false });
    expect((await coordinator.post(`/v1/cases/${shown.caseId as string}/opening`, {})).body.recorded).toEqual(['NotificationOpened']);
    expect((await coordinator.get(`/v1/cases/${shown.caseId as string}`)).body.openedBy).toBe('centrul-coordonare');
  });

  it('counted for statistics alone holds a month, a region, an age band and a form, and has no place for more (R-6, R-4)', async () => {
    const shelter = tandem.as('casa-lumina');
    const counted = { month: '2026-02', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' };
    const count = (more: object = {}) => shelter.post('/v1/statistics-notifications', { ...counted, ...more });
    for (const more of [{ language: 'ron' }, { account: 'seen' }, { county: 'RO113' }, { ownReference: 'F-12' }, { sex: 'FEMALE' }, { month: '2026-02-14' }]) {
      const refused = await count(more);
      expect(refused).toMatchObject({ status: 400, body: { code: 'body-invalid' } });
      expect(JSON.stringify(refused.body)).toContain(`/${Object.keys(more)[0] ?? ''}`);
    }
    for (const child of [{ ageBand: '14-17' }, { ageBand: 'UNKNOWN', signsOfChildhood: true }]) expect(await count(child)).toMatchObject({ status: 422, body: { code: 'child-needs-case' } });
    const rows = async () => (await tandem.engines.persons.kysely.selectFrom('vault_row').select('compartment').execute()).length;
    const before = await rows();
    const { body } = await count();
    expect(await rows()).toBe(before);
    const { signsOfChildhood: _asked, ...kept } = counted;
    const log = (await Array.fromAsync(tandem.engines.store.readAll(START))).flat();
    expect(log.findLast(({ type }) => type === 'CaseNotified')?.data).toEqual({ ...kept, statisticsOnly: true, country: 'RO' });
    expect((await shelter.post(`/v1/cases/${body.caseId as string}/basic-needs`, { met: ['FOOD'], refused: [] })).status).toBe(422);
  });

  it('of who says so herself, or whom another country sends, carries a presumption; what a third person tells needs grounds', async () => {
    const shelter = tandem.as('casa-lumina');
    const presumed = async (channel: string, ground: string) => {
      const { body } = await shelter.post('/v1/cases', { ...NOTIFICATION, channel, grounds: [ground] });
      return shelter.post(`/v1/cases/${body.caseId as string}/presumption`, {});
    };
    for (const [channel, ground] of [['SELF_REPORT', 'SELF_IDENTIFIED'], ['FOREIGN_AUTHORITY', 'FOREIGN_AUTHORITY']] as const)
      expect((await presumed(channel, ground)).body.recorded).toEqual(['VictimPresumed']);
    expect(await presumed('HELPLINE', 'THIRD_PARTY')).toMatchObject({ status: 422, body: { code: 'grounds-missing' } });
  });

  it('takes no half character: it could be neither sealed nor signed', async () => {
    const broken = await tandem.as('casa-lumina').post('/v1/cases', { ...NOTIFICATION, account: 'half a smile \ud83d' });
    expect(broken).toMatchObject({ status: 400, body: { code: 'broken-json' } });
    expect((await tandem.as('casa-lumina').post('/v1/cases', { ...NOTIFICATION, account: 'a whole smile 😀 și ăâîșț' })).status).toBe(201);
  });

  it('asks for consent after the rights were explained, and refers to nobody before', async () => {
    const casaLumina = tandem.as('casa-lumina');
    const { body } = await casaLumina.post('/v1/cases', NOTIFICATION);
    const path = `/v1/cases/${body.caseId}`;
    expect((await casaLumina.post(`${path}/consents`, CONSENT)).body.code).toBe('rights-not-informed');
    expect((await casaLumina.post(`${path}/rights-information`, RIGHTS)).status).toBe(200);
    const consent = await casaLumina.post(`${path}/consents`, CONSENT);
    expect(consent.status).toBe(201);
    expect((await casaLumina.get(path)).body.consents).toEqual([expect.objectContaining({ consentId: consent.body.consentId, live: true })]);
    expect((await casaLumina.post(`${path}/consents/${consent.body.consentId}/withdrawal`, { by: 'PERSON' })).body.recorded).toEqual(['ConsentWithdrawn']);
    expect((await casaLumina.get(path)).body.consents[0].live).toBe(false);
  });

  it('answers the same key with the same receipt, and another body with an error', async () => {
    const casaLumina = tandem.as('casa-lumina');
    const key = { 'idempotency-key': '1b4e28ba-2fa1-11d2-883f-0016d3cca427' };
    const first = await casaLumina.post('/v1/cases', NOTIFICATION, key);
    const second = await casaLumina.post('/v1/cases', NOTIFICATION, key);
    expect(second.body).toEqual(first.body);
    const other = await casaLumina.post('/v1/cases', { ...NOTIFICATION, danger: true }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('takes a sender’s clock that is a little ahead as now, and refuses what is really in the future', async () => {
    const casaLumina = tandem.as('casa-lumina');
    const ahead = (seconds: number): string => new Date(Date.parse(tandem.now()) + seconds * 1_000).toISOString();
    expect((await casaLumina.post('/v1/cases', { ...NOTIFICATION, occurredAt: ahead(30) })).status).toBe(201);
    const future = await casaLumina.post('/v1/cases', { ...NOTIFICATION, occurredAt: ahead(120) });
    expect(future).toMatchObject({ status: 400, body: { code: 'body-invalid' } });
  });

  it('looks to the police like a case that does not exist', async () => {
    const { body } = await tandem.as('casa-lumina').post('/v1/cases', NOTIFICATION);
    const police = tandem.as('politia-exemplu');
    const foreign = await police.get(`/v1/cases/${body.caseId}`);
    const unknown = await police.get('/v1/cases/1b4e28ba-2fa1-41d2-883f-0016d3cca427');
    expect(foreign.status).toBe(404);
    expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
  });

  it('refuses a write on an older version of the case', async () => {
    const casaLumina = tandem.as('casa-lumina');
    const { body } = await casaLumina.post('/v1/cases', NOTIFICATION);
    const path = `/v1/cases/${body.caseId}`;
    const etag = (await casaLumina.get(path)).headers.get('etag') ?? '';
    expect((await casaLumina.post(`${path}/rights-information`, RIGHTS, { 'if-match': etag })).status).toBe(200);
    const stale = await casaLumina.post(`${path}/rights-information`, { ...RIGHTS, sheetVersion: '2026-2' }, { 'if-match': etag });
    expect(stale).toMatchObject({ status: 412, body: { code: 'precondition-failed' } });
  });
});
