/** What was told without her consent is looked at by a second person, and danger by somebody: in time, or it is told again. */
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { heard } from '../support/feed.js';
import { FIRST_FORM, NOTIFICATION, aCase, done, refer, referralTo } from '../support/story.js';
import { DAY, MINUTE, type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const DISCLOSURE = { ground: 'RISK_TO_LIFE', recipient: CLINIC, contents: ['MEDICAL_URGENCY'], reason: 'She bleeds, and can not speak.' };

let tandem: Tandem;
let manager: TestClient;
let coordination: TestClient;
beforeEach(async () => {
  tandem = await startTandem();
  manager = tandem.as('casa-lumina');
  coordination = tandem.as('centrul-coordonare');
});
afterEach(() => tandem.stop());

const waitsFor = async (client: TestClient): Promise<readonly string[]> =>
  (done(await client.get('/v1/inbox')).body.items as { waitsFor: string }[]).map((item) => item.waitsFor);

it('who may review is told at once, the coordination again when nobody did; meanwhile only an emergency is asked for', async () => {
  const path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  await tandem.settled();
  const [ours, theirs] = [await heard(manager), await heard(coordination)];
  const { body } = done(await manager.post(`${path}/disclosures-without-consent`, DISCLOSURE));
  const review = `${path}/disclosures-without-consent/${body.overrideId as string}/review`;
  const told = await heard(manager, ours.next);
  expect(told.items.map(({ notice }) => notice.data.reference)).toContain(body.overrideId);
  let last = theirs.next;
  const { cases } = done(await coordination.get('/v1/cases')).body as { cases: { caseId: string }[] };
  const { overrides } = done(await coordination.get(`/v1/cases/${cases[0]!.caseId}`)).body as { overrides: { overrideId: string }[] };
  for (let found = false; !found; ) {
    const { items, next } = await heard(coordination, last);
    found = items.some(({ notice }) => notice.data.reference === overrides[0]!.overrideId);
    last = next;
    for (const { notice } of items) expect(JSON.stringify(notice)).not.toMatch(/RISK|LIFE|MEDICAL|bleeds|clinica|casa-lumina/);
  }

  done(await manager.post(`${path}/referrals`, referralTo(CLINIC, ['MED.GEN'], 'URGENT')));
  await tandem.pass(DAY - MINUTE);
  expect(await waitsFor(coordination)).not.toContain('override-review-overdue');
  await tandem.pass(MINUTE);
  expect(await waitsFor(coordination)).toContain('override-review-overdue');
  expect((await heard(coordination, last)).items.length).toBeGreaterThan(0);
  const urgent = referralTo(CLINIC, ['PSY.CRISIS'], 'URGENT');
  expect(await manager.post(`${path}/referrals`, urgent)).toMatchObject({ status: 422, body: { code: 'override-review-overdue' } });
  await refer(tandem, manager, path, referralTo(CLINIC, ['MED.URG'], 'EMERGENCY'));

  const second = tandem.as({ organisation: 'casa-lumina', actor: 'the-supervisor', roles: ['SUP'] });
  done(await second.post(review, { result: 'UPHELD' }));
  await tandem.settled();
  expect(await waitsFor(coordination)).not.toContain('override-review-overdue');
  await refer(tandem, manager, path, urgent);
});

it('danger that nobody opens is told to the coordination again, and not once somebody did', async () => {
  const start = await heard(coordination);
  for (let one = 0; one < 2; one += 1) await aCase(manager, { ...NOTIFICATION, danger: true });
  const told = new Map<string, number>();
  let after = start.next;
  const count = async (until: number): Promise<void> => {
    while ([...told.values()].reduce((sum, one) => sum + one, 0) < until) {
      const { items, next } = await heard(coordination, after);
      for (const { notice } of items) told.set(notice.data.reference, (told.get(notice.data.reference) ?? 0) + 1);
      after = next;
    }
  };
  await count(2);
  const [left, looked] = [...told.keys()];
  done(await coordination.post(`/v1/cases/${looked!}/opening`, {}));
  await tandem.pass(15 * MINUTE);
  await count(3);
  expect(told).toEqual(new Map([[left, 2], [looked, 1]]));
  expect(done(await coordination.get(`/v1/cases/${left!}`)).body.dangerEscalatedAt).toBe(tandem.now());
  expect(done(await coordination.get(`/v1/cases/${looked!}`)).body.dangerEscalatedAt).toBeUndefined();
});
