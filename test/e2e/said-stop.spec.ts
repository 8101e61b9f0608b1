/** She says stop to whoever is there: one who does not know what she agreed to records it, and learns nothing (R-5, INV-12). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { register } from '#mechanism';
import { FIRST_FORM, NOTIFICATION, newInInbox, aCase, acceptance, consentTo, done, refer, referralTo } from '../support/story.js';
import { HOUR, type Reply, type Tandem, type TestClient, startTandem } from '../support/tandem.js';
import { allTold, heard } from '../support/feed.js';

const [CLINIC, PUNTE] = ['clinica-aurora', 'asociatia-punte'];
const STOP = { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON', words: 'Enough. I want nobody to know any more.' };

let tandem: Tandem;
let manager: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  manager = tandem.as('casa-lumina');
});
afterAll(() => tandem.stop());

/** A request to a provider that looked at it: its name for the referral, and for the case. */
async function asked(path: string, provider: string, services: readonly string[]): Promise<{ referral: string; theirs: string }> {
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', provider)));
  const referral = await refer(tandem, manager, path, referralTo(provider, services));
  const { body } = done(await tandem.as(provider).get(`/v1/referrals/${referral}`));
  return { referral, theirs: `/v1/cases/${body.caseId as string}` };
}

interface Met { readonly path: string; readonly clinic: string; readonly clinicsReferral: string; readonly punte: string }

/** The clinic works with her; Asociația Punte was asked once, and declined. */
async function met(): Promise<Met> {
  const path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  const past = await asked(path, PUNTE, ['JPLC']);
  done(await tandem.as(PUNTE).post(`/v1/referrals/${past.referral}/decline`, { reason: 'NO_CAPACITY' }));
  const now = await asked(path, CLINIC, ['MED']);
  done(await tandem.as(CLINIC).post(`/v1/referrals/${now.referral}/acceptance`, acceptance(tandem.now())));
  return { path, clinic: now.theirs, clinicsReferral: now.referral, punte: past.theirs };
}

/** An answer with all that differs between any two answers taken out: names, places in the log, tags, time. */
function shapeOf({ status, headers, body }: Reply): object {
  const masked = JSON.stringify(body).replace(/[0-9a-f]{64}|[0-9a-f-]{36}/g, '#');
  return { status, headers: [...headers.keys()].sort(), masked };
}

describe('a partner that was asked once, and does not see the case', () => {
  it('records her stop: every door shuts at once, and what was received is to be deleted', async () => {
    const { path, clinic, clinicsReferral, punte } = await met();
    expect((await tandem.as(PUNTE).get(punte)).status).toBe(404);
    done(await tandem.as(CLINIC).get(clinic));
    const { body } = done(await tandem.as(PUNTE).post(`${punte}/withdrawals`, STOP));
    expect(body.recorded).toEqual(['WithdrawalStated']);
    expect((await tandem.as(CLINIC).get(clinic)).status).toBe(404);
    expect((await tandem.as(CLINIC).get(`${clinic}/personal-data?purpose=CARE`)).status).toBe(404);
    await tandem.settled();
    const led = done(await manager.get(path)).body;
    expect(led.stages.referral.referrals.map((one: { status: string }) => one.status)).toEqual(['DECLINED', 'CANCELLED']);
    expect(led.consents.map((one: { live: boolean }) => one.live)).toEqual([false, false]);
    expect(led.withdrawals).toEqual([{ purpose: 'ALL', by: 'PERSON', statedTo: PUNTE, statedAt: expect.any(String) }]);
    const { items } = done(await tandem.as(CLINIC).get('/v1/inbox')).body;
    expect(items).toContainEqual(expect.objectContaining({ waitsFor: 'deletion-confirmation', thingId: clinicsReferral }));
    // What she said stays with whom she said it to: it may be about who leads (docs/adr/0016).
    const words = done(await manager.get(`${path}/personal-data?purpose=CARE`)).body;
    expect(JSON.stringify(words)).not.toContain(STOP.words);
  });

  it('is told the same whether she had agreed to anything or not', async () => {
    const agreed = await met();
    const nothing = await met();
    const { consents } = done(await manager.get(nothing.path)).body;
    for (const { consentId } of consents) done(await manager.post(`${nothing.path}/consents/${consentId as string}/withdrawal`, { by: 'PERSON' }));
    const say = (theirs: string, more: object = {}) => tandem.as(PUNTE).post(`${theirs}/withdrawals`, { ...STOP, ...more });
    const answers = [
      await say(agreed.punte), await say(agreed.punte), await say(nothing.punte), await say(nothing.punte, { purpose: 'RETURN', recipient: 'podul-intoarcerii' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => JSON.stringify(shapeOf(answer)))).size).toBe(1);
    // A revision would count what followed on the first of two.
    expect(answers[0]!.body.receipt).toEqual({ chain: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const changed = await tandem.as(PUNTE).post(`${agreed.punte}/withdrawals`, STOP, { 'if-match': answers[1]!.headers.get('etag')! });
    const still = await tandem.as(PUNTE).post(`${nothing.punte}/withdrawals`, STOP, { 'if-match': answers[3]!.headers.get('etag')! });
    expect([changed.status, still.status]).toEqual([412, 412]);
    expect((await tandem.as(PUNTE).get(agreed.punte)).status).toBe(404);
  });

  it('repeats its wish without saying it twice', async () => {
    const { path, punte } = await met();
    const key = { 'idempotency-key': randomUUID() };
    const [one, two] = [await tandem.as(PUNTE).post(`${punte}/withdrawals`, STOP, key), await tandem.as(PUNTE).post(`${punte}/withdrawals`, STOP, key)];
    expect(two.body).toEqual(one.body);
    expect(done(await manager.get(path)).body.withdrawals).toHaveLength(1);
  });

  it('stops nothing that she agrees to afterwards', async () => {
    const { path, punte } = await met();
    done(await tandem.as(PUNTE).post(`${punte}/withdrawals`, STOP));
    await tandem.settled();
    await tandem.pass(HOUR);
    const again = await asked(path, CLINIC, ['PSY']);
    done(await tandem.as(CLINIC).post(`/v1/referrals/${again.referral}/acceptance`, acceptance(tandem.now())));
    done(await tandem.as(CLINIC).get(again.theirs));
  });
});

describe('a provider with an open request', () => {
  it('records that she wants it to stop: its own offer is gone, and who leads the case is told to look', async () => {
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    const { referral, theirs } = await asked(path, CLINIC, ['MED']);
    const { punte } = await met();
    const before = await heard(manager);
    done(await tandem.as(CLINIC).post(`${theirs}/withdrawals`, { purpose: 'REFERRAL', recipient: CLINIC, by: 'PERSON', medium: 'PHONE' }));
    expect((await tandem.as(CLINIC).get(`/v1/referrals/${referral}`)).status).toBe(404);
    // Refused for the consent, or for the clock that was there first.
    expect((await tandem.as(CLINIC).post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now()))).body.code).toMatch(/^(consent-missing|wrong-state)$/);
    await allTold(tandem);
    const { items } = await heard(manager, before.next);
    expect(items.map(({ notice }) => notice.data.reference)).toContain(path.split('/').at(-1));
    expect((await tandem.as(CLINIC).post(`${punte}/withdrawals`, STOP)).status).toBe(404);
  });
});

describe('others', () => {
  it('she herself says it where she notified herself', async () => {
    await register(tandem.engines.store, { id: 'vocea-mea', name: 'Vocea mea', kind: 'NGO', country: 'RO', regions: [], acceptsMinors: true, roles: ['PERSON'], services: [] },
      { actor: 'setup', organisation: 'tandem' }, tandem.now);
    await tandem.engines.directory.catchUp();
    const herself = tandem.as('vocea-mea');
    const { body } = done(await herself.post('/v1/cases', { ...NOTIFICATION, channel: 'SELF_REPORT', grounds: ['SELF_IDENTIFIED'] }));
    expect(done(await herself.post(`/v1/cases/${body.caseId as string}/withdrawals`, STOP)).body.recorded).toEqual(['WithdrawalStated']);
  });

  it('she herself says who shall not lead her case, also while that house leads it', async () => {
    const { aliases } = tandem.engines;
    const herself = tandem.as('vocea-mea');
    const { caseId } = done(await herself.post('/v1/cases', { ...NOTIFICATION, channel: 'SELF_REPORT', grounds: ['SELF_IDENTIFIED'] })).body as { caseId: string };
    const inside = (await aliases.resolve('vocea-mea', caseId))?.thing ?? '';
    const coordination = tandem.as('centrul-coordonare');
    const path = `/v1/cases/${await aliases.aliasFor('centrul-coordonare', 'case', inside, inside)}`;
    const offer = await newInInbox(tandem, tandem.as('casa-lumina'), 'case-management-reply', () => coordination.post(`${path}/case-manager`, { manager: 'casa-lumina' }));
    done(await tandem.as('casa-lumina').post(`/v1/case-management-offers/${offer}/acceptance`, {}));
    done(await herself.post(`/v1/cases/${caseId}/case-manager/other`, { wish: 'A woman, please.' }));
    await tandem.settled();
    const { deadlines } = done(await coordination.get('/v1/deadlines')).body as { deadlines: { deadline: string; caseId: string }[] };
    expect(deadlines.filter(({ deadline }) => deadline === 'other-case-manager').map(({ caseId: of }) => `/v1/cases/${of}`)).toContain(path);
    // Everything else of hers is with who leads: she is answered as of an unknown case.
    expect((await herself.post(`/v1/cases/${caseId}/needs`, { needs: ['LEGAL'], partial: false })).status).toBe(404);
  });

  it('that never met her are told what they are told of an unknown case', async () => {
    const { punte } = await met();
    const police = tandem.as('politia-exemplu');
    const [foreign, unknown] = [await police.post(`${punte}/withdrawals`, STOP), await police.post(`/v1/cases/${randomUUID()}/withdrawals`, STOP)];
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(shapeOf(foreign)).toEqual(shapeOf(unknown));
  });

  it('are no people’s names: an organisation that the directory does not have is refused', async () => {
    const { punte } = await met();
    expect((await tandem.as(PUNTE).post(`${punte}/withdrawals`, { ...STOP, recipient: 'ana-exemplu' })).body.code).toBe('recipient-unknown');
  });
});
