/** Nobody has to remember to forget: two years after a case was closed the clock has the person erased, unless a court needs the data. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { allTold } from '../support/feed.js';
import { NOTIFICATION, FIRST_FORM, aCase, consentTo, done, fullRisk, refer, referralTo } from '../support/story.js';
import { DAY, type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const NAME = 'Ioana Exemplu';
let tandem: Tandem;
let manager: TestClient;
let officer: TestClient;
beforeEach(async () => {
  tandem = await startTandem();
  manager = tandem.as('casa-lumina');
  officer = tandem.as({ organisation: 'casa-lumina', actor: 'the-officer', roles: ['DPO'] });
});
afterEach(() => tandem.stop());

async function closedCase(notification: object = NOTIFICATION): Promise<string> {
  const path = await aCase(manager, notification);
  done(await manager.post(`${path}/consents`, { purpose: 'IDENTITY_RECORDING', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' }));
  done(await manager.post(`${path}/identity`, { name: NAME }));
  done(await manager.post(`${path}/risk-assessments`, fullRisk('CLOSURE', 1)));
  const proposal = { reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'She has a room and work.' };
  const { proposalId } = done(await manager.post(`${path}/closure`, proposal)).body as { proposalId: string };
  done(await tandem.as({ organisation: 'casa-lumina', actor: 'the-supervisor', roles: ['SUP'] }).post(`${path}/closure/${proposalId}/approval`));
  return path;
}
async function erased(): Promise<void> {
  for await (const page of tandem.engines.store.subscribe(START, new AbortController().signal)) if (page.some(({ type }) => type === 'IdentityErased')) return;
}
const recorded = async (): Promise<readonly string[]> => (await Array.fromAsync(tandem.engines.store.readAll(START))).flat().map(({ type }) => type);
const nameIn = async (path: string): Promise<string> => JSON.stringify((await manager.get(`${path}/personal-data?purpose=CARE`)).body);

it('a closed case is erased when its time is over, and the officer saw it coming', async () => {
  const path = await closedCase();
  await tandem.pass(720 * DAY);
  expect(await nameIn(path)).toContain(NAME);
  const { deadlines } = done(await officer.get('/v1/deadlines')).body as { deadlines: { deadline: string }[] };
  expect(deadlines.map(({ deadline }) => deadline)).toContain('retention');
  await tandem.pass(15 * DAY);
  await erased();
  expect(await recorded()).toContain('ErasureOrdered');
  expect((await manager.get(path)).status).toBe(404);
});

it('a legal hold keeps it; once the hold is lifted it goes', async () => {
  const path = await closedCase();
  const { holdId } = done(await officer.post(`${path}/legal-hold`, { ground: 'COURT_ORDER' })).body as { holdId: string };
  await tandem.pass(1000 * DAY);
  expect(await nameIn(path)).toContain(NAME);
  expect(await recorded()).not.toContain('ErasureOrdered');
  done(await officer.post(`${path}/legal-hold/${holdId}/lifting`));
  await tandem.settled();
  await erased();
  expect((await manager.get(path)).status).toBe(404);
});

it('a case that no house ever led is the coordination’s to answer for: its officer has the recipient that says nothing on the board', async () => {
  const police = tandem.as('politia-exemplu');
  const path = await aCase(police);
  done(await police.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await police.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
  const referral = await refer(tandem, police, path, referralTo('clinica-aurora', ['MED.GEN']));
  done(await tandem.as('clinica-aurora').post(`/v1/referrals/${referral}/decline`, { reason: 'NO_CAPACITY' }));
  done(await police.post(`${path}/screenings`, { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, answers: [] }));
  done(await police.post(`${path}/screening-out`, { reason: 'NO_INDICATION', ledToOtherProtection: true }));
  await tandem.pass(190 * DAY);
  await erased();
  await tandem.pass(3 * DAY);
  await allTold(tandem);
  const answering = tandem.as({ organisation: 'centrul-coordonare', actor: 'the-officer', roles: ['DPO'] });
  const chases = async () => {
    await tandem.settled();
    const { deadlines } = done(await answering.get('/v1/deadlines')).body as { deadlines: { deadline: string; caseId: string; thingId: string; mine: boolean }[] };
    return deadlines.filter(({ deadline }) => deadline === 'deletion-chase');
  };
  const [chase] = await chases();
  expect(chase).toMatchObject({ mine: true });
  for (const other of [police, officer, tandem.as({ organisation: 'centrul-coordonare', roles: ['NRM_COORD'] })])
    expect((await other.post(`/v1/cases/${chase!.caseId}/referrals/${chase!.thingId}/deletion-chase-end`, { reason: 'NO_ANSWER' })).status).toBe(404);
  done(await answering.post(`/v1/cases/${chase!.caseId}/referrals/${chase!.thingId}/deletion-chase-end`, { reason: 'NO_ANSWER' }));
  expect(await chases()).toEqual([]);
});
