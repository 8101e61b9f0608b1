/**
 * Two whole cases over HTTP, with a canary in every personal field: a child whose guardian is suspected, and an adult from
 * the notification over return and plan to a closed case. All organisations and people are invented.
 */
import type { Canaries } from './canaries.js';
import { FIRST_FORM, done, riskAnswers } from './story.js';
import { type As, MINUTE, type Reply, type Tandem } from './tandem.js';

/** Values of personal fields that have a shape, none of which stands anywhere in clear. */
export const SHAPES = {
  'CompleteScreening.answers': ['EX-01', 'EX-02', 'CD-01', 'CD-02', 'DR-01', 'DR-02'].map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' })),
  'AssessRisk.answers': riskAnswers(2), 'ReviewPlan.scores': [{ dimension: 'ECO', score: 3 }],
  signs: ['OBS-GEN-01', 'OBS-GEN-02'], language: 'zza', languages: ['zzb'], ownReference: 'Q7-Z2-4417', county: 'RO117', citizenshipCountry: 'XK',
  formDetail: 'ORGAN_REMOVAL', forms: ['FORCED_MARRIAGE'], transnational: true, attempt: false, dateOfBirth: '1983-07-29', withChildren: true,
  'RecordProceedings.status': 'CIVIL_PARTY', since: '1987-04-17', nextDate: '2031-08-19', accompaniments: [{ on: '2030-09-09', minutes: 337 }], compensation: 'GRANTED',
  'ExtendReflectionPeriod.reason': 'NEEDS_MORE_TIME', 'EndReflectionPeriod.reason': 'TERMINATED_PUBLIC_ORDER',
  specialNeeds: ['SERIOUS_VIOLENCE'], accessibility: ['STEP_FREE'], precautions: ['NO_CALLS_BACK'], fitness: 'FIT_WITH_ESCORT', earliest: '2027-11-23T04:17:00.000Z', baseline: 1, target: 3,
};

const SUP = 'SUP';
const asRole = (organisation: string, role: 'SUP' | 'DPO'): As => ({ organisation, actor: `${organisation}-${role}`, roles: [role] });

/** Tells a story: each step is one write with every personal field filled, and must succeed. */
export class Storyteller {
  constructor(
    readonly tandem: Tandem,
    readonly canaries: Canaries,
  ) {}

  /** Records a fact. `but` changes or leaves out (undefined) personal fields; `clear` are the others. */
  async records(who: As | string, command: string, path: string, clear: object = {}, but: object = {}): Promise<Reply> {
    const body = { ...this.canaries.bodyOf(command), ...clear, ...but };
    const reply = await this.tandem.as(who).post(path, body);
    if (reply.status >= 300) throw new Error(`${command}: ${String(reply.status)} ${JSON.stringify(reply.body)}`);
    this.canaries.record(command, JSON.parse(JSON.stringify(body)) as object);
    return reply;
  }

  /** How an organisation finds its newest case. */
  async caseOf(who: As | string): Promise<string> {
    await this.tandem.settled();
    const { body } = done(await this.tandem.as(who).get('/v1/cases'));
    return `/v1/cases/${body.cases[0].caseId as string}`;
  }

  /** The one thing that waits for an organisation under this name. */
  async waiting(organisation: string, waitsFor: string): Promise<string> {
    await this.tandem.settled();
    const { items } = done(await this.tandem.as(organisation).get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
    const found = items.filter((item) => item.waitsFor === waitsFor);
    if (found.length !== 1) throw new Error(`${String(found.length)} × ${waitsFor} at ${organisation}`);
    return found[0]!.thingId;
  }

  async consents(who: string, path: string, purpose: string, recipient?: string, more: object = {}): Promise<Reply> {
    return this.records(who, 'GiveConsent', `${path}/consents`, {
      purpose, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1', ...(recipient === undefined ? {} : { recipient }), ...more,
    });
  }

  /** Consents, asks, opens, accepts; returns the referral as the provider knows it. */
  async helps(who: string, path: string, provider: string, services: readonly string[], more: object = {}): Promise<string> {
    await this.consents(who, path, 'REFERRAL', provider, more);
    await this.consents(who, path, 'SERVICE_DELIVERY', provider, { ...more, dataCategories: ['health', 'contact'] });
    await this.records(who, 'RequestReferral', `${path}/referrals`, {
      recipient: provider, services, priority: 'URGENT', dataShared: ['AGE_BAND', 'SEX', 'AREA', 'LANGUAGES', 'PRECAUTIONS'],
    });
    const referral = await this.waiting(provider, 'referral-reply');
    done(await this.tandem.as(provider).get(`/v1/referrals/${referral}`));
    await this.records(provider, 'AcceptReferral', `/v1/referrals/${referral}/acceptance`, { worker: 'w-17', startFrom: this.tandem.now() });
    return referral;
  }
}

const NOTIFIED = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO11', ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: true,
};
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED' };

async function notified(teller: Storyteller, who: string, more: object = {}): Promise<string> {
  const { body } = await teller.records(who, 'NotifyCase', '/v1/cases', { ...NOTIFIED, ...more });
  const path = `/v1/cases/${body.caseId as string}`;
  await teller.records(who, 'RecordInterpreter', `${path}/interpretation`, { mode: 'REMOTE' });
  await teller.records(who, 'InformOfRights', `${path}/rights-information`, RIGHTS);
  return path;
}

/** Scenario 2: child-protection duty first, then a guardian without conflict. Returns the path of who leads it. */
export async function aChildsCase(teller: Storyteller): Promise<string> {
  const authority = 'protectia-copilului';
  const path = await notified(teller, authority, { ageBand: '14-17' });
  const { body: uncle } = await teller.records(authority, 'AppointGuardian', `${path}/guardians`, { type: 'RELATIVE' });
  await teller.records(authority, 'FlagGuardianConflict', `${path}/guardians/${uncle.guardianId as string}/conflict`);
  await teller.records(authority, 'RecordAssent', `${path}/assent`, { outcome: 'ASSENTED' });
  const disclosure = { ground: 'CHILD_PROTECTION_DUTY', recipient: 'casa-verde', contents: ['SERVICE_NEED', 'AGE_BAND'] };
  const { body: told } = await teller.records(authority, 'DiscloseWithoutConsent', `${path}/disclosures-without-consent`, disclosure);
  await teller.records(asRole(authority, SUP), 'ReviewOverride', `${path}/disclosures-without-consent/${told.overrideId as string}/review`, { result: 'UPHELD' });
  await teller.records(authority, 'ReplaceGuardian', `${path}/guardians/${uncle.guardianId as string}/replacement`, { type: 'APPOINTED' });
  await teller.records(authority, 'AssessRisk', `${path}/risk-assessments`, { purpose: 'INITIAL', form: 'FIRST' }, { answers: FIRST_FORM.answers });
  await teller.helps(authority, path, 'casa-verde', ['HOUS.EMERG'], { giver: 'GUARDIAN' });
  await teller.records('casa-verde', 'RecordIdentity', await teller.caseOf('casa-verde') + '/identity');
  done(await teller.tandem.as('casa-verde').get(`${await teller.caseOf('casa-verde')}/personal-data?purpose=CARE`));
  const doctor = { organisation: 'clinica-aurora', actor: 'the-doctor-on-duty' };
  await teller.records(doctor, 'BreakGlass', `${path}/break-glass`, { reason: 'MEDICAL_EMERGENCY' });
  return path;
}

/** Time to recover, made longer, then ended by an authority; and her part in proceedings. */
async function recovered(teller: Storyteller, path: string): Promise<void> {
  const coordinator = 'centrul-coordonare';
  const theirs = `${await teller.caseOf(coordinator)}/reflection-period`;
  await teller.records('casa-lumina', 'OfferReflectionPeriod', `${path}/reflection-period/offer`, { media: ['ORAL'] });
  await teller.records(coordinator, 'StartReflectionPeriod', `${theirs}/start`);
  await teller.records(coordinator, 'ExtendReflectionPeriod', `${theirs}/extension`);
  await teller.records(coordinator, 'EndReflectionPeriod', `${theirs}/end`, { authority: 'politia-exemplu' });
  await teller.records('casa-lumina', 'RecordProceedings', `${path}/proceedings`);
}

/** From first contact to three services and a refused formal identification. */
async function helped(teller: Storyteller): Promise<string> {
  const shelter = 'casa-lumina';
  const path = await notified(teller, shelter);
  await teller.records(shelter, 'RecordAge', `${path}/age`, { ageBand: '26-40', ageStatus: 'CLAIMED' });
  await teller.consents(shelter, path, 'IDENTITY_RECORDING');
  await teller.records(shelter, 'RecordIdentity', `${path}/identity`);
  await teller.records(shelter, 'CompleteScreening', `${path}/screenings`, { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false });
  await teller.records(shelter, 'Presume', `${path}/presumption`);
  await recovered(teller, path);
  const { body: risk } = await teller.records(shelter, 'AssessRisk', `${path}/risk-assessments`, { purpose: 'INITIAL', form: 'FULL' });
  await teller.records(shelter, 'AgreeSafetyPlan', `${path}/safety-plans`, { agreement: 'SIGNED' });
  await teller.records(shelter, 'AssessNeeds', `${path}/needs`, { needs: ['MED.GEN'], partial: false });
  await teller.records(shelter, 'AgreeSupportPlan', `${path}/support-plan`, { agreement: 'SIGNED' });
  await teller.records(shelter, 'AskForOtherManager', `${path}/case-manager/other`);
  await teller.records(asRole(shelter, SUP), 'LowerRiskByProtectiveFactors', `${await teller.caseOf(asRole(shelter, SUP))}/risk-assessments/${risk.assessmentId as string}/protective-factors`);
  const clinic = await teller.helps(shelter, path, 'clinica-aurora', ['MED.GEN']);
  await teller.records('clinica-aurora', 'GiveFeedback', `/v1/referrals/${clinic}/feedback`, { status: 'GOING_WELL' });
  const stop = { purpose: 'GROUP', by: 'PERSON', medium: 'IN_PERSON' };
  await teller.records('clinica-aurora', 'StateWithdrawal', `${await teller.caseOf('clinica-aurora')}/withdrawals`, stop);
  const decision = { authority: 'politia-exemplu', decision: 'REFUSED', reason: 'CRITERIA_NOT_MET' };
  await teller.records(shelter, 'RecordFormalDecision', `${path}/formal-identification/decision`, decision);
  await teller.records(shelter, 'RequestReconsideration', `${path}/reconsideration`, { requestedBy: 'PERSON' });
  await teller.helps(shelter, path, 'asociatia-punte', ['HOUS.RENT']);
  await teller.helps(shelter, path, 'podul-intoarcerii', ['RET']);
  return path;
}

/** A return whose HIGH risk is overridden, up to the handover to Asociația Punte. */
async function returned(teller: Storyteller, path: string): Promise<void> {
  const { tandem } = teller;
  const [shelter, home, travel, coordinator] = ['casa-lumina', 'asociatia-punte', 'podul-intoarcerii', 'centrul-coordonare'];
  const parties = { direction: 'INTERNAL', sender: shelter, receiver: home, operator: travel };
  const { body } = await teller.records(shelter, 'RequestReturn', `${path}/returns`, parties);
  const atShelter = `/v1/returns/${body.returnId as string}`;
  await teller.records(shelter, 'GiveReturnInformation', `${atShelter}/information`, { media: ['ORAL'] });
  const half = (which: string, score: 2 | 3) => [{ purpose: 'RETURN', half: which, form: 'FULL' }, { answers: riskAnswers(score, ['R10.1', 'R10.2', 'R10.3', 'R10.4', 'R10.5', 'R10.6']) }] as const;
  await teller.records(shelter, 'AssessRisk', `${path}/risk-assessments`, ...half('SENDING', 3));
  for (const party of [travel, home]) await teller.consents(shelter, path, 'RETURN', party, { dataCategories: ['contact'] });
  await teller.records(shelter, 'ConfirmSendingAssessment', `${atShelter}/sending-assessment`);
  const returnAt = async (who: string): Promise<string> => {
    const view = done(await tandem.as(who).get(await teller.caseOf(who))).body;
    return `/v1/returns/${view.stages.repatriation.returns[0].returnId as string}`;
  };
  await teller.records(coordinator, 'SendReceivingRequest', `${await returnAt(coordinator)}/receiving-request`, { needs: ['HOUS.RENT'] });
  const atHome = `/v1/returns/${await teller.waiting(home, 'return-acknowledgement')}`;
  await teller.records(home, 'AcknowledgeReceivingRequest', `${atHome}/acknowledgement`);
  await teller.records(home, 'AssessRisk', `${await teller.caseOf(home)}/risk-assessments`, ...half('RECEIVING', 2));
  await teller.records(home, 'ConfirmReceivingAssessment', `${atHome}/receiving-assessment`);
  await teller.records(travel, 'OverrideReturnRisk', `${await returnAt(travel)}/risk-override`);
  await teller.records(coordinator, 'ApproveReturn', `${await returnAt(coordinator)}/approval`);
  const atTravel = await returnAt(travel);
  await teller.records({ organisation: travel, actor: 'the-driver' }, 'CheckBeforeDeparture', `${atTravel}/pre-departure-check`, { consentReconfirmed: true, receptionReconfirmed: true });
  for (const [command, step] of [['RecordDeparture', 'departure'], ['RecordTransit', 'transit'], ['RecordArrival', 'arrival']] as const) {
    await teller.records(travel, command, `${atTravel}/${step}`);
  }
  await teller.records(home, 'AcceptHandover', `${atHome}/handover`);
  await teller.records(home, 'AgreeContactChannels', `${await teller.caseOf(home)}/contact-channels`, { channels: ['PHONE'] });
  await teller.consents(home, await teller.caseOf(home), 'FOLLOW_UP', home);
  await teller.records(home, 'FollowUpReturn', `${atHome}/follow-ups`, { result: 'GOING_WELL', channel: 'PHONE' });
}

async function servicesEnd({ tandem }: Storyteller, providers: readonly string[]): Promise<void> {
  for (const provider of providers) {
    await tandem.settled();
    const { items } = done(await tandem.as(provider).get('/v1/inbox')).body as { items: { referral?: { services: { episodeId: string; status: string }[] } }[] };
    for (const { episodeId, status } of items.flatMap(({ referral }) => referral?.services ?? [])) {
      if (status === 'PENDING') done(await tandem.as(provider).post(`/v1/services/${episodeId}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
      await tandem.as(provider).post(`/v1/services/${episodeId}/end`, { outcome: 'NEED_MET' });
    }
  }
}

/** A plan, a review, an end that two people agree on, at the second try. */
async function closed(teller: Storyteller): Promise<void> {
  const home = 'asociatia-punte';
  const path = await teller.caseOf(home);
  await teller.tandem.pass(MINUTE);
  const { body: plan } = await teller.records(home, 'AgreePlan', `${path}/plans`, { agreement: 'SIGNED' });
  await teller.records(home, 'AddGoal', `/v1/plans/${plan.planId as string}/goals`, { dimension: 'ECO', due: '2026-09-01T00:00:00.000Z' });
  await teller.records(home, 'AssessRisk', `${path}/risk-assessments`, { purpose: 'REVIEW', form: 'FULL' }, { answers: riskAnswers(1) });
  await teller.records(home, 'ReviewPlan', `/v1/plans/${plan.planId as string}/reviews`, { contact: 'IN_PERSON' });
  await servicesEnd(teller, ['clinica-aurora', home, 'podul-intoarcerii']);
  const proposal = { reason: 'GOALS_MET', unmetNeeds: [], interviewOffered: true, retentionExplained: true };
  const supervisor = asRole(home, SUP);
  for (const [command, step] of [['RejectClosure', 'rejection'], ['ApproveClosure', 'approval']] as const) {
    await teller.records(home, 'ProposeClosure', `${path}/closure`, proposal);
    const { stages } = done(await teller.tandem.as(supervisor).get(path)).body;
    await teller.records(supervisor, command, `${path}/closure/${stages.closure.proposal.proposalId as string}/${step}`);
  }
}

/** From notification to closure, over help, a refused identification, a return and a plan; returns the path of who leads it at the end. */
export async function anAdultsCase(teller: Storyteller): Promise<string> {
  const path = await helped(teller);
  await returned(teller, path);
  for (const who of ['casa-lumina', 'clinica-aurora', 'podul-intoarcerii']) await teller.tandem.as(who).get(`${await teller.caseOf(who)}/personal-data?purpose=CARE`);
  await closed(teller);
  return teller.caseOf('asociatia-punte');
}
