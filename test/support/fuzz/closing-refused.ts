/** Who may not end a case, or call a danger smaller: alone, too early, while it is too dangerous, or while somebody helps. */
import { acceptance, aCase, consentTo, fullRisk, refer, referralTo, riskAnswers } from '../story.js';
import { MINUTE, type Tandem } from '../tandem.js';
import { HEAD, LEADER, newestPath, type Write, writes } from './under-way.js';

const ALONE = { organisation: LEADER, actor: 'works-alone', roles: ['CM'] } as const;
/** The same person with a second hat. */
const ALONE_AS_HEAD = { ...ALONE, roles: ['SUP'] } as const;
const CLOSING = { reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'She has a home.' };
/** The highest of likelihood and impact in one item. */
export const deadly = (more: readonly string[] = []): readonly object[] =>
  riskAnswers(1, more).map((answer) => ((answer as { item: string }).item === 'R1.1' ? { ...answer, likelihood: 4, impact: 4 } : answer));

interface Telling {
  readonly tandem: Tandem;
  readonly write: Write;
  readonly path: string;
}

/** What was rated low, by oneself, too high or without its core is not rated lower. */
async function lowered({ tandem, write, path }: Telling): Promise<void> {
  const lower = async (who: typeof HEAD, risk: object): Promise<void> => {
    const { assessmentId } = await write(ALONE, `${path}/risk-assessments`, risk);
    await tandem.as(who).post(`${path}/risk-assessments/${String(assessmentId)}/protective-factors`, { reason: 'Her sister moved in.' });
  };
  await lower(ALONE_AS_HEAD, fullRisk('REVIEW', 2));
  await lower(HEAD, { purpose: 'REVIEW', form: 'FULL', answers: deadly() });
  await lower(HEAD, { purpose: 'REVIEW', form: 'FULL', answers: [{ item: 'R1.1', answer: 'SCORED', likelihood: 2, impact: 2 }] });
  await lower(HEAD, fullRisk('REVIEW', 1));
  const unknown = [{ item: 'R99.9', answer: 'SCORED', likelihood: 1, impact: 1 }];
  const full = fullRisk('REVIEW', 1);
  for (const odd of [{ ...full, form: 'FIRST' }, { ...full, answers: unknown }, { purpose: 'RETURN', half: 'SENDING', form: 'FULL', answers: [] }])
    await tandem.as(ALONE).post(`${path}/risk-assessments`, odd);
}

/** Proposed, then something happens, so that it is not approved, and not proposed any more either. */
async function notClosed({ tandem, write, path }: Telling, reason: string, happens: () => Promise<unknown>): Promise<void> {
  const { proposalId } = await write(ALONE, `${path}/closure`, { ...CLOSING, reason });
  const proposal = `${path}/closure/${String(proposalId)}`;
  await tandem.as(ALONE_AS_HEAD).post(`${proposal}/approval`);
  await happens();
  await tandem.as(HEAD).post(`${proposal}/approval`);
  await write(HEAD, `${proposal}/rejection`, { reason: 'Too early.' });
  await tandem.as(ALONE).post(`${path}/closure`, { ...CLOSING, reason });
}

/** Names under which a clinic knows what it was asked for, the service that it gives, and the case. */
interface Help {
  readonly referral: string;
  readonly service: string;
  readonly clinics: string;
}

/** A clinic takes her on. */
async function helped({ tandem, write, path }: Telling): Promise<Help> {
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) await write(ALONE, `${path}/consents`, consentTo(purpose, 'clinica-aurora'));
  const referral = `/v1/referrals/${await refer(tandem, tandem.as(ALONE), path, referralTo('clinica-aurora', ['MED.GEN']))}`;
  await write('clinica-aurora', `${referral}/acceptance`, acceptance(tandem.now()));
  const { body } = await tandem.as('clinica-aurora').get(referral);
  const service = `/v1/services/${(body as { services: { episodeId: string }[] }).services[0]?.episodeId ?? ''}`;
  await write('clinica-aurora', `${service}/start`, { worker: 'w-3', agreement: 'WRITTEN' });
  return { referral, service, clinics: await newestPath(tandem, 'clinica-aurora') };
}

/** A partner opens nothing to itself, and deletes nothing that it may keep. */
async function brought({ tandem, write }: Telling, { referral, service, clinics }: Help): Promise<void> {
  const clinic = tandem.as('clinica-aurora');
  await clinic.post(`${clinics}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora', { dataCategories: ['health'] }));
  await clinic.post(`${clinics}/disclosures-without-consent`, { ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: ['SERVICE_NEED'], reason: 'She bleeds.' });
  await write('clinica-aurora', `${service}/end`, { outcome: 'NEED_MET' });
  await clinic.post(`${referral}/deletion-confirmation`);
}

/** Refused by an authority, she is not let go of on the same day. */
async function refusedByAuthority(telling: Telling): Promise<void> {
  const { tandem, write, path } = telling;
  const decision = { authority: 'politia-exemplu', decision: 'REFUSED', reason: 'CRITERIA_NOT_MET', decisionNumber: '1/2026' };
  await write(ALONE, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await notClosed(telling, 'NOT_ELIGIBLE', () => write(ALONE, `${path}/formal-identification/decision`, decision));
  const { service } = await helped(telling);
  await tandem.as('clinica-aurora').post(`${service}/end`, { outcome: 'PROVIDER_STOPPED' });
}

/** None of these closes the case. */
export async function closingRefused(tandem: Tandem): Promise<void> {
  await tandem.pass(MINUTE);
  const telling = { tandem, write: writes(tandem), path: await aCase(tandem.as(ALONE)) };
  const { write, path } = telling;
  await tandem.as(ALONE).post(`${path}/safety-plans`, { agreement: 'SIGNED', plan: 'She calls the night line.' });
  await lowered(telling);
  await notClosed(telling, 'GOALS_MET', () => write(ALONE, `${path}/risk-assessments`, fullRisk('REVIEW', 3)));
  await write(ALONE, `${path}/risk-assessments`, fullRisk('REVIEW', 1));
  let help: Help = { referral: '', service: '', clinics: '' };
  await notClosed(telling, 'GOALS_MET', async () => (help = await helped(telling)));
  await brought(telling, help);
  await refusedByAuthority(telling);
}
