/** The deadline board over HTTP: who sees which deadline, in which order, and no more than that. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFICATION, aCase, acceptance, consentTo, done, fullRisk, refer, referralTo } from '../support/story.js';
import { DAY, HOUR, type Tandem, startTandem } from '../support/tandem.js';

interface Row {
  readonly deadline: string;
  readonly thingId: string;
  readonly caseId?: string;
  readonly by: string;
  readonly overdue: boolean;
  readonly mine: boolean;
  readonly organisation?: string;
  readonly role?: string;
}

let tandem: Tandem;
let path: string;
beforeAll(async () => {
  tandem = await startTandem();
  const manager = tandem.as('casa-lumina');
  path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 1)));
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
  const referral = await refer(tandem, manager, path, referralTo('clinica-aurora', ['MED']));
  done(await tandem.as('clinica-aurora').post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
  await tandem.settled();
});
afterAll(async () => {
  await tandem.stop();
});

const rows = async (who: Parameters<Tandem['as']>[0], query = ''): Promise<readonly Row[]> =>
  (done(await tandem.as(who).get(`/v1/deadlines${query}`)).body as { deadlines: readonly Row[] }).deadlines;
const names = async (who: Parameters<Tandem['as']>[0], query = ''): Promise<readonly string[]> => (await rows(who, query)).map(({ deadline }) => deadline);

describe('the deadline board', () => {
  it('shows an organisation what it owes, and who leads what others owe on the case', async () => {
    const [own] = await rows('clinica-aurora');
    expect(own).toMatchObject({ deadline: 'service-start', organisation: 'clinica-aurora', mine: true, overdue: false });
    const led = (await rows('casa-lumina')).find(({ deadline }) => deadline === 'service-start');
    expect(led).toMatchObject({ organisation: 'clinica-aurora', mine: false, overdue: false });
    expect(await names('clinica-aurora')).toEqual(['service-start']);
    expect(await names('asociatia-punte')).toEqual([]);
  });

  it('names everything by the aliases of whoever reads', async () => {
    const [own] = await rows('clinica-aurora');
    const led = (await rows('casa-lumina')).find(({ deadline }) => deadline === 'service-start');
    expect(own?.caseId).toMatch(/^[\w-]{10,}$/);
    expect(own?.caseId).not.toBe(led?.caseId);
    expect(own?.thingId).not.toBe(led?.thingId);
  });

  it('is in order of time', async () => {
    const moments = (await rows('casa-lumina')).map(({ by }) => by);
    expect(moments.length).toBeGreaterThan(2);
    expect(moments).toEqual([...moments].sort());
  });

  it('shows the coordination what is overdue or due soon, and nothing that is due later', async () => {
    expect(await names('centrul-coordonare')).toContain('screening');
    expect(await names('centrul-coordonare')).not.toContain('risk-reassessment');
    expect(await names('casa-lumina')).toContain('risk-reassessment');
    // A worker of the coordination who does not coordinate sees nothing of it.
    expect(await names({ organisation: 'centrul-coordonare', roles: ['RAPP'] })).toEqual([]);
  });

  it('shows what waits until a moment, what is overdue, and what is still due', async () => {
    await tandem.pass(4 * DAY);
    expect(await names('casa-lumina', '?state=overdue')).toContain('screening');
    expect(await names('casa-lumina', '?state=due')).not.toContain('screening');
    const soon = encodeURIComponent(new Date(Date.parse(tandem.now()) + 30 * DAY).toISOString());
    expect(await names('casa-lumina', `?until=${soon}`)).not.toContain('risk-reassessment');
    expect((await rows('casa-lumina', '?state=overdue')).every(({ overdue }) => overdue)).toBe(true);
    expect((await rows('casa-lumina', '?state=due')).some(({ overdue }) => overdue)).toBe(false);
  });

  it.each(['?state=late', '?until=tomorrow', '?until=2026-13-01T00:00:00Z'])('refuses %s', async (query) => {
    expect((await tandem.as('casa-lumina').get(`/v1/deadlines${query}`)).body.code).toBe('query-invalid');
  });

  it('goes on page by page, each deadline once, with a cursor that is good for one organisation', async () => {
    const manager = tandem.as('casa-lumina');
    for (let more = 0; more < 60; more += 1) done(await manager.post('/v1/cases', NOTIFICATION));
    await tandem.settled();
    const all: Row[] = [];
    let next: string | undefined = '';
    while (next !== undefined) {
      const { body } = done(await manager.get(`/v1/deadlines${next === '' ? '' : `?after=${next}`}`));
      all.push(...(body.deadlines as readonly Row[]));
      next = body.next as string | undefined;
      if (next !== undefined) expect((await tandem.as('clinica-aurora').get(`/v1/deadlines?after=${next}`)).body.code).toBe('cursor-invalid');
    }
    expect(all.length).toBeGreaterThan(60);
    expect(new Set(all.map(({ deadline, thingId, by }) => `${deadline} ${thingId} ${by}`)).size).toBe(all.length);
    expect(all.map(({ by }) => by)).toEqual(all.map(({ by }) => by).sort());
  });

  it('is closed to a case that was erased', async () => {
    await tandem.pass(HOUR);
    expect((await rows('clinica-aurora')).length).toBe(1);
    done(await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
    await tandem.settled();
    expect(await names('clinica-aurora')).toEqual(['deletion-confirmation']);
    expect(await names('casa-lumina', '?state=overdue')).not.toContain('service-start');
  });
});
