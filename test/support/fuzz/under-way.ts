/** A case in which everything is under way: each thing that can be in it waits for its next step, and nothing is over. */
import { acceptance, aCase, consentTo, done, fullRisk, newInInbox, refer, referralTo, returnRisk } from '../story.js';
import { type As, MINUTE, type Tandem } from '../tandem.js';

/** A step that may be taken now, and that something may come to stand in the way of. */
export interface Step {
  readonly who: As;
  readonly target: string;
  readonly body: object;
}

export const LEADER = 'casa-lumina';
export const COORDINATOR = 'centrul-coordonare';
export const HOME = 'asociatia-punte';
export const TRAVEL = 'podul-intoarcerii';
export const OFFICER: As = { organisation: LEADER, actor: 'the-officer', roles: ['DPO'] };
export const HEAD: As = { organisation: LEADER, actor: 'the-head', roles: ['SUP'] };
/** Whoever works for two houses is one person in both. */
export const IN_TWO_HOUSES = 'works-for-two-houses';

/** Writes as one of those who take part. @throws Error when it is refused */
export type Write = (who: As | string, path: string, body?: object) => Promise<Readonly<Record<string, unknown>>>;

export interface UnderWay {
  readonly path: string;
  /** Of each organisation: its name of the case. */
  readonly pathOf: (organisation: string) => Promise<string>;
  readonly steps: readonly Step[];
  /** Consents on which the steps rest, by the name of each. */
  readonly consents: ReadonlyMap<string, object>;
}

const RETURNING = { direction: 'INTERNAL', sender: LEADER, receiver: HOME, operator: TRAVEL } as const;
export const CHECK = { consentReconfirmed: true, receptionReconfirmed: true } as const;
const APPROVAL = { receptionPlan: 'Elena waits at the station.' } as const;
const ASKING = { needs: ['HOUS.RENT'], earliest: '2026-04-01T00:00:00Z' } as const;

/** The newest case of an organisation: the list begins with it. */
export async function newestPath(tandem: Tandem, who: As | string): Promise<string> {
  await tandem.settled();
  const { cases } = done(await tandem.as(who).get('/v1/cases')).body as { cases: { caseId: string }[] };
  return `/v1/cases/${cases[0]?.caseId ?? ''}`;
}

export const writes = (tandem: Tandem): Write => async (who, path, body = {}) => done(await tandem.as(who).post(path, body)).body as Record<string, unknown>;

/** Consents in every body that helps, or that takes part in the return. */
export async function agreed(write: Write, path: string): Promise<ReadonlyMap<string, object>> {
  const wanted = [
    ...['clinica-aurora', 'cabinet-echilibru', HOME, TRAVEL].flatMap((to) => ['REFERRAL', 'SERVICE_DELIVERY'].map((purpose) => consentTo(purpose, to))),
    ...[HOME, TRAVEL].map((to) => consentTo('RETURN', to, { dataCategories: ['contact'] })), consentTo('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu'),
  ];
  const consents = new Map<string, object>();
  for (const consent of wanted) consents.set(String((await write(LEADER, `${path}/consents`, consent))['consentId']), consent);
  return consents;
}

/** Asked, accepted, begun, resting: a referral or a service in each of these. */
export async function helpUnderWay(tandem: Tandem, write: Write, path: string): Promise<readonly Step[]> {
  const asked = await refer(tandem, tandem.as(LEADER), path, referralTo('cabinet-echilibru', ['PSY.COUNS'], 'ROUTINE'));
  const helping = await refer(tandem, tandem.as(LEADER), path, referralTo('clinica-aurora', ['MED.GEN', 'MED.DENT', 'MED.SRH']));
  const [clinic, cabinet] = [{ organisation: 'clinica-aurora' }, { organisation: 'cabinet-echilibru' }];
  await write(clinic, `/v1/referrals/${helping}/acceptance`, acceptance(tandem.now()));
  const { services } = done(await tandem.as(clinic).get(`/v1/referrals/${helping}`)).body as { services: { episodeId: string }[] };
  const [waiting, running, resting] = services.map(({ episodeId }) => `/v1/services/${episodeId}`);
  const start = { worker: 'w-3', agreement: 'WRITTEN' };
  for (const service of [running, resting]) await write(clinic, `${service ?? ''}/start`, start);
  await write(clinic, `${resting ?? ''}/hold`, { reason: 'ABSENCE' });
  return [
    { who: cabinet, target: `/v1/referrals/${asked}/acceptance`, body: acceptance(tandem.now()) },
    { who: cabinet, target: `/v1/referrals/${asked}/queue`, body: {} },
    { who: clinic, target: `/v1/referrals/${helping}/feedback`, body: { status: 'GOING_WELL' } },
    { who: clinic, target: `${waiting ?? ''}/start`, body: start },
    { who: clinic, target: `${running ?? ''}/sessions`, body: { quantity: 2, beneficiary: 'DIRECT', programmes: [] } },
    { who: clinic, target: `${resting ?? ''}/resumption`, body: {} },
  ];
}

/** Two more that accept, so that a reception is ready. */
async function received(tandem: Tandem, write: Write, path: string): Promise<void> {
  for (const [provider, services] of [[HOME, ['HOUS.RENT']], [TRAVEL, ['RET']]] as const) {
    const referral = await refer(tandem, tandem.as(LEADER), path, referralTo(provider, services));
    await write(provider, `/v1/referrals/${referral}/acceptance`, acceptance(tandem.now()));
  }
}

/** The steps of a return in their order: who takes each, where, with what. */
export const JOURNEY: readonly (readonly [who: string, step: string, body: object])[] = [
  [LEADER, 'information', { media: ['ORAL'], language: 'ron' }], [LEADER, 'sending-assessment', { fitness: 'FIT' }], [COORDINATOR, 'receiving-request', ASKING],
  [HOME, 'acknowledgement', { contact: 'Elena', alternate: 'Radu' }], [HOME, 'receiving-assessment', { feedback: 'Quiet.' }], [COORDINATOR, 'approval', APPROVAL],
  [TRAVEL, 'pre-departure-check', CHECK], [TRAVEL, 'departure', {}], [TRAVEL, 'arrival', {}], [HOME, 'handover', { protocol: 'Keys and papers.' }],
];

/** Every number of steps that a return may have behind it while it is under way. */
export const BEHIND = JOURNEY.map((_step, behind) => behind);
export const BEFORE_APPROVAL = JOURNEY.findIndex(([, step]) => step === 'approval');

type Names = (who: string) => Promise<string>;

/** How an organisation names the return of the case. */
function nameOf(tandem: Tandem, at: Names): Names {
  return async (who) => {
    const { stages } = done(await tandem.as(who).get(await at(who))).body as { stages: { repatriation: { returns: { returnId: string }[] } } };
    return `/v1/returns/${stages.repatriation.returns[0]?.returnId ?? ''}`;
  };
}

/** Who is not fit to travel goes no further, and nobody asks how she is where she did not arrive. */
async function unfit(tandem: Tandem, itself: string): Promise<void> {
  await tandem.as(LEADER).post(`${itself}/sending-assessment`, { fitness: 'NOT_FIT' });
  await tandem.as(LEADER).post(`${itself}/follow-ups`, { result: 'GOING_WELL' });
}

/** Takes so many steps of the return: what is missing at a step is tried before it is there. Answers the steps that it waits for. */
export async function returning(tandem: Tandem, write: Write, path: string, at: Names, behind: number): Promise<readonly Step[]> {
  await write(LEADER, `${path}/returns`, RETURNING);
  const name = nameOf(tandem, at);
  const before: Readonly<Record<string, () => Promise<unknown>>> = {
    'sending-assessment': () => write(LEADER, `${path}/risk-assessments`, returnRisk('SENDING', 1)),
    'receiving-assessment': async () => write(HOME, `${await at(HOME)}/risk-assessments`, returnRisk('RECEIVING', 1)),
    approval: () => received(tandem, write, path),
  };
  await tandem.as(LEADER).post(`${path}/returns`, RETURNING);
  for (const [who, step, body] of JOURNEY.slice(0, behind + 1)) {
    if (before[step] !== undefined) await tandem.as(who).post(`${await name(who)}/${step}`, body);
    await before[step]?.();
    if (step === 'sending-assessment') await unfit(tandem, await name(who));
    if (step !== JOURNEY[behind]?.[1]) await write(who, `${await name(who)}/${step}`, body);
  }
  const next = JOURNEY[behind];
  if (next === undefined) return [];
  const [who, step, body] = next;
  const taken = async (by: string, last: string, said: object): Promise<Step> => ({ who: { organisation: by }, target: `${await name(by)}/${last}`, body: said });
  // Who organises the journey loses sight of the case with her consent, or at its end; who leads it does not.
  const byLeader = who === TRAVEL ? [await taken(LEADER, step, body)] : [];
  const override = step === 'approval' ? [await taken(TRAVEL, 'risk-override', { reason: 'She is met by two.' })] : [];
  return [await taken(who, step, body), ...byLeader, ...override];
}

/** A plan with a goal. */
async function planned(write: Write, path: string): Promise<readonly Step[]> {
  const { planId } = await write(LEADER, `${path}/plans`, { agreement: 'SIGNED', plan: 'A room.' });
  const plan = `/v1/plans/${String(planId)}`;
  const goal = { dimension: 'ECO', due: '2026-12-01T00:00:00.000Z', statement: 'Own wage.', baseline: 0, target: 3 };
  const { goalId } = await write(LEADER, `${plan}/goals`, goal);
  const said: readonly (readonly [string, object])[] = [
    ['goals', goal], [`goals/${String(goalId)}/result`, { result: 'PARTLY' }], ['reviews', { contact: 'IN_PERSON', scores: [{ dimension: 'ECO', score: 3 }] }],
  ];
  return said.map(([step, body]) => ({ who: { organisation: LEADER }, target: `${plan}/${step}`, body }));
}

/** Another organisation is asked to lead, and has not answered. */
export async function offered(tandem: Tandem, write: Write, path: string): Promise<Step> {
  const offer = await newInInbox(tandem, tandem.as(HOME), 'case-management-reply', () => write(LEADER, `${path}/case-manager`, { manager: HOME }));
  return { who: { organisation: HOME }, target: `/v1/case-management-offers/${offer}/acceptance`, body: { worker: 'w-7' } };
}

/** Each organisation's name of a case, by the house's own register: which case is the newest to whom does not matter. */
export function pathsOf({ engines: { aliases } }: Tandem, path: string): Names {
  const inside = aliases.resolve(LEADER, path.slice('/v1/cases/'.length));
  return async (organisation) => {
    const caseId = (await inside)?.thing ?? '';
    return `/v1/cases/${await aliases.aliasFor(organisation, 'case', caseId, caseId)}`;
  };
}

/** It is asked whether the state pays for a service that runs. */
async function paying(tandem: Tandem, path: string): Promise<Step> {
  const { stages } = done(await tandem.as(LEADER).get(path)).body as { stages: { referral: { referrals: { services: { episodeId: string; status: string }[] }[] } } };
  const running = stages.referral.referrals.flatMap(({ services }) => services).find(({ status }) => status === 'STARTED');
  return { who: { organisation: LEADER }, target: `/v1/services/${running?.episodeId ?? ''}/funding`, body: {} };
}

/** Brings a case there, in which a return has so many steps behind it. @throws Error when a step of it is refused */
export async function underWay(tandem: Tandem, behind: number): Promise<UnderWay> {
  const write = writes(tandem);
  await tandem.pass(MINUTE);
  const path = await aCase(tandem.as(LEADER));
  const pathOf = pathsOf(tandem, path);
  const plan = await planned(write, path);
  await tandem.as(LEADER).post(plan.at(-1)?.target ?? '', plan.at(-1)?.body);
  await write(LEADER, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await write(LEADER, `${path}/risk-assessments`, fullRisk('INITIAL', 2));
  const consents = await agreed(write, path);
  const help = await helpUnderWay(tandem, write, path);
  const returns = await returning(tandem, write, path, pathOf, behind);
  const more: readonly (readonly [string, object])[] = [
    ['returns', RETURNING], ['formal-identification/request', { authority: 'politia-exemplu' }], ['referrals', referralTo(HOME, ['PSY.COUNS'], 'ROUTINE')],
  ];
  const steps = more.map(([step, body]) => ({ who: { organisation: LEADER }, target: `${path}/${step}`, body }));
  return { path, pathOf, consents, steps: [...help, ...returns, ...plan, ...steps, await paying(tandem, path)] };
}
