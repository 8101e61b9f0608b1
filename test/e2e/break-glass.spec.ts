/** Emergency access over HTTP: who may, what it shows, that everybody hears of it, and that nobody learns anything by trying. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MINUTE, type Tandem, type TestClient, startTandem } from '../support/tandem.js';
import { FIRST_FORM, NOTIFICATION, RIGHTS, aCase, acceptedReferral, consentTo, done, shapeOf } from '../support/story.js';

const CLINIC = 'clinica-aurora';
const NAME = 'Ana Exemplu';
const STORY = 'What she told the first night.';
const REASON = { reason: 'MEDICAL_EMERGENCY', account: 'She lies unconscious in our ward.' };

let tandem: Tandem;
let shelter: TestClient;
let doctor: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  shelter = tandem.as('casa-lumina');
  doctor = tandem.as({ organisation: CLINIC, actor: 'doctor-1' });
});
afterAll(async () => {
  await tandem.stop();
});

async function aStrangersCase(): Promise<string> {
  const path = await aCase(shelter, { ...NOTIFICATION, account: STORY });
  done(await shelter.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await shelter.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  done(await shelter.post(`${path}/identity`, { name: NAME }));
  return path;
}
/** The shelter leads what the police notified, and may record who she is: the case as the shelter knows it. */
async function ledFrom(theirs: string): Promise<string> {
  const { aliases } = tandem.engines;
  const inside = (await aliases.resolve('politia-exemplu', theirs.split('/').at(-1)!))!.thing;
  const coordinators = `/v1/cases/${await aliases.aliasFor('centrul-coordonare', 'case', inside, inside)}`;
  done(await tandem.as('centrul-coordonare').post(`${coordinators}/case-manager`, { manager: 'casa-lumina' }));
  await tandem.settled();
  const { items } = done(await shelter.get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
  const offer = items.find(({ waitsFor }) => waitsFor === 'case-management-reply')!;
  const path = `/v1/cases/${done(await shelter.post(`/v1/case-management-offers/${offer.thingId}/acceptance`, {})).body.caseId as string}`;
  done(await shelter.post(`${path}/rights-information`, RIGHTS));
  done(await shelter.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  return path;
}

describe('a doctor whom nobody asked', () => {
  it('opens a case by the name that the shelter told her, for four hours, and sees what saves a life', async () => {
    const path = await aStrangersCase();
    const { body } = done(await doctor.post(`${path}/break-glass`, REASON));
    expect(body).toMatchObject({ recorded: ['GlassBroken'], receipt: { chain: expect.any(String) } });
    expect(body.receipt).not.toHaveProperty('revision');
    const theirs = `/v1/cases/${body.caseId as string}`;
    expect(theirs).not.toBe(path);
    const shown = done(await doctor.get(theirs)).body;
    expect(Object.keys(shown.stages)).toEqual(['risk-assessment']);
    expect(shown).not.toHaveProperty('form');
    const values = JSON.stringify(done(await doctor.get(`${theirs}/personal-data?purpose=CARE`)).body);
    expect(values).toContain(NAME);
    expect(values).not.toContain(STORY);
    for (const way of ['/history', '/export', '/disclosures', '/person-page']) expect((await doctor.get(`${theirs}${way}`)).status).toBeGreaterThanOrEqual(403);
    expect((await doctor.post(`${theirs}/consents`, consentTo('ASSESSMENT'))).status).toBe(404);
    expect((await tandem.as({ organisation: CLINIC, actor: 'doctor-2' }).get(theirs)).status).toBe(404);
    expect((await tandem.as({ organisation: CLINIC, actor: 'doctor-1', human: false }).get(theirs)).status).toBe(404);
    await tandem.pass(4 * 3_600_000);
    expect((await doctor.get(theirs)).status).toBe(404);
    expect((await doctor.get(`${theirs}/personal-data?purpose=CARE`)).status).toBe(404);
  });

  it('is told of: a neutral notice, a review that is owed, every look in the log, and the person’s page', async () => {
    const path = await aStrangersCase();
    const { body } = done(await doctor.post(`${path}/break-glass`, REASON));
    done(await doctor.get(`/v1/cases/${body.caseId as string}`));
    done(await doctor.get(`/v1/cases/${body.caseId as string}/personal-data?purpose=CARE`));
    await tandem.settled();
    const officer = tandem.as({ organisation: 'casa-lumina', actor: 'officer', roles: ['DPO'] });
    const coordinator = tandem.as({ organisation: 'centrul-coordonare', actor: 'coordinator' });
    const owed = [...done(await officer.get('/v1/inbox')).body.items, ...done(await coordinator.get('/v1/inbox')).body.items] as { waitsFor: string }[];
    expect(owed.filter(({ waitsFor }) => waitsFor === 'break-glass-review').length).toBeGreaterThan(0);
    const manager = tandem.as({ organisation: 'casa-lumina', roles: ['CM'] });
    const { disclosures } = done(await manager.get(`${path}/disclosures`)).body;
    expect(disclosures.filter((one: { organisation: string }) => one.organisation === CLINIC)).toEqual([
      expect.objectContaining({ purpose: 'BREAK_GLASS', ground: 'BREAK_GLASS', categories: [] }),
      expect.objectContaining({ purpose: 'CARE', ground: 'BREAK_GLASS', categories: expect.arrayContaining(['identity']) }),
    ]);
    const page = JSON.stringify(done(await manager.get(`${path}/person-page?language=en`)).body);
    expect(page).toContain('because a doctor had to help you at once. A second person still has to check it.');
    const { stages } = done(await manager.get(path)).body;
    const { openingId } = stages['break-glass'].openings[0];
    done(await tandem.as({ organisation: 'casa-lumina', actor: 'supervisor', roles: ['SUP'] }).post(`${path}/break-glass/${openingId as string}/review`, { result: 'NOT_UPHELD' }));
    expect((await doctor.get(`/v1/cases/${body.caseId as string}`)).status).toBe(404);
  });
});

describe('broken glass', () => {
  it.each(['asOf', 'factsAsOf'])('opens the case of this hour and no past of it (?%s=), now or later', async (name) => {
    const path = await aStrangersCase();
    const { caseId } = done(await doctor.post(`${path}/break-glass`, REASON)).body;
    await tandem.pass(MINUTE);
    const then = encodeURIComponent(tandem.now());
    const theirs = `/v1/cases/${caseId as string}`;
    const past = async () => shapeOf(await doctor.get(`${theirs}?${name}=${then}`));
    const nothing = shapeOf(await doctor.get(`${theirs}?asOf=2020-01-01T00:00:00Z`));
    expect(await past()).toBe(nothing);
    await tandem.pass(MINUTE);
    // Helping her opens the case as a helper sees it, and not what was seen through the glass.
    await acceptedReferral(tandem, path, CLINIC, ['MED']);
    expect((await doctor.get(theirs)).status).toBe(200);
    expect(await past()).toBe(nothing);
  });

  it('does not open again what was seen while she was helped', async () => {
    const path = await aStrangersCase();
    await acceptedReferral(tandem, path, CLINIC, ['MED']);
    await tandem.pass(MINUTE);
    const helping = tandem.now();
    await tandem.pass(MINUTE);
    done(await shelter.post(`${path}/withdrawals`, { purpose: 'ALL', by: 'PERSON', medium: 'PHONE' }));
    await tandem.settled();
    const { caseId } = done(await doctor.post(`${path}/break-glass`, REASON)).body;
    expect((await doctor.get(`/v1/cases/${caseId as string}`)).status).toBe(200);
    expect((await doctor.get(`/v1/cases/${caseId as string}?asOf=${helping}`)).status).toBe(404);
  });
});

describe('the police, after she declined (scenario 16)', () => {
  it('opens nothing by its own name of the case, hears what it would hear of any other, and is told of on her page', async () => {
    const police = tandem.as({ organisation: 'politia-exemplu', actor: 'inspector' });
    const theirs = `/v1/cases/${done(await police.post('/v1/cases', NOTIFICATION)).body.caseId as string}`;
    const path = await ledFrom(theirs);
    done(await shelter.post(`${path}/identity`, { name: NAME, address: 'Strada Lunga 3' }));
    done(await shelter.post(`${path}/presumption`, { grounds: 'What she was promised, and what it was.' }));
    done(await shelter.post(`${path}/formal-identification/decline`, { reason: 'DISTRUST' }));
    const search = { reason: 'MISSING_PERSON', account: 'Her brother asks for her.' };
    const nothing = shapeOf(await police.post(`/v1/cases/${randomUUID()}/break-glass`, search));
    for (const name of [theirs, path]) {
      expect(shapeOf(await police.post(`${name}/break-glass`, search))).toBe(nothing);
      expect((await police.get(`${name}/personal-data?purpose=RISK`)).status).toBe(404);
    }
    const tried = done(await shelter.get(`${path}/person-page?language=en`)).body.sections.find(({ name }: { name: string }) => name === 'tried');
    expect(tried.lines.join()).toMatch(/Poliția.*4 times/);
    expect(done(await shelter.get(path)).body.stages['break-glass']).toEqual({});
  });

  it('is told where she is by who holds her data, when her life is in danger (R-3)', async () => {
    const path = await aStrangersCase();
    const told = { ground: 'RISK_TO_LIFE', recipient: 'politia-exemplu', contents: ['IDENTITY', 'LOCATION'], reason: 'He stands at the door with a knife.' };
    done(await shelter.post(`${path}/disclosures-without-consent`, told));
  });
});

describe('an organisation that neither houses nor cares for her', () => {
  it('sees who she is through broken glass, and not where', async () => {
    const path = await aStrangersCase();
    done(await shelter.post(`${path}/identity`, { address: 'Strada Lunga 3' }));
    const traveller = tandem.as({ organisation: 'podul-intoarcerii', actor: 'traveller', roles: ['RET_ORG'] });
    const { caseId } = done(await traveller.post(`${path}/break-glass`, REASON)).body;
    const values = JSON.stringify(done(await traveller.get(`/v1/cases/${caseId as string}/personal-data?purpose=RISK`)).body);
    expect([values.includes(NAME), values.includes('Strada Lunga')]).toEqual([true, false]);
  });
});

describe('whoever tries', () => {
  it('is told the same of an unknown case and of one that can not be opened, whatever is sent', async () => {
    const forgotten = await aStrangersCase();
    done(await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).post(`${forgotten}/erasure`, { reason: 'PERSON_REQUEST' }));
    const counted = done(await shelter.post('/v1/statistics-notifications', { month: '2026-02', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' })).body;
    const there = await aStrangersCase();
    const unknown = `/v1/cases/${randomUUID()}`;
    const tries: readonly [TestClient, object, Record<string, string>, readonly string[], string][] = [
      [doctor, REASON, {}, [forgotten, `/v1/cases/${counted.caseId as string}`], 'not-found'],
      [doctor, { reason: 'CURIOUS' }, {}, [forgotten, there], 'body-invalid'],
      [doctor, REASON, { 'if-match': '"x"' }, [forgotten, there], 'precondition-failed'],
      [tandem.as({ organisation: CLINIC, human: false }), REASON, {}, [forgotten, there], 'human-required'],
      [tandem.as('garda-audit'), REASON, {}, [forgotten, there], 'role-not-allowed'],
    ];
    for (const [client, body, headers, cases, code] of tries) {
      const nothing = shapeOf(await client.post(`${unknown}/break-glass`, body, headers));
      expect(nothing).toContain(`"code":"${code}"`);
      for (const path of cases) expect(shapeOf(await client.post(`${path}/break-glass`, body, headers))).toBe(nothing);
    }
    expect((await shelter.get(there)).body.stages['break-glass']).toEqual({});
  });

  it('is told the same when it repeats itself, and joins no two names by sending one key with both', async () => {
    const system = tandem.as({ organisation: 'politia-exemplu', human: false });
    const police = tandem.as({ organisation: 'politia-exemplu', actor: 'officer-1' });
    const path = await aStrangersCase();
    const nameOf = async (organisation: string) => {
      const caseId = (await tandem.engines.aliases.resolve('casa-lumina', path.split('/').at(-1)!))!.thing;
      return `/v1/cases/${await tandem.engines.aliases.aliasFor(organisation, 'case', caseId, caseId)}`;
    };
    const [clinics, shelters, another, nothing] = [await nameOf(CLINIC), await nameOf('casa-verde'), await aStrangersCase(), `/v1/cases/${randomUUID()}`];
    const tries: readonly [TestClient, object][] = [[system, REASON], [police, { reason: 'CURIOUS' }]];
    for (const [client, body] of tries) {
      const answers = async (one: string, two: string): Promise<readonly string[]> => {
        const key = { 'idempotency-key': randomUUID() };
        return [shapeOf(await client.post(`${one}/break-glass`, body, key)), shapeOf(await client.post(`${two}/break-glass`, body, key))];
      };
      expect(await answers(path, path)).toEqual(await answers(nothing, nothing));
      const apart = await answers(nothing, `/v1/cases/${randomUUID()}`);
      for (const other of [shelters, another, nothing]) expect(await answers(clinics, other)).toEqual(apart);
    }
  });

  it('is named to the person, whatever it was refused for', async () => {
    const manager = tandem.as({ organisation: 'casa-lumina', roles: ['CM'] });
    // So many refusals of one organisation are told each in a minute.
    await tandem.pass(MINUTE);
    const path = await aStrangersCase();
    const page = async () => JSON.stringify(done(await manager.get(`${path}/person-page?language=en`)).body);
    expect(await page()).not.toContain('Poliția Exemplu');
    const refused = await tandem.as({ organisation: 'politia-exemplu', human: false }).post(`${path}/break-glass`, REASON);
    expect(refused).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    expect(await page()).toContain('Poliția Exemplu');
  });
});
