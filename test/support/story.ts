/** The sentences that stories over HTTP are told with: bodies that are allowed, and the steps that most stories share. */
import type { Reply, Tandem, TestClient } from './tandem.js';

export const NOTIFICATION = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO11', ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false,
} as const;
export const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED', language: 'ron' } as const;

const item = (code: string, likelihood: number, impact: number) => ({ item: code, answer: 'SCORED', likelihood, impact });
const CORE = ['R1.1', 'R1.2', 'R1.3', 'R1.4', 'R4.1', 'R4.2', 'R4.3', 'R4.4', 'R5.1', 'R5.2', 'R5.3', 'R5.4'];
const RETURNING = ['R10.1', 'R10.2', 'R10.3', 'R10.4', 'R10.5', 'R10.6'];

/** RA-1 with every core item answered; `score` in one dimension only: 1 gives LOW, 2 MEDIUM (2 x 2), 3 HIGH (3 x 3). */
export function riskAnswers(score: 1 | 2 | 3, more: readonly string[] = []): object[] {
  return [...CORE, ...more].map((code) => (code.startsWith('R1.') ? item(code, score, score) : item(code, 1, 1)));
}

export const FIRST_FORM = { purpose: 'INITIAL', form: 'FIRST', answers: [item('R5.1', 0, 1), item('R1.2', 0, 1)] } as const;
export const fullRisk = (purpose: string, score: 1 | 2 | 3): object => ({ purpose, form: 'FULL', answers: riskAnswers(score) });
export const returnRisk = (half: string, score: 1 | 2 | 3): object => ({ purpose: 'RETURN', half, form: 'FULL', answers: riskAnswers(score, RETURNING) });
export const consentTo = (purpose: string, recipient?: string, more: object = {}): object => ({
  purpose, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1', ...(recipient === undefined ? {} : { recipient }), ...more,
});
export const referralTo = (recipient: string, services: readonly string[], priority = 'URGENT', more: object = {}) => ({
  recipient, services, priority, dataShared: ['AGE_BAND', 'SEX', 'AREA', 'LANGUAGES'], languages: ['ron'], ...more,
});
export const acceptance = (now: string): object => ({ worker: 'w-17', startFrom: now, meeting: 'Ana waits at the side door at nine.' });

/** A reply that must have succeeded. @throws Error that shows what came instead */
export function done(reply: Reply): Reply {
  if (reply.status >= 300) throw new Error(`${String(reply.status)} ${JSON.stringify(reply.body)}`);
  return reply;
}

/** An answer with all that differs between any two answers taken out: names, heads of the chain, tags, time. */
export const shapeOf = ({ status, headers, body }: Reply): string =>
  JSON.stringify([status, [...headers.keys()].sort(), body]).replace(/[0-9a-f]{64}|[0-9a-f-]{36}/g, '#');

/** What a step put into an inbox: the one new thing that waits for this. */
export async function newInInbox(tandem: Tandem, client: TestClient, waitsFor: string, step: () => Promise<unknown>): Promise<string> {
  const waiting = async (): Promise<readonly string[]> => {
    await tandem.settled();
    const items = done(await client.get('/v1/inbox')).body.items as { waitsFor: string; thingId: string }[];
    return items.filter((item) => item.waitsFor === waitsFor).map(({ thingId }) => thingId);
  };
  const before = await waiting();
  await step();
  const added = (await waiting()).filter((id) => !before.includes(id));
  if (added.length !== 1) throw new Error(`${String(added.length)} new things wait for ${waitsFor}`);
  return added[0]!;
}

/** Notified, with rights explained: the path of the case for whoever manages it. */
export async function aCase(client: TestClient, notification: object = NOTIFICATION): Promise<string> {
  const { body } = done(await client.post('/v1/cases', notification));
  const path = `/v1/cases/${body.caseId as string}`;
  done(await client.post(`${path}/rights-information`, RIGHTS));
  return path;
}

async function repliesOwed(tandem: Tandem, organisation: string): Promise<readonly string[]> {
  await tandem.settled();
  const { body } = done(await tandem.as(organisation).get('/v1/inbox'));
  const items = body.items as { waitsFor: string; thingId: string }[];
  return items.filter(({ waitsFor }) => waitsFor === 'referral-reply').map(({ thingId }) => thingId);
}

/** Refers, and returns the referral as the provider finds it in its inbox; waits for the board, not for time. */
export async function refer(tandem: Tandem, manager: TestClient, path: string, referral: { readonly recipient: string }): Promise<string> {
  const before = await repliesOwed(tandem, referral.recipient);
  done(await manager.post(`${path}/referrals`, referral));
  const added = (await repliesOwed(tandem, referral.recipient)).filter((id) => !before.includes(id));
  if (added.length !== 1) throw new Error(`${String(added.length)} new referrals wait for ${referral.recipient}`);
  return added[0]!;
}

/** Consent, request and acceptance; returns the referral as the provider knows it. */
export async function acceptedReferral(tandem: Tandem, path: string, provider: string, services: readonly string[], priority = 'URGENT'): Promise<string> {
  const manager = tandem.as('casa-lumina');
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', provider)));
  const referral = await refer(tandem, manager, path, referralTo(provider, services, priority));
  done(await tandem.as(provider).post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
  return referral;
}

export const byGuardian = (purpose: string, recipient: string): object => consentTo(purpose, recipient, { giver: 'PUBLIC_GUARDIAN' });

/** A child agrees, her guardian consents, and a clinic begins to help; a shelter may be asked too. Answers the clinic's service. */
export async function helpedByGuardiansWord(tandem: Tandem, authority: TestClient, path: string): Promise<string> {
  const clinic = tandem.as('clinica-aurora');
  done(await authority.post(`${path}/assent`, { outcome: 'ASSENTED', views: 'She wants to go on.' }));
  done(await authority.post(`${path}/risk-assessments`, FIRST_FORM));
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) done(await authority.post(`${path}/consents`, byGuardian(purpose, 'clinica-aurora')));
  done(await authority.post(`${path}/consents`, byGuardian('REFERRAL', 'casa-verde')));
  const referral = await refer(tandem, authority, path, referralTo('clinica-aurora', ['PSY.COUNS']));
  done(await clinic.post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
  const { services } = done(await clinic.get(`/v1/referrals/${referral}`)).body as { services: { episodeId: string }[] };
  const service = services[0]?.episodeId ?? '';
  done(await clinic.post(`/v1/services/${service}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
  return service;
}
