/** What auditors and those who work on a case can know of its past, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Audited, type AuditedCase, startAudited } from './audited.js';

let audited: Audited;
let known: AuditedCase;
beforeAll(async () => {
  audited = await startAudited();
  known = await audited.aCase();
});
afterAll(() => audited.tandem.stop());

const types = (body: { steps: readonly { type: string }[] }) => body.steps.map(({ type }) => type);
const STORY = ['CaseNotified', 'CaseOpened', 'CaseManagerAssigned', 'RightsInformed', 'ConsentGiven', 'ConsentWithdrawn'];

describe('the history of a case', () => {
  it('is told step by step, with who, when, in which role and what changed', async () => {
    const { body } = await audited.auditor.get(`${await audited.pathOf(known)}/history`);
    expect(types(body)).toEqual(STORY);
    expect(body.withheld).toBe(0);
    expect(body.steps[3]).toMatchObject({
      revision: 3, actor: 'casa-lumina-worker', organisation: 'casa-lumina', role: 'CM', changes: expect.arrayContaining([{ fact: 'rightsInformed', was: false, is: true }]),
    });
    expect(body.steps[4].changes).toEqual([{ fact: 'consents', removed: [], added: [expect.objectContaining({ purpose: 'REFERRAL', recipient: 'clinica-aurora' })] }]);
    expect(body.steps[5].changes[0].added[0].withdrawnAt).toBe(body.steps[5].occurredAt);
    expect(body.steps[0]).toMatchObject({ sealed: expect.arrayContaining(['narrative']), reference: { policy: expect.any(String) } });
  });

  it('names no identifier of the inside, and no value of the person', async () => {
    const caseId = (await audited.tandem.engines.aliases.resolve('casa-lumina', known.alias))!.thing;
    const events = await audited.tandem.engines.store.readStream(`case-${caseId}`);
    const inside = new Set(JSON.stringify(events.map(({ stream, data }) => ({ stream, data }))).match(/[0-9a-f]{8}-[0-9a-f-]{27}/g));
    const texts = await Promise.all(
      ['history', 'history/4', 'disclosures', 'visibility?organisation=clinica-aurora&at=2026-03-02T08:30:00Z'].map(async (what) =>
        JSON.stringify((await audited.auditor.get(`${await audited.pathOf(known)}/${what}`)).body),
      ),
    );
    expect(inside.size).toBeGreaterThan(2);
    for (const text of texts) {
      expect(text).not.toContain('farm');
      for (const identifier of [...inside, known.alias, known.consentId]) expect(text).not.toContain(identifier);
    }
  });

  it('is the same thing by the same alias wherever the auditor reads it', async () => {
    const path = await audited.pathOf(known);
    const steps = (await audited.auditor.get(`${path}/history`)).body.steps;
    const then = (await audited.auditor.get(`${path}/history/4`)).body;
    expect(then.consents[0].consentId).toBe(steps[4].facts.consentId);
    expect(then.caseId).toBe(path.split('/').at(-1));
  });

  it('is for those who work on the case too, and for nobody else', async () => {
    expect(types((await audited.shelter.get(`${known.path}/history`)).body)).toEqual(STORY);
    const unknown = await audited.tandem.as('politia-exemplu').get(`${known.path}/history`);
    expect(unknown).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const withoutMandate = await audited.tandem.as('garda-audit').get(`${await audited.pathOf(known)}/history`);
    expect(withoutMandate).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('withholds from a later case manager what was before its time', async () => {
    const moved = await audited.aCase();
    await audited.tandem.pass(1_000);
    expect((await audited.shelter.post(`${moved.path}/case-manager`, { manager: 'asociatia-punte' })).status).toBe(201);
    await audited.tandem.settled();
    const { items } = (await audited.tandem.as('asociatia-punte').get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
    const offer = items.find(({ waitsFor }) => waitsFor === 'case-management-reply')!.thingId;
    expect((await audited.tandem.as('asociatia-punte').post(`/v1/case-management-offers/${offer}/acceptance`, {})).status).toBe(200);
    const caseId = (await audited.tandem.engines.aliases.resolve('casa-lumina', moved.alias))!.thing;
    const alias = await audited.tandem.engines.aliases.aliasFor('asociatia-punte', 'case', caseId, caseId);
    const later = await audited.tandem.as('asociatia-punte').get(`/v1/cases/${alias}/history`);
    expect(types(later.body)).toEqual(['CaseManagementAccepted', 'CaseManagerAssigned']);
    expect(later.body.withheld).toBe(7);
    expect((await audited.tandem.as('asociatia-punte').get(`/v1/cases/${alias}/history/3`)).status).toBe(404);
    expect((await audited.tandem.as('asociatia-punte').get(`/v1/cases/${alias}?revision=8`)).status).toBe(200);
    const through = async (at: string) => audited.tandem.as('asociatia-punte').get(`/v1/cases/${alias}/visibility?organisation=casa-lumina&at=${at}`);
    expect((await through(moved.consented)).status).toBe(404);
    expect((await through('2020-01-01T00:00:00Z')).body).toMatchObject({ scope: 'NONE', because: 'no-such-case' });
    expect((await through(audited.tandem.now())).body).toMatchObject({ scope: 'OWN' });
    expect((await audited.shelter.get(`${moved.path}/history`)).status).toBe(404);
  });
});

describe('a case as it was', () => {
  it('is read by revision, by recorded time and by fact time', async () => {
    const before = (await audited.shelter.get(`${known.path}?revision=4`)).body;
    expect(before.consents[0]).toMatchObject({ live: true });
    expect(before.asOf).toMatchObject({ revision: 4, reference: { policy: expect.any(String) } });
    expect((await audited.shelter.get(`${known.path}?asOf=${known.consented}`)).body).toEqual({ ...before, asOf: { ...before.asOf, at: known.consented } });
    expect((await audited.shelter.get(`${known.path}?factsAsOf=${known.consented}`)).body.consents[0].live).toBe(true);
    expect((await audited.shelter.get(known.path)).body.consents[0].live).toBe(false);
  });

  it('counts a late entry from when it happened, and from when it was recorded', async () => {
    const other = await audited.aCase();
    const sooner = audited.tandem.now();
    await audited.tandem.pass(60_000);
    const basicNeeds = { sheetVersion: '2026-2', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron', occurredAt: sooner };
    expect((await audited.shelter.post(`${other.path}/rights-information`, basicNeeds)).status).toBe(200);
    const at = async (query: string) => (await audited.shelter.get(`${other.path}?${query}=${sooner}`)).body.asOf.revision;
    expect([await at('asOf'), await at('factsAsOf')]).toEqual([5, 6]);
  });

  it('is refused for a moment that is none, two moments, or before there was a case', async () => {
    const status = async (query: string) => (await audited.shelter.get(`${known.path}?${query}`)).status;
    expect(await Promise.all(['asOf=yesterday', 'revision=x', 'revision=1&asOf=2026-03-02T08:00:00Z', 'asOf=2026-03-02T08:00:00'].map(status))).toEqual([400, 400, 400, 400]);
    expect(await Promise.all(['asOf=2020-01-01T00:00:00Z', 'revision=999'].map(status))).toEqual([404, 404]);
  });
});

describe('what an organisation could see', () => {
  it('is what it was on that day, with the reason', async () => {
    const path = `${await audited.pathOf(known)}/visibility`;
    const seen = async (organisation: string) => (await audited.auditor.get(`${path}?organisation=${organisation}&at=${known.consented}`)).body;
    expect(await seen('casa-lumina')).toMatchObject({ scope: 'FULL', because: 'engaged', personalData: true, view: { consents: [{ live: true }] } });
    expect(await seen('centrul-coordonare')).toMatchObject({ scope: 'FULL', because: 'routing' });
    expect(await seen('clinica-aurora')).toMatchObject({ scope: 'NONE', personalData: false, view: null });
    expect((await audited.auditor.get(`${path}?organisation=casa-lumina&at=2020-01-01T00:00:00Z`)).body).toMatchObject({ scope: 'NONE', because: 'no-such-case' });
  });
});
