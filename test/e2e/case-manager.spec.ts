/** A new case manager over HTTP: asked, answering, leading; and what it opens of what others recorded (docs/adr/0016). */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_FORM, NOTIFICATION, aCase, acceptance, consentTo, done, refer, referralTo } from '../support/story.js';
import { MINUTE, type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const SHELTER = 'casa-lumina';
const PUNTE = 'asociatia-punte';
const NAME = 'Ana Exemplu';
const STORY = 'What she told the first night.';

let tandem: Tandem;
let shelter: TestClient;
let punte: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  [shelter, punte] = [tandem.as(SHELTER), tandem.as(PUNTE)];
});
afterAll(async () => {
  await tandem.stop();
});

interface Asked {
  /** As the shelter knows the case. */
  readonly path: string;
  /** As the organisation that is asked knows it. */
  readonly theirs: string;
  /** As it finds the offer in its inbox. */
  readonly item: { readonly thingId: string; readonly offer: Readonly<Record<string, unknown>> };
}

async function offers(): Promise<readonly Asked['item'][]> {
  await tandem.settled();
  const { items } = done(await punte.get('/v1/inbox')).body as { items: (Asked['item'] & { waitsFor: string })[] };
  return items.filter(({ waitsFor }) => waitsFor === 'case-management-reply');
}

/** A case with a name and a story in it, offered to another case manager. */
async function asked(): Promise<Asked> {
  const path = await aCase(shelter, { ...NOTIFICATION, account: STORY });
  done(await shelter.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  done(await shelter.post(`${path}/identity`, { name: NAME }));
  const earlier = (await offers()).map(({ thingId }) => thingId);
  const { body } = done(await shelter.post(`${path}/case-manager`, { manager: PUNTE }));
  expect(body).toMatchObject({ recorded: ['CaseManagementOffered'], offerId: expect.any(String) });
  const item = (await offers()).find(({ thingId }) => !earlier.includes(thingId))!;
  const inside = (await tandem.engines.aliases.resolve(SHELTER, path.split('/').at(-1)!))!.thing;
  return { path, item, theirs: `/v1/cases/${await tandem.engines.aliases.aliasFor(PUNTE, 'case', inside, inside)}` };
}

const accepted = async (): Promise<Asked> => {
  const offer = await asked();
  done(await punte.post(`/v1/case-management-offers/${offer.item.thingId}/acceptance`, { worker: 'w-7' }));
  return offer;
};
const values = async (client: TestClient, path: string): Promise<string> =>
  JSON.stringify(done(await client.get(`${path}/personal-data?purpose=CARE`)).body.values);

describe('an organisation that is asked to lead a case', () => {
  it('is told what 8.4 lets it know before anything is agreed, and nothing else opens', async () => {
    const { item, theirs, path } = await asked();
    expect(item.offer).toEqual({
      offerId: item.thingId, manager: PUNTE, replyBy: expect.any(String), danger: false, region: 'RO11', ageBand: '26-40', underMinorRules: false,
      interpreterNeeded: false, raisedRisk: false,
    });
    for (const way of ['/personal-data?purpose=CARE', '/history', '/export', '/disclosures', '/person-page']) {
      const status = way === '/person-page' ? 403 : 404;
      expect({ way, status: (await punte.get(`${theirs}${way}`)).status }).toEqual({ way, status });
    }
    const shown = done(await punte.get(theirs)).body;
    expect(Object.keys(shown).sort()).toEqual(['caseId', 'stages']);
    expect(shown.stages.intake).toEqual({ offer: item.offer });
    for (const [way, body] of [['case-manager', { manager: PUNTE }], ['consents', consentTo('ASSESSMENT', PUNTE)], ['age', { ageBand: '14-17', ageStatus: 'DISPUTED' }]] as const) {
      expect({ way, status: (await punte.post(`${theirs}/${way}`, body)).status }).toEqual({ way, status: 404 });
    }
    expect((await shelter.get(path)).status).toBe(200);
  });

  it('answers in person and itself; nobody else knows of the offer', async () => {
    const { item } = await asked();
    const way = `/v1/case-management-offers/${item.thingId}/acceptance`;
    for (const other of ['clinica-aurora', SHELTER, 'centrul-coordonare']) expect((await tandem.as(other).post(way)).status).toBe(404);
    const system = await tandem.as({ organisation: PUNTE, human: false }).post(way);
    expect(system).toMatchObject({ status: 422, body: { code: 'human-required' } });
  });

  it('that declines sees nothing, and who led goes on', async () => {
    const { path, theirs, item } = await asked();
    done(await punte.post(`/v1/case-management-offers/${item.thingId}/decline`, { reason: 'NO_CAPACITY' }));
    expect((await punte.get(theirs)).status).toBe(404);
    expect((await punte.post(`/v1/case-management-offers/${item.thingId}/acceptance`)).status).toBe(409);
    expect((await shelter.get(path)).status).toBe(200);
  });
});

describe('the coordination', () => {
  it('routes a case that nobody leads without her name and address, and opens them as she agrees', async () => {
    const clinic = tandem.as('clinica-aurora');
    const path = await aCase(clinic, { ...NOTIFICATION, account: STORY });
    done(await clinic.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
    done(await clinic.post(`${path}/identity`, { name: NAME, address: 'Strada Lunga 3' }));
    const { aliases } = tandem.engines;
    const inside = (await aliases.resolve('clinica-aurora', path.split('/').at(-1)!))!.thing;
    const coordinator = tandem.as({ organisation: 'centrul-coordonare', roles: ['NRM_COORD'] });
    const theirs = `/v1/cases/${await aliases.aliasFor('centrul-coordonare', 'case', inside, inside)}`;
    expect(done(await coordinator.get(theirs)).body).toMatchObject({ region: 'RO11', identityRecorded: true });
    expect(await values(coordinator, theirs)).toBe('[]');
    done(await clinic.post(`${path}/consents`, consentTo('ASSESSMENT', 'centrul-coordonare', { dataCategories: ['identity', 'health'] })));
    expect(await values(coordinator, theirs)).toContain(NAME);
    expect(await values(coordinator, theirs)).not.toContain('Strada Lunga');
  });
});

describe('a new case manager', () => {
  it('leads from its acceptance on, and opens nothing that another organisation recorded', async () => {
    const { path, theirs } = await accepted();
    expect((await shelter.get(path)).body).toMatchObject({ opened: false });
    expect(done(await punte.get(theirs)).body).toMatchObject({ assistance: 'ACTIVE', identityRecorded: true, form: 'LABOUR' });
    expect(await values(punte, theirs)).toBe('[]');
    for (const role of ['SUP', 'DPO'] as const) expect(await values(tandem.as({ organisation: PUNTE, roles: [role] }), theirs)).toBe('[]');
    done(await punte.post(`${theirs}/consents`, consentTo('IDENTITY_RECORDING')));
    done(await punte.post(`${theirs}/identity`, { phone: '0700 000 017' }));
    const own = await values(punte, theirs);
    expect(own).toContain('0700 000 017');
    expect(own).not.toContain(NAME);
  });

  it('opens what the person agreed to, for as long as she agrees', async () => {
    const { theirs } = await accepted();
    done(await punte.post(`${theirs}/consents`, consentTo('REFERRAL', PUNTE, { dataCategories: ['identity'], evidence: 'Sheet 11, in the safe.' })));
    expect(await values(punte, theirs)).not.toContain(NAME);
    const { body } = done(await punte.post(`${theirs}/consents`, consentTo('ASSESSMENT', PUNTE, { dataCategories: ['identity'], evidence: 'Sheet 12, in the safe.' })));
    const shown = await values(punte, theirs);
    expect(shown).toContain(NAME);
    expect(shown).not.toContain(STORY);
    done(await punte.post(`${theirs}/consents/${body.consentId as string}/withdrawal`, { by: 'PERSON' }));
    expect(await values(punte, theirs)).not.toContain(NAME);
  });

  it('does not write alone that she agreed: a person does, with the sheet or with who else heard her', async () => {
    const { theirs } = await accepted();
    const agreed = (client: TestClient, more: object) => client.post(`${theirs}/consents`, consentTo('ASSESSMENT', PUNTE, { dataCategories: ['identity'], ...more }));
    const worker = tandem.as({ organisation: PUNTE, actor: 'worker-7' });
    const orally = { form: 'ORAL_WITNESSED' };
    const refused = [
      await agreed(tandem.as({ organisation: PUNTE, human: false }), { evidence: 'Sheet 12, in the safe.' }),
      await agreed(worker, {}), await agreed(worker, orally), await agreed(worker, { ...orally, evidence: ' worker-7 ' }),
    ].map(({ body }) => [body.code, body.details?.fields?.[0]]);
    expect(refused).toEqual([['human-required', undefined], ['evidence-missing', '/evidence'], ['witness-missing', '/evidence'], ['witness-missing', '/evidence']]);
    expect(await values(punte, theirs)).toBe('[]');
    done(await agreed(worker, { ...orally, evidence: 'worker-9' }));
    expect(await values(punte, theirs)).toContain(NAME);
  });

  it('waits for nobody where life is in danger: what was told without consent opens at once, and is reviewed', async () => {
    const { theirs } = await accepted();
    const danger = { ground: 'RISK_TO_LIFE', recipient: PUNTE, contents: ['IDENTITY'], reason: 'She does not answer the door.' };
    done(await punte.post(`${theirs}/disclosures-without-consent`, danger));
    const shown = await values(punte, theirs);
    expect(shown).toContain(NAME);
    expect(shown).not.toContain(STORY);
    await tandem.pass(25 * 3_600_000);
    expect(await values(punte, theirs)).not.toContain(NAME);
  });
});

describe('a house that led, and now only helps', () => {
  it('sees of the past what it sees today: neither what it saw while it led, nor what others wrote down since', async () => {
    const { path, item, theirs } = await asked();
    await tandem.pass(10 * MINUTE);
    const led = tandem.now();
    await tandem.pass(10 * MINUTE);
    done(await punte.post(`/v1/case-management-offers/${item.thingId}/acceptance`, {}));
    done(await punte.post(`${theirs}/consents`, { ...consentTo('LAW_ENFORCEMENT_SHARING', 'politia-exemplu'), occurredAt: led }));
    done(await punte.post(`${theirs}/consents`, consentTo('REFERRAL', SHELTER)));
    done(await punte.post(`${theirs}/risk-assessments`, FIRST_FORM));
    const referral = await refer(tandem, punte, theirs, referralTo(SHELTER, ['HOUS']));
    done(await shelter.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    await tandem.pass(MINUTE);
    const past = (client: TestClient, way: string, query: string) => client.get(`${way}?${query}`);
    expect(JSON.stringify(done(await past(punte, theirs, `factsAsOf=${tandem.now()}`)).body)).toContain('politia-exemplu');
    const helping = done(await past(shelter, path, `asOf=${tandem.now()}`)).body;
    expect(helping).toMatchObject({ assistance: 'ACTIVE', stages: { referral: expect.any(Object) } });
    for (const secret of ['identification', 'form']) expect(helping).not.toHaveProperty(secret);
    expect(JSON.stringify(helping)).not.toContain('politia-exemplu');
    const queries = [`factsAsOf=${led}`, `asOf=${led}`, `factsAsOf=${tandem.now()}`, 'revision=3'];
    expect(await Promise.all(queries.map(async (query) => (await past(shelter, path, query)).status))).toEqual([404, 404, 404, 404]);
  });
});
