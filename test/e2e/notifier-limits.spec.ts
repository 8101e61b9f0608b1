/**
 * Who found her keeps its own notification: once another leads the case, nothing that it may send tells it how the case goes on,
 * and what helps is never refused. Source: domain.md 8.3, 12.1 R-1, R-3, R-5; architecture.md 6.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { register } from '#mechanism';
import { FIRST_FORM, NOTIFICATION, RIGHTS, aCase, acceptance, consentTo, done, fullRisk, newInInbox, refer, referralTo, shapeOf } from '../support/story.js';
import { type Tandem, type TestClient, startTandem } from '../support/tandem.js';

let tandem: Tandem;
let police: TestClient;
let manager: TestClient;
let coordinator: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  police = tandem.as('politia-exemplu');
  manager = tandem.as({ organisation: 'casa-lumina', roles: ['CM'] });
  coordinator = tandem.as({ organisation: 'centrul-coordonare', roles: ['NRM_COORD'] });
});
afterAll(() => tandem.stop());

/** Police notified and did what it could; a house that the coordination asked leads since. The case as both know it. */
async function ledByAnother(): Promise<{ theirs: string; path: string; consent: string }> {
  const listed = async (): Promise<string[]> => (done(await coordinator.get('/v1/cases')).body.cases as { caseId: string }[]).map(({ caseId }) => caseId);
  const before = await listed();
  const theirs = `/v1/cases/${done(await police.post('/v1/cases', NOTIFICATION)).body.caseId as string}`;
  done(await police.post(`${theirs}/rights-information`, RIGHTS));
  const { consentId } = done(await police.post(`${theirs}/consents`, consentTo('IDENTITY_RECORDING'))).body;
  await tandem.settled();
  const caseId = (await listed()).find((id) => !before.includes(id))!;
  const offer = await newInInbox(tandem, manager, 'case-management-reply', async () => done(await coordinator.post(`/v1/cases/${caseId}/case-manager`, { manager: 'casa-lumina' })));
  const accepted = done(await manager.post(`/v1/case-management-offers/${offer}/acceptance`, {}));
  return { theirs, path: `/v1/cases/${accepted.body.caseId as string}`, consent: `${theirs}/consents/${consentId as string}` };
}

describe('police that keeps only its own notification', () => {
  it('finds no house by asking whom she agreed to be referred to', async () => {
    const { theirs, path } = await ledByAnother();
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    const ask = (where: string, recipient: string) => police.post(`${where}/referrals`, referralTo(recipient, ['MED'], 'ROUTINE'));
    const unknown = shapeOf(await ask(`/v1/cases/${randomUUID()}`, 'casa-verde'));
    for (const recipient of ['casa-verde', 'podul-intoarcerii']) expect(shapeOf(await ask(theirs, recipient))).toBe(unknown);
  });

  it('is told of no state by which a step is refused', async () => {
    const { theirs, path } = await ledByAnother();
    done(await manager.post(`${path}/presumption`, { grounds: 'What we saw.' }));
    done(await manager.post(`${path}/formal-identification/decline`, { reason: 'DISTRUST' }));
    for (const [step, body] of [['presumption', { grounds: 'x' }], ['age', { ageBand: '26-40', ageStatus: 'CLAIMED' }], ['screenings/not-now', { until: '2106-01-01T00:00:00Z' }]] as const)
      expect(shapeOf(await police.post(`${theirs}/${step}`, body))).toBe(shapeOf(await police.post(`/v1/cases/${randomUUID()}/${step}`, body)));
  });

  it('sees by no tag, and counts by no receipt, what others record', async () => {
    const { theirs, path } = await ledByAnother();
    const before = done(await police.get(theirs));
    const give = async () => done(await police.post(`${theirs}/basic-needs`, { met: ['FOOD'], refused: [] }));
    const first = await give();
    for (const recipient of ['casa-verde', 'clinica-aurora']) done(await manager.post(`${path}/consents`, consentTo('REFERRAL', recipient)));
    const [second, after] = [await give(), done(await police.get(theirs))];
    expect(after.body).toEqual(before.body);
    expect([first, second, after].map(({ headers }) => headers.get('etag'))).toEqual(Array(3).fill(before.headers.get('etag')));
    for (const { body } of [first, second]) expect(Object.keys(body.receipt)).toEqual(['chain']);
    expect((await police.post(`${theirs}/basic-needs`, { met: ['SLEEP'], refused: [] }, { 'if-match': before.headers.get('etag')! })).status).toBe(200);
  });

  it('reads no past by which it could count, and no name in it', async () => {
    const { theirs, path } = await ledByAnother();
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    const past = done(await police.get(`${theirs}?asOf=${tandem.now()}`)).body;
    expect(past.asOf).toEqual({ at: expect.any(String), reference: expect.any(Object) });
    expect(JSON.stringify(past)).not.toMatch(/casa-/);
    expect(await Promise.all(['0', '5', '999'].map(async (revision) => (await police.get(`${theirs}?revision=${revision}`)).status))).toEqual([404, 404, 404]);
  });

  it('still helps, tells in danger, records what she takes back, and says stop for her', async () => {
    const { theirs, path, consent } = await ledByAnother();
    done(await police.post(`${theirs}/basic-needs`, { met: ['SAFE_PLACE'], refused: [] }));
    done(await police.post(`${theirs}/disclosures-without-consent`, { ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.' }));
    expect(done(await police.post(`${consent}/withdrawal`, { by: 'PERSON' })).body.recorded).toEqual(['ConsentWithdrawn']);
    expect(done(await police.post(`${theirs}/withdrawals`, { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' })).body.recorded).toEqual(['WithdrawalStated']);
    expect(done(await manager.get(path)).body).toMatchObject({ withdrawals: [{ statedTo: 'politia-exemplu' }], overrides: [{ recipient: 'clinica-aurora' }] });
  });

  it('acts as before while nobody leads', async () => {
    const theirs = `/v1/cases/${done(await police.post('/v1/cases', NOTIFICATION)).body.caseId as string}`;
    done(await police.post(`${theirs}/risk-assessments`, FIRST_FORM));
    done(await police.post(`${theirs}/presumption`, { grounds: 'Locked in.' }));
  });
});

describe('who led the case once', () => {
  it('assesses, ends and takes back nothing after another leads it; what it owed passes on', async () => {
    const [lumina, punte] = [tandem.as('casa-lumina'), tandem.as('asociatia-punte')];
    const path = await aCase(lumina);
    done(await lumina.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde')));
    await refer(tandem, lumina, path, referralTo('casa-verde', ['HOUS.EMERG'], 'EMERGENCY'));
    const { referralId } = done(await lumina.get(path)).body.stages.referral.referrals[0];
    const owed = async (client: TestClient) => (done(await client.get('/v1/inbox')).body.items as { waitsFor: string }[]).filter(({ waitsFor }) => waitsFor === 'risk-first-form').length;
    const before = [await owed(lumina), await owed(punte)];
    const offer = await newInInbox(tandem, punte, 'case-management-reply', async () => done(await lumina.post(`${path}/case-manager`, { manager: 'asociatia-punte' })));
    const led = `/v1/cases/${done(await punte.post(`/v1/case-management-offers/${offer}/acceptance`, {})).body.caseId as string}`;
    const closure = { reason: 'DUPLICATE', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'x' };
    for (const [step, body] of [['risk-assessments', fullRisk('REVIEW', 1)], ['closure', closure], [`referrals/${referralId as string}/cancellation`, { reason: 'ERROR' }]] as const)
      expect(await lumina.post(`${path}/${step}`, body)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(done(await punte.get(led)).body.stages.referral.referrals[0]).toMatchObject({ status: 'REQUESTED' });
    expect(done(await lumina.get(path)).body.stages.referral.referrals).toEqual([]);
    await tandem.settled();
    expect([await owed(lumina), await owed(punte)]).toEqual([before[0]! - 1, before[1]! + 1]);
  });
});

describe('a provider whose view went dark', () => {
  it('is told of an old write what it is told of an unknown case', async () => {
    const [lumina, clinic] = [tandem.as('casa-lumina'), tandem.as('clinica-aurora')];
    const path = await aCase(lumina);
    done(await lumina.post(`${path}/risk-assessments`, FIRST_FORM));
    const { consentId } = done(await lumina.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora'))).body;
    const referral = await refer(tandem, lumina, path, referralTo('clinica-aurora', ['MED']));
    const theirs = `/v1/cases/${done(await clinic.get(`/v1/referrals/${referral}`)).body.caseId as string}`;
    done(await clinic.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    const [key, refused] = [{ 'idempotency-key': randomUUID() }, { 'idempotency-key': randomUUID() }];
    const give = (where: string) => clinic.post(`${where}/basic-needs`, { met: ['FOOD'], refused: [] }, key);
    const consent = (where: string) => clinic.post(`${where}/consents`, consentTo('REFERRAL', 'no-such-house'), refused);
    const first = done(await give(theirs));
    expect(Object.keys(first.body.receipt)).toEqual(['chain']);
    expect((await give(theirs)).body).toEqual(first.body);
    expect((await consent(theirs)).status).toBe(422);
    done(await lumina.post(`${path}/consents/${consentId as string}/withdrawal`, { by: 'PERSON' }));
    for (const again of [give, consent]) expect(shapeOf(await again(theirs))).toBe(shapeOf(await again(`/v1/cases/${randomUUID()}`)));
  });

  it('hears again of the write by which it ended its view itself: an answer may be lost', async () => {
    const [lumina, clinic] = [tandem.as('casa-lumina'), tandem.as('clinica-aurora')];
    const path = await aCase(lumina);
    done(await lumina.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await lumina.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
    const referral = await refer(tandem, lumina, path, referralTo('clinica-aurora', ['MED']));
    const theirs = `/v1/cases/${done(await clinic.get(`/v1/referrals/${referral}`)).body.caseId as string}`;
    done(await clinic.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    const { consents } = done(await clinic.get(theirs)).body;
    const key = { 'idempotency-key': randomUUID() };
    const stop = () => clinic.post(`${theirs}/consents/${consents[0].consentId as string}/withdrawal`, { by: 'PERSON' }, key);
    const first = done(await stop());
    expect((await clinic.get(theirs)).status).toBe(404);
    const second = await stop();
    done(await lumina.post(`${path}/consents`, consentTo('REFERRAL', 'cabinet-echilibru')));
    const third = await stop();
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect(third.headers.get('etag')).toBe(second.headers.get('etag'));
  });
});

describe('a channel through which persons notify themselves', () => {
  it('shows one person nothing of another, and lets none say anything for another', async () => {
    await register(tandem.engines.store, { id: 'vocea-mea', name: 'Vocea mea', kind: 'NGO', country: 'RO', regions: [], acceptsMinors: true, roles: ['PERSON', 'DETECT'], services: [] },
      { actor: 'setup', organisation: 'tandem' }, tandem.now);
    await tandem.engines.directory.catchUp();
    const person = (actor: string) => tandem.as({ organisation: 'vocea-mea', actor, roles: ['PERSON'] });
    const [ana, other] = [person('ana'), person('he')];
    const { caseId } = done(await ana.post('/v1/cases', { ...NOTIFICATION, channel: 'SELF_REPORT', grounds: ['SELF_IDENTIFIED'] })).body;
    await tandem.settled();
    expect(done(await ana.get('/v1/cases')).body.cases).toEqual([expect.objectContaining({ caseId, scope: 'OWN' })]);
    const stop = { purpose: 'ALL', by: 'PERSON', medium: 'MESSAGE' };
    for (const stranger of [other, tandem.as({ organisation: 'vocea-mea', actor: 'staff', roles: ['DETECT'] })]) {
      expect(done(await stranger.get('/v1/cases')).body.cases).toEqual([]);
      expect((await stranger.get(`/v1/cases/${caseId as string}`)).status).toBe(404);
      expect(shapeOf(await stranger.post(`/v1/cases/${caseId as string}/withdrawals`, stop))).toBe(shapeOf(await stranger.post(`/v1/cases/${randomUUID()}/withdrawals`, stop)));
    }
    for (const list of ['/v1/inbox', '/v1/deadlines', '/v1/feed']) expect(JSON.stringify(done(await other.get(list)).body)).not.toContain(caseId);
    expect(done(await ana.post(`/v1/cases/${caseId as string}/withdrawals`, stop)).body.recorded).toEqual(['WithdrawalStated']);
  });
});
