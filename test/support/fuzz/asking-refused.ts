/** Who is not asked, what nobody agrees to, and where an interpreter, a second person or a guardian is missing. */
import { reinstate, suspend } from '#mechanism';
import { FIRST_FORM, NOTIFICATION, RIGHTS, aCase, byGuardian, consentTo, done, referralTo } from '../story.js';
import { DAY, HOUR, type Tandem } from '../tandem.js';
import { LEADER, type Write, writes } from './under-way.js';

const AUTHORITY = 'protectia-copilului';
const ALONE = { organisation: LEADER, actor: 'works-alone', roles: ['CM'] } as const;
const TOLD = { ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: ['SERVICE_NEED'], reason: 'She does not wake up.' };
const REGISTRAR = { actor: 'setup', organisation: 'tandem' } as const;

type Say = (step: string, body?: object) => Promise<unknown>;

/** Told without consent: only what is urgent rests on it, and only until somebody should have looked at it. */
async function withoutConsent(tandem: Tandem, write: Write, say: Say, path: string): Promise<void> {
  const { overrideId } = await write(ALONE, `${path}/disclosures-without-consent`, TOLD);
  await tandem.as({ ...ALONE, roles: ['SUP'] }).post(`${path}/disclosures-without-consent/${String(overrideId)}/review`, { result: 'UPHELD' });
  await write(ALONE, `${path}/disclosures-without-consent`, { ...TOLD, ground: 'LEGAL_DUTY', recipient: 'politia-exemplu' });
  await say('referrals', referralTo('clinica-aurora', ['MED.GEN'], 'ROUTINE'));
  await tandem.pass(DAY + HOUR);
  await say('referrals', referralTo('clinica-aurora', ['MED.GEN'], 'URGENT'));
  await say('formal-identification/request', { authority: 'politia-exemplu' });
}

/** Too far away, suspended after she agreed, and taken back for a reason that is none. */
async function providers(tandem: Tandem, write: Write, say: Say, path: string): Promise<void> {
  const { store, directory } = tandem.engines;
  for (const provider of ['casa-verde', 'cabinet-echilibru']) await write(ALONE, `${path}/consents`, consentTo('REFERRAL', provider));
  await say('referrals', referralTo('casa-verde', ['HOUS.EMERG'], 'URGENT', { region: 'RO21' }));
  await suspend(store, 'cabinet-echilibru', 'OWN_REQUEST', REGISTRAR, tandem.now);
  await directory.catchUp();
  await say('referrals', referralTo('cabinet-echilibru', ['PSY.COUNS']));
  await reinstate(store, 'cabinet-echilibru', REGISTRAR, tandem.now);
  await directory.catchUp();
  await write(ALONE, `${path}/risk-assessments`, FIRST_FORM);
  const { referralId } = await write(ALONE, `${path}/referrals`, referralTo('cabinet-echilibru', ['PSY.COUNS']));
  await say('referrals', referralTo('cabinet-echilibru', ['PSY.COUNS']));
  await say(`referrals/${String(referralId)}/cancellation`, { reason: 'CONSENT_WITHDRAWN' });
}

async function ofAnAdult(tandem: Tandem, write: Write): Promise<void> {
  const path = await aCase(tandem.as(ALONE));
  const say: Say = (step, body = {}) => tandem.as(ALONE).post(`${path}/${step}`, body);
  await say('rights-information', { ...RIGHTS, acknowledgement: 'REFUSED_WITNESSED' });
  await say('screenings', { mode: 'INTERVIEW', profile: 'ADULT_LABOUR', safeSetting: false, interpreterUsed: false, answers: [{ code: 'EX-01', answer: 'PRESENT', basis: 'STATED' }] });
  await say('screenings', { mode: 'OBSERVATION', profile: 'CHILD_LABOUR', safeSetting: true, interpreterUsed: false, answers: [] });
  await say('opening');
  await say('consents', consentTo('REFERRAL', 'nobody-known'));
  const stop = { purpose: 'REFERRAL', by: 'PERSON', medium: 'PHONE' };
  await say('withdrawals', { ...stop, recipient: 'nobody-known' });
  await tandem.as({ organisation: LEADER, roles: ['PROG'] }).post(`${path}/withdrawals`, stop);
  await say('returns', { direction: 'INTERNAL', sender: LEADER, receiver: 'nobody-known', operator: 'podul-intoarcerii' });
  await write(ALONE, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await write(ALONE, `${path}/consents`, consentTo('FORMAL_IDENTIFICATION_REQUEST', 'clinica-aurora'));
  await say('formal-identification/request', { authority: 'clinica-aurora' });
  await withoutConsent(tandem, write, say, path);
  await providers(tandem, write, say, path);
}

/** Nobody understands her yet: she is asked for nothing, and told nothing that she should decide on. */
async function notUnderstood(tandem: Tandem, write: Write): Promise<void> {
  const { caseId } = await write(ALONE, '/v1/cases', { ...NOTIFICATION, interpreterNeeded: true });
  const path = `/v1/cases/${String(caseId)}`;
  const { returnId } = await write(ALONE, `${path}/returns`, { direction: 'INTERNAL', sender: LEADER, receiver: 'asociatia-punte', operator: 'podul-intoarcerii' });
  await tandem.as(ALONE).post(`/v1/returns/${String(returnId)}/information`, { media: ['ORAL'], language: 'ron' });
  await write(ALONE, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await tandem.as(ALONE).post(`${path}/reflection-period/offer`, { media: ['ORAL'] });
  await tandem.as(ALONE).post(`${path}/consents`, consentTo('INTERVIEW'));
  const { caseId: childs } = await write(AUTHORITY, '/v1/cases', { ...NOTIFICATION, ageBand: '14-17', interpreterNeeded: true });
  await tandem.as(AUTHORITY).post(`/v1/cases/${String(childs)}/assent`, { outcome: 'ASSENTED' });
}

/** A guardian in conflict, a house for adults only, one reader where there must be two, and a guardian who is not asked of danger. */
async function ofAChild(tandem: Tandem, write: Write): Promise<void> {
  const path = await aCase(tandem.as(AUTHORITY), { ...NOTIFICATION, ageBand: '14-17' });
  const say: Say = (step, body = {}) => tandem.as(AUTHORITY).post(`${path}/${step}`, body);
  const { guardianId } = await write(AUTHORITY, `${path}/guardians`, { type: 'PARENT' });
  await write(AUTHORITY, `${path}/guardians/${String(guardianId)}/conflict`, { suspicion: 'He drove her there.' });
  await say('consents', consentTo('REFERRAL', LEADER, { giver: 'GUARDIAN' }));
  await write(AUTHORITY, `${path}/guardians`, { type: 'PUBLIC', organisation: AUTHORITY });
  await tandem.as({ organisation: AUTHORITY, roles: ['GUARD'] }).post(`${path}/risk-assessments/causes`, { cause: 'NEW_THREAT' });
  await write(AUTHORITY, `${path}/assent`, { outcome: 'ASSENTED' });
  await write(AUTHORITY, `${path}/consents`, byGuardian('REFERRAL', LEADER));
  await say('referrals', referralTo(LEADER, ['HOUS.EMERG']));
  const answers = [{ code: 'EX-01', answer: 'PRESENT', basis: 'OBSERVED' }];
  await write(AUTHORITY, `${path}/screenings`, { mode: 'OBSERVATION', profile: 'CHILD_LABOUR', safeSetting: true, interpreterUsed: false, answers });
  for (let time = 0; time < 2; time += 1) await say('screening-out', { reason: 'NO_INDICATION', ledToOtherProtection: true });
}

/** She is eighteen, and nobody speaks for her any more. */
async function grownUp(tandem: Tandem, write: Write): Promise<void> {
  const authority = { organisation: AUTHORITY, roles: ['CP_AUTH'] } as const;
  const { caseId } = await write(authority, '/v1/cases', { ...NOTIFICATION, ageBand: '14-17' });
  const path = `/v1/cases/${String(caseId)}`;
  const { guardianId } = await write(authority, `${path}/guardians`, { type: 'PARENT' });
  await write(authority, `${path}/age`, { ageBand: '18-25', ageStatus: 'DOCUMENTED', evidence: 'passport' });
  await tandem.as(authority).post(`${path}/guardians`, { type: 'PARENT' });
  await tandem.as(authority).post(`${path}/guardians/${String(guardianId)}/replacement`, { type: 'APPOINTED' });
}

/** A child is never only counted; and nothing of one who is only counted is held for a court. */
async function counted(tandem: Tandem): Promise<void> {
  const notification = { month: '2026-02', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' };
  const prosecutor = tandem.as('parchetul-exemplu');
  await prosecutor.post('/v1/statistics-notifications', { ...notification, ageBand: '14-17' });
  const { caseId } = done(await prosecutor.post('/v1/statistics-notifications', notification)).body as { caseId: string };
  await prosecutor.post(`/v1/cases/${caseId}/legal-hold`, { ground: 'CRIMINAL_PROCEEDINGS' });
}

/** None of the last steps succeeds; the document says which code each meets. */
export async function askingRefused(tandem: Tandem): Promise<void> {
  const write = writes(tandem);
  await ofAnAdult(tandem, write);
  await notUnderstood(tandem, write);
  await ofAChild(tandem, write);
  await grownUp(tandem, write);
  await counted(tandem);
}
