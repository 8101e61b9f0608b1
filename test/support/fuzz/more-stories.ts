/** Stories for the operations that the two whole cases pass by: what goes wrong, what is taken back, what only auditors and partners do. */
import { FIRST_FORM, NOTIFICATION, acceptance, aCase, consentTo, done, fullRisk, refer, referralTo, returnRisk } from '../story.js';
import { DAY, HOUR, type Reply, type Tandem, asServices } from '../tandem.js';
import { ledByAnother } from './led-by-another.js';
import { reflected } from './reflected.js';

const SUPERVISOR = { organisation: 'casa-lumina', actor: 'the-head', roles: ['SUP'] } as const;
const OFFICER = { organisation: 'casa-lumina', actor: 'the-officer', roles: ['DPO'] } as const;
/** The key of another wish of the same house. */
const USED_BEFORE = '0b8f4c52-6a1e-4d0b-9b57-2f8c1e6d7a90';
const SCREENING = {
  mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false,
  answers: ['EX-01', 'EX-02', 'CD-01', 'CD-02', 'DR-01', 'DR-02'].map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' })),
};

/** Writes as one organisation; each must succeed. */
function writer(tandem: Tandem, who: Parameters<Tandem['as']>[0]): (path: string, body?: object) => Promise<Reply['body']> {
  return async (path, body = {}) => done(await tandem.as(who).post(path, body)).body;
}

async function newestCase(tandem: Tandem, who: Parameters<Tandem['as']>[0]): Promise<string> {
  await tandem.settled();
  const { cases } = done(await tandem.as(who).get('/v1/cases')).body as { cases: { caseId: string }[] };
  return `/v1/cases/${cases[0]?.caseId ?? ''}`;
}

async function identified(tandem: Tandem, path: string): Promise<void> {
  const manager = writer(tandem, 'casa-lumina');
  await writer(tandem, 'centrul-coordonare')(`${await newestCase(tandem, 'centrul-coordonare')}/opening`);
  await tandem.as(OFFICER).post(`${path}/opening`);
  await manager(`${path}/case-manager`, { manager: 'casa-lumina' });
  const early = tandem.as('casa-lumina');
  await early.post(`${path}/formal-identification/decline`, { reason: 'NOT_NOW' });
  await early.post(`${path}/reconsideration`, { requestedBy: 'PERSON', newInformation: 'A letter.' });
  await manager(`${path}/basic-needs`, { met: ['FOOD'], refused: ['SLEEP'] });
  await manager(`${path}/screenings/not-now`, { until: new Date(Date.parse(tandem.now()) + DAY).toISOString() });
  await manager(`${path}/screenings`, SCREENING);
  await manager(`${path}/screening-out`, { reason: 'NO_INDICATION', ledToOtherProtection: true });
  await manager(`${path}/presumption`, { grounds: 'Long hours, no pay.' });
  await manager(`${path}/formal-identification/decline`, { reason: 'NOT_NOW' });
  await manager(`${path}/consents`, consentTo('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu'));
  await manager(`${path}/formal-identification/request`, { authority: 'politia-exemplu' });
}

async function served(tandem: Tandem, path: string): Promise<void> {
  const manager = tandem.as('casa-lumina');
  const write = writer(tandem, 'casa-lumina');
  const clinic = writer(tandem, 'clinica-aurora');
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) await write(`${path}/consents`, consentTo(purpose, 'clinica-aurora'));
  await write(`${path}/risk-assessments`, FIRST_FORM);
  const referral = `/v1/referrals/${await refer(tandem, manager, path, referralTo('clinica-aurora', ['MED.GEN']))}`;
  const { services } = done(await tandem.as('clinica-aurora').get(referral)).body as { services: { episodeId: string }[] };
  const episode = `/v1/services/${services[0]?.episodeId ?? ''}`;
  await clinic(`${referral}/acceptance`, acceptance(tandem.now()));
  await clinic(`${referral}/handover`, { escort: 'NONE' });
  await clinic(`${referral}/feedback`, { status: 'GOING_WELL' });
  await clinic(`${episode}/start`, { worker: 'w-3', agreement: 'WRITTEN' });
  await clinic(`${episode}/sessions`, { quantity: 2, beneficiary: 'DIRECT', programmes: [] });
  await clinic(`${episode}/hold`, { reason: 'ABSENCE' });
  await clinic(`${episode}/resumption`);
  await clinic(`${episode}/end`, { outcome: 'NEED_MET' });
}

async function takenBack(tandem: Tandem, path: string): Promise<void> {
  const manager = tandem.as('casa-lumina');
  const write = writer(tandem, 'casa-lumina');
  const provider = writer(tandem, 'cabinet-echilibru');
  done(await manager.post(`${path}/referral-gaps`, { services: ['JTRN'], reason: 'NO_PROVIDER', interim: 'WAITING_LIST' }, { 'idempotency-key': USED_BEFORE }));
  const { consentId } = await write(`${path}/consents`, consentTo('REFERRAL', 'cabinet-echilibru'));
  const referral = `/v1/referrals/${await refer(tandem, manager, path, referralTo('cabinet-echilibru', ['PSY.COUNS']))}`;
  await tandem.as('cabinet-echilibru').post(`${referral}/deletion-confirmation`);
  await provider(`${referral}/queue`, { expectedFrom: tandem.now() });
  await provider(`${referral}/decline`, { reason: 'NO_CAPACITY' });
  await tandem.as('cabinet-echilibru').post(`${referral}/queue`);
  await provider(`${referral}/deletion-confirmation`);
  const { stages } = done(await manager.get(path)).body as { stages: { referral: { referrals: { referralId: string; status: string }[] } } };
  const declined = stages.referral.referrals.find(({ status }) => status === 'DECLINED')?.referralId ?? '';
  await manager.post(`${path}/referrals/${declined}/cancellation`, { reason: 'NEED_MET' });
  await manager.post(`/v1/referrals/${declined}/handover`, { escort: 'NONE' });
  const { referralId } = await write(`${path}/referrals`, referralTo('cabinet-echilibru', ['PSY.COUNS']));
  for (const early of [declined, String(referralId)]) await tandem.as(OFFICER).post(`${path}/referrals/${early}/deletion-chase-end`, { reason: 'NO_ANSWER' });
  await tandem.as(OFFICER).post(`${path}/referrals/${declined}/deletion-chase-end`, { reason: 'NO_ANSWER' }, { 'idempotency-key': USED_BEFORE });
  await tandem.as({ organisation: 'casa-lumina', roles: ['CM'] }).post(`${path}/referrals/${declined}/deletion-chase-end`, { reason: 'NO_ANSWER' });
  await write(`${path}/referrals/${String(referralId)}/cancellation`, { reason: 'NEED_MET' });
  await tandem.as('casa-lumina').post(`${path}/consents/${String(consentId)}/withdrawal`, { by: 'GUARDIAN' });
  await write(`${path}/consents/${String(consentId)}/withdrawal`, { by: 'PERSON' });
  const { overrideId } = await write(`${path}/disclosures-without-consent`, {
    ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: ['SERVICE_NEED'], reason: 'She does not wake up.',
  });
  await writer(tandem, SUPERVISOR)(`${path}/disclosures-without-consent/${String(overrideId)}/review`, { result: 'UPHELD' });
  await write(`${path}/disclosures-without-consent/${String(overrideId)}/telling`, { outcome: 'NOT_SAFE_YET' });
}

const PARTIES = { direction: 'INTERNAL', sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' } as const;

/** Three returns that do not reach their end. */
async function stayed(tandem: Tandem, path: string): Promise<void> {
  const write = writer(tandem, 'casa-lumina');
  for (const [step, body] of [['cancellation', { reason: 'PERSON_DECLINED' }], ['not-safe', { reason: 'SENDING_ASSESSMENT' }]] as const) {
    const { returnId } = await write(`${path}/returns`, PARTIES);
    const at = `/v1/returns/${String(returnId)}`;
    const early = tandem.as('casa-lumina');
    await early.post(`${at}/pre-departure-check`, { consentReconfirmed: true, receptionReconfirmed: true });
    for (const journey of ['departure', 'transit', 'arrival']) await early.post(`${at}/${journey}`, {});
    await early.post(`${at}/failure`, { reason: 'MISSED' });
    await write(`${at}/information`, { media: ['ORAL'], language: 'ron' });
    await write(`${at}/${step}`, body);
    await early.post(`${at}/cancellation`, { reason: 'ERROR' });
  }
}

/** A journey that fails, once everything was ready. */
async function failed(tandem: Tandem, path: string): Promise<void> {
  const write = writer(tandem, 'casa-lumina');
  for (const receiver of ['podul-intoarcerii', 'asociatia-punte']) {
    for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY', 'RETURN']) await write(`${path}/consents`, consentTo(purpose, receiver, { dataCategories: ['contact'] }));
  }
  for (const [provider, services] of [['asociatia-punte', ['HOUS.RENT']], ['podul-intoarcerii', ['RET']], ['casa-lumina', ['PROT']]] as const) {
    if (provider === 'casa-lumina') for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) await write(`${path}/consents`, consentTo(purpose, provider));
    const referral = await refer(tandem, tandem.as('casa-lumina'), path, referralTo(provider, services));
    await writer(tandem, provider)(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now()));
  }
  const { returnId } = await write(`${path}/returns`, PARTIES);
  const atShelter = `/v1/returns/${String(returnId)}`;
  await write(`${atShelter}/information`, { media: ['ORAL'], language: 'ron' });
  await write(`${path}/risk-assessments`, returnRisk('SENDING', 1));
  await write(`${atShelter}/sending-assessment`, { fitness: 'FIT' });
  const at = async (who: string): Promise<string> => {
    const { stages } = done(await tandem.as(who).get(await newestCase(tandem, who))).body as { stages: { repatriation: { returns: { returnId: string; state: string }[] } } };
    return `/v1/returns/${stages.repatriation.returns.at(-1)?.returnId ?? ''}`;
  };
  await tandem.as('casa-lumina').post(`${atShelter}/receiving-request`, { needs: ['HOUS.RENT'], earliest: tandem.now() });
  await writer(tandem, 'centrul-coordonare')(`${await at('centrul-coordonare')}/receiving-request`, { needs: ['HOUS.RENT'], earliest: tandem.now() });
  await writer(tandem, 'asociatia-punte')(`${await at('asociatia-punte')}/acknowledgement`, { contact: 'Elena', alternate: 'Radu' });
  await writer(tandem, 'asociatia-punte')(`${await newestCase(tandem, 'asociatia-punte')}/risk-assessments`, returnRisk('RECEIVING', 1));
  await writer(tandem, 'asociatia-punte')(`${await at('asociatia-punte')}/receiving-assessment`, { feedback: 'Quiet.' });
  await tandem.as('casa-lumina').post(`${atShelter}/approval`, { receptionPlan: 'x' });
  await writer(tandem, 'centrul-coordonare')(`${await at('centrul-coordonare')}/approval`, { receptionPlan: 'Elena waits at the station.' });
  await writer(tandem, 'podul-intoarcerii')(`${await at('podul-intoarcerii')}/pre-departure-check`, { consentReconfirmed: true, receptionReconfirmed: true });
  await writer(tandem, 'podul-intoarcerii')(`${await at('podul-intoarcerii')}/failure`, { reason: 'NO_SHOW' });
}

async function planned(tandem: Tandem, path: string): Promise<void> {
  const write = writer(tandem, 'casa-lumina');
  const { planId } = await write(`${path}/plans`, { agreement: 'SIGNED', plan: 'A room.' });
  const plan = `/v1/plans/${String(planId)}`;
  const { goalId } = await write(`${plan}/goals`, { dimension: 'ECO', due: '2026-12-01T00:00:00.000Z', statement: 'Own wage.', baseline: 0, target: 3 });
  await write(`${plan}/goals/${String(goalId)}/result`, { result: 'PARTLY' });
  await write(`${plan}/end`, { end: 'COMPLETED' });
  await tandem.as('casa-lumina').post(`${plan}/reviews`, { contact: 'IN_PERSON', scores: [{ dimension: 'ECO', score: 3 }] });
}

/** What runs ends: nobody is closed away from it. */
async function nobodyHelps(tandem: Tandem, path: string): Promise<void> {
  const { stages } = done(await tandem.as('casa-lumina').get(path)).body as { stages: { referral: { referrals: { services: { episodeId: string; status: string }[] }[] } } };
  for (const { episodeId, status } of stages.referral.referrals.flatMap(({ services }) => services))
    if (status !== 'ENDED') await tandem.as('casa-lumina').post(`/v1/services/${episodeId}/end`, { outcome: 'TRANSFERRED' });
}

async function closedForAWhile(tandem: Tandem, path: string, whileClosed: () => Promise<void>): Promise<void> {
  const write = writer(tandem, 'casa-lumina');
  const supervisor = tandem.as(SUPERVISOR);
  const assess = (risk: object) => write(`${path}/risk-assessments`, risk);
  const nothingAsked = { purpose: 'REVIEW', form: 'FULL', answers: [] };
  const closing = { reason: 'DUPLICATE', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'Told twice.' };
  await nobodyHelps(tandem, path);
  await assess(nothingAsked);
  for (const other of [{ reason: 'RELOCATED', interviewOffered: false }, {}]) await tandem.as('casa-lumina').post(`${path}/closure`, { ...closing, ...other });
  const { assessmentId } = await assess(fullRisk('REVIEW', 1));
  const { proposalId } = await write(`${path}/closure`, closing);
  await assess(nothingAsked);
  await supervisor.post(`${path}/closure/${String(proposalId)}/approval`);
  await assess(fullRisk('REVIEW', 1));
  await writer(tandem, SUPERVISOR)(`${path}/closure/${String(proposalId)}/approval`);
  await tandem.as(SUPERVISOR).post(`${path}/risk-assessments/${String(assessmentId)}/protective-factors`, { reason: 'Her sister moved in.' });
  await tandem.as(SUPERVISOR).post(`${path}/closure/${String(proposalId)}/rejection`, { reason: 'Too early.' });
  await whileClosed();
  await write(`${path}/reopening`, { reason: 'NEW_NEED' });
  const { holdId } = await writer(tandem, OFFICER)(`${path}/legal-hold`, { ground: 'LEGAL_CLAIM' });
  await tandem.as(OFFICER).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' });
  await writer(tandem, OFFICER)(`${path}/legal-hold/${String(holdId)}/lifting`);
  await tandem.as({ organisation: 'casa-lumina', roles: ['CM'] }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' });
  await tandem.as(OFFICER).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }, { 'if-match': '"older"' });
}

/** The adult who is helped, stays, travels in vain, and closes her case. Returns the path, for who goes on with it. */
export async function manyTurns(tandem: Tandem, whileClosed: () => Promise<void>): Promise<string> {
  const path = await aCase(tandem.as('casa-lumina'));
  await identified(tandem, path);
  await served(tandem, path);
  await takenBack(tandem, path);
  await stayed(tandem, path);
  await failed(tandem, path);
  await planned(tandem, path);
  await closedForAWhile(tandem, path, whileClosed);
  return path;
}

/** A girl who turns eighteen while she is helped. */
export async function othersToo(tandem: Tandem): Promise<void> {
  const authority = writer(tandem, 'protectia-copilului');
  const path = await aCase(tandem.as('protectia-copilului'), { ...NOTIFICATION, ageBand: '14-17' });
  await authority(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' });
  await authority(`${path}/age`, { ageBand: '14-17', ageStatus: 'DOCUMENTED' });
  await tandem.as('protectia-copilului').post(`${path}/majority`);
  await authority(`${path}/age`, { ageBand: '18-25', ageStatus: 'DOCUMENTED', evidence: 'passport' });
  await authority(`${path}/majority`);
  await ledByAnother(tandem);
  await reflected(tandem);
}

/** What auditors, rapporteurs and partners read, over cases that stand already. */
export async function lookedAt(tandem: Tandem, path: string): Promise<void> {
  const officer = writer(tandem, { organisation: 'centrul-coordonare', actor: 'the-officer', roles: ['DPO'] });
  const from = tandem.now();
  const until = new Date(Date.parse(from) + 100 * DAY).toISOString();
  const { mandate } = await officer('/v1/audits', {
    auditor: 'garda-audit', legalBasis: 'law-1', country: 'RO', casesFrom: '2026-01-01T00:00:00Z', casesUntil: until, validFrom: from, expiresAt: until,
  });
  await tandem.pass(HOUR);
  const auditor = tandem.as({ organisation: 'garda-audit', mandate: String(mandate) });
  const { cases } = done(await auditor.get(`/v1/audits/${String(mandate)}/cases?size=5`)).body as { cases: { caseId: string }[] };
  const audited = `/v1/cases/${cases[0]?.caseId ?? ''}`;
  for (const what of ['history', 'history/0', 'disclosures', 'export', `visibility?organisation=casa-lumina&at=${tandem.now()}`]) done(await auditor.get(`${audited}/${what}`));
  done(await auditor.get('/v1/ledger/head'));
  await officer(`/v1/audits/${String(mandate)}/revocation`, { reason: 'CONFLICT_OF_INTEREST' });
  await tandem.as('casa-lumina').get(`${path}/personal-data`);
  for (const read of ['', '/person-page', '/person-page?format=text&language=en', '/personal-data?purpose=CARE', `?asOf=${tandem.now()}`]) done(await tandem.as('casa-lumina').get(`${path}${read}`));
  for (const read of ['/v1/organisations', '/v1/providers?service=MED', '/v1/policies/RO', '/v1/catalogues', '/v1/feed', '/v1/feed?wait=0', '/v1/deliveries', '/v1/deadlines', '/v1/labels', ...(asServices ? [] : ['/health/live', '/health/ready']), '/v1/inbox', '/v1/commands/0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11'])
    done(await tandem.as('clinica-aurora').get(read));
  await tandem.as('centrul-coordonare').get('/v1/reports/caseload?period=2026');
  for (const read of ['/v1/reports/caseload?period=2025', '/v1/desk', '/v1/desk/unmet']) done(await tandem.as('centrul-coordonare').get(read));
  await tandem.as({ organisation: 'casa-lumina', roles: ['CM'] }).get(`${path}/export`);
  const partner = tandem.as('clinica-aurora');
  await partner.post('/v1/subscriptions', { url: 'ftp://example.org/hook' });
  const { id } = done(await partner.post('/v1/subscriptions', { url: 'https://127.0.0.1:8443/hook' })).body as { id: string };
  done(await partner.get('/v1/subscriptions'));
  done(await partner.get(`/v1/subscriptions/${id}`));
}
