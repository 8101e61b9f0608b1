/** Who speaks for a person, and until when: over HTTP, in what a partner opens and in what goes on. domain.md 8.2, R-4, INV-16. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_FORM, NOTIFICATION, aCase, acceptance, consentTo, done, refer, referralTo } from '../support/story.js';
import { MINUTE, type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const AS_A_CHILD = 'Strada Veche 1';
const SINCE = 'Strada Noua 5';

let tandem: Tandem;
let authority: TestClient;
let clinic: TestClient;
beforeAll(async () => {
  tandem = await startTandem();
  [authority, clinic] = [tandem.as('protectia-copilului'), tandem.as(CLINIC)];
});
afterAll(() => tandem.stop());

interface Girl {
  readonly path: string;
  /** As the clinic knows the case. */
  readonly theirs: string;
  readonly guardianId: string;
}

/** A public guardian agreed that the clinic works with her and may be shown where she is; the clinic does. */
async function girl(): Promise<Girl> {
  const path = await aCase(authority, { ...NOTIFICATION, ageBand: '14-17' });
  const agrees = (purpose: string, more: object = {}) =>
    authority.post(`${path}/consents`, consentTo(purpose, CLINIC, { giver: 'PUBLIC_GUARDIAN', ...more }));
  const { guardianId } = done(await authority.post(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' })).body;
  done(await authority.post(`${path}/age`, { ageBand: '14-17', ageStatus: 'DOCUMENTED' }));
  done(await authority.post(`${path}/assent`, { outcome: 'ASSENTED' }));
  done(await authority.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await agrees('REFERRAL'));
  done(await agrees('SERVICE_DELIVERY', { dataCategories: ['contact'] }));
  const referral = await refer(tandem, authority, path, referralTo(CLINIC, ['PSY.COUNS']));
  const { caseId } = done(await clinic.get(`/v1/referrals/${referral}`)).body;
  done(await clinic.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
  done(await authority.post(`${path}/identity`, { address: AS_A_CHILD }));
  await tandem.pass(MINUTE);
  return { path, theirs: `/v1/cases/${caseId as string}`, guardianId };
}

/** Which of the two addresses the clinic opens, once the second was recorded too. */
async function opened({ path, theirs }: Girl): Promise<readonly string[]> {
  await tandem.pass(MINUTE);
  done(await authority.post(`${path}/identity`, { address: SINCE }));
  const shown = JSON.stringify(done(await clinic.get(`${theirs}/personal-data?purpose=CARE`)).body);
  return [AS_A_CHILD, SINCE].filter((address) => shown.includes(address));
}

describe('what a guardian agreed to', () => {
  it('opens what is recorded while that one may speak', async () => {
    expect(await opened(await girl())).toEqual([AS_A_CHILD, SINCE]);
  });

  it('opens nothing that is recorded after her 18th birthday; what was open stays (R-4)', async () => {
    const case_ = await girl();
    done(await authority.post(`${case_.path}/majority`));
    done(await authority.post(`${case_.path}/consents`, consentTo('IDENTITY_RECORDING')));
    expect(await opened(case_)).toEqual([AS_A_CHILD]);
  });

  it('opens nothing that is recorded after the guardian was found in conflict (INV-16)', async () => {
    const case_ = await girl();
    done(await authority.post(`${case_.path}/guardians/${case_.guardianId}/conflict`, { suspicion: 'He takes her wages.' }));
    expect(await opened(case_)).toEqual([AS_A_CHILD]);
  });

  it('opens nothing from the child’s objection on, and again once it assents (8.2)', async () => {
    const case_ = await girl();
    done(await authority.post(`${case_.path}/assent`, { outcome: 'OBJECTED', views: 'Not the clinic.' }));
    expect(await opened(case_)).toEqual([AS_A_CHILD]);
    const again = referralTo(CLINIC, ['MED']);
    expect((await authority.post(`${case_.path}/referrals`, again)).body.code).toBe('consent-missing');
    done(await authority.post(`${case_.path}/assent`, { outcome: 'ASSENTED' }));
    done(await authority.post(`${case_.path}/referrals`, again));
  });
});

describe('a court', () => {
  const decides = { giver: 'COURT', courtDecision: '17/2026' };

  it('does not speak for an adult who said stop', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/withdrawals`, { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' }));
    await tandem.pass(MINUTE);
    expect((await manager.post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde', decides))).body.code).toBe('court-consent-for-adult');
    expect((await manager.post(`${path}/referrals`, referralTo('casa-verde', ['HOUS']))).body.code).toBe('consent-missing');
  });

  it('decides for a child that objects, by the word of a person', async () => {
    const { path } = await girl();
    done(await authority.post(`${path}/assent`, { outcome: 'OBJECTED' }));
    const consent = consentTo('REFERRAL', 'casa-verde', decides);
    const system = tandem.as({ organisation: 'protectia-copilului', human: false });
    expect((await system.post(`${path}/consents`, consent)).body.code).toBe('human-required');
    done(await authority.post(`${path}/consents`, consent));
    done(await authority.post(`${path}/referrals`, referralTo('casa-verde', ['CHILD'])));
  });
});
