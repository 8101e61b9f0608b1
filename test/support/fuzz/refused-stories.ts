/** What the rules refuse and no spoilt request meets by chance: each a sentence that somebody might say, in a case where it is wrong. */
import { FIRST_FORM, NOTIFICATION, RIGHTS, aCase, consentTo, done, fullRisk, referralTo } from '../story.js';
import { DAY, type Reply, type Tandem } from '../tandem.js';

type Say = (path: string, body?: object) => Promise<Reply>;
const HOURS_AGO = -DAY / 8;
const answer = (item: string, more: object) => ({ item, answer: 'SCORED', ...more });
const observed = (code: string, basis = 'OBSERVED') => ({ code, answer: 'PRESENT', basis });
const screening = (codes: readonly object[], mode = 'OBSERVATION') => ({ mode, profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, answers: codes });

/** None of these may succeed; the document says which code each of them meets. */
export async function refusedEverywhere(tandem: Tandem): Promise<void> {
  const manager = tandem.as('casa-lumina');
  const say: Say = (path, body) => manager.post(path, body ?? {});
  await say('/v1/cases', { ...NOTIFICATION, grounds: [] });
  await say('/v1/cases', { ...NOTIFICATION, signs: ['OBS-GEN-99'] });
  const { body } = done(await say('/v1/cases', { ...NOTIFICATION, interpreterNeeded: true }));
  await withoutInterpreter(say, `/v1/cases/${(body as { caseId: string }).caseId}`);
  const { body: untold } = done(await say('/v1/cases', NOTIFICATION));
  await say(`/v1/cases/${(untold as { caseId: string }).caseId}/consents`, consentTo('INTERVIEW'));
  await ofAnAdult(tandem, say, await aCase(manager));
  await ofAChild(tandem, await aCase(tandem.as('protectia-copilului'), { ...NOTIFICATION, ageBand: '14-17' }));
  await ofReports(tandem);
  await ofPartners(tandem);
}

async function withoutInterpreter(say: Say, path: string): Promise<void> {
  await say(`${path}/consents`, consentTo('INTERVIEW'));
  await say(`${path}/rights-information`, RIGHTS);
}

/** A file for another country: not by who checks the house, not without her word, and then with it. */
async function handedOver(tandem: Tandem, say: Say, path: string): Promise<void> {
  const file = `${path}/htcds?recipient=rifugio-ponte`;
  await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).get(file);
  await tandem.as('casa-lumina').get(file);
  await say(`${path}/consents`, consentTo('CROSS_BORDER', 'rifugio-ponte', { countries: ['IT'] }));
  done(await tandem.as('casa-lumina').get(file));
}

async function ofAnAdult(tandem: Tandem, say: Say, path: string): Promise<void> {
  const consent = (purpose: string, recipient?: string, more?: object) => say(`${path}/consents`, consentTo(purpose, recipient, more));
  await consent('REFERRAL');
  await consent('INTERVIEW', 'clinica-aurora');
  await consent('CROSS_BORDER', 'rifugio-ponte');
  await handedOver(tandem, say, path);
  await consent('REFERRAL', 'clinica-aurora', { giver: 'GUARDIAN' });
  await consent('REFERRAL', 'clinica-aurora', { giver: 'COURT', courtDecision: '17/2026' });
  await consent('ASSESSMENT', 'casa-lumina', { dataCategories: ['identity'] });
  await consent('ASSESSMENT', 'casa-lumina', { dataCategories: ['identity'], form: 'ORAL_WITNESSED' });
  await consent('RETURN', 'podul-intoarcerii', { form: 'ORAL_WITNESSED' });
  await consent('ASSESSMENT', 'casa-lumina', { dataCategories: ['identity'], evidence: 'sheet 12, safe' });
  await say(`${path}/rights-information`, { ...RIGHTS, acknowledgement: 'ORAL_WITNESSED' });
  await say(`${path}/identity`, {});
  await say(`${path}/identity`, { name: 'Ana Exemplu' });
  await say(`${path}/identity`, { name: 'Ana Exemplu', legalProvision: 'law-1' });
  for (const after of [HOURS_AGO, 60 * DAY]) await say(`${path}/screenings/not-now`, { until: new Date(Date.parse(tandem.now()) + after).toISOString() });
  await screenings(say, path);
  await risks(say, path);
  await referrals(tandem, say, path);
  const told = { contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.' };
  await say(`${path}/disclosures-without-consent`, { ...told, ground: 'CHILD_PROTECTION_DUTY', recipient: 'clinica-aurora' });
  await say(`${path}/disclosures-without-consent`, { ...told, ground: 'RISK_TO_LIFE', recipient: 'nobody-known' });
  await say(`${path}/disclosures-without-consent`, { ...told, ground: 'RISK_TO_LIFE', recipient: 'casa-lumina' });
  await say(`${path}/assent`, { outcome: 'ASSENTED' });
  await say(`${path}/case-manager`, { manager: 'clinica-aurora' });
  await say(`${path}/screening-out`, { reason: 'NO_INDICATION', ledToOtherProtection: true });
  await say(`${path}/presumption`, {});
  await say(`${path}/closure`, { reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'Nobody looked at the danger.' });
}

async function screenings(say: Say, path: string): Promise<void> {
  await say(`${path}/screenings`, screening([observed('EX-01'), observed('EX-01')]));
  await say(`${path}/screenings`, screening([observed('ZZ-99')]));
  await say(`${path}/screenings`, screening([observed('EX-01', 'STATED')]));
  await say(`${path}/screenings`, screening([observed('EX-01', 'STATED')], 'INTERVIEW'));
}

async function risks(say: Say, path: string): Promise<void> {
  const assess = (more: object) => say(`${path}/risk-assessments`, { ...FIRST_FORM, ...more });
  await assess({ answers: [answer('R5.1', { likelihood: 1, impact: 1 })] });
  await assess({ answers: [answer('R5.1', {}), answer('R1.2', { likelihood: 1, impact: 1 })] });
  await assess({ answers: [answer('R5.1', { likelihood: 1, impact: 1 }), answer('R5.1', { likelihood: 1, impact: 1 })] });
  await say(`${path}/risk-assessments`, fullRisk('RETURN', 1));
}

async function referrals(tandem: Tandem, say: Say, path: string): Promise<void> {
  const providers = tandem.engines.directory.all().map(({ id }) => id);
  for (const recipient of providers) {
    await say(`${path}/consents`, consentTo('REFERRAL', recipient));
    await say(`${path}/referrals`, referralTo(recipient, ['HOUS'], 'ROUTINE'));
    await say(`${path}/referrals`, referralTo(recipient, ['MED'], 'URGENT'));
  }
  const danger = { ground: 'RISK_TO_LIFE', recipient: 'casa-verde', contents: ['MEDICAL_URGENCY'], reason: 'She bleeds.' };
  await say(`${path}/disclosures-without-consent`, danger);
}

async function ofAChild(tandem: Tandem, path: string): Promise<void> {
  const say: Say = (at, body) => tandem.as('protectia-copilului').post(at, body ?? {});
  const guardianSays = () => say(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora', { giver: 'GUARDIAN' }));
  await say(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora', { giver: 'COURT' }));
  await guardianSays();
  await say(`${path}/guardians`, { type: 'PARENT' });
  await guardianSays();
  await say(`${path}/assent`, { outcome: 'BELOW_ASSENT_AGE' });

  await say(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora'));
  await say(`${path}/assent`, { outcome: 'ASSENTED' });
  const { body } = done(await tandem.as('protectia-copilului').get(path)) as { body: { guardians: { guardianId: string }[] } };
  await say(`${path}/guardians/${body.guardians[0]?.guardianId ?? ''}/conflict`, { reason: 'SUSPECTED_INVOLVEMENT' });
  await guardianSays();
}

async function ofReports(tandem: Tandem): Promise<void> {
  const rapporteur = tandem.as('centrul-coordonare');
  for (const query of ['period=2026-03', 'period=2026-Q1', 'period=2025&rows=shoe-size', 'period=2025&rows=region&columns=sex&format=csv'])
    for (const report of ['caseload', 'registered-victims', 'assisted', 'service-gap']) await rapporteur.get(`/v1/reports/${report}?${query}`);
}

async function ofPartners(tandem: Tandem): Promise<void> {
  await tandem.as('casa-verde').get('/v1/deadlines?after=nothing');
  for (const read of ['feed', 'cases']) await tandem.as('casa-verde').get(`/v1/${read}?after=nothing`);
  await tandem.as('centrul-coordonare').get('/v1/desk/unmet?after=nothing');
  const officer = tandem.as({ organisation: 'centrul-coordonare', actor: 'the-officer', roles: ['DPO'] });
  const mandate = (auditor: string, until: string) => officer.post('/v1/audits', {
    auditor, legalBasis: 'law-1', country: 'RO', casesFrom: '2026-01-01T00:00:00Z', casesUntil: '2026-12-01T00:00:00Z', validFrom: tandem.now(), expiresAt: until,
  });
  await mandate('casa-lumina', new Date(Date.parse(tandem.now()) + DAY).toISOString());
  await mandate('garda-audit', new Date(Date.parse(tandem.now()) - DAY).toISOString());
  for (let count = 0; count < 12; count += 1) await tandem.as('casa-verde').post('/v1/subscriptions', { url: `https://127.0.0.1:8443/hook-${String(count)}` });
}
