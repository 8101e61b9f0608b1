import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { NEW_ID, NOW, aChild, consented, given, informed, notified, presumed, screened } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;
const duty = (state: Parameters<typeof caseWorkflow.duties>[0], wanted: string) =>
  caseWorkflow.duties(state, REFERENCE).find(({ name }) => name === wanted);

describe('rights information', () => {
  const inform = (more: object = {}) => ({
    type: 'InformOfRights', body: { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED', language: 'ron', ...more },
  });

  it('is recorded once a sheet, and a refusal to sign is witnessed', () => {
    given(...notified()).when(inform()).then({ ...informed, seals: ['contact'] });
    given(...notified(), informed).when(inform()).thenNothing();
    given(...notified(), informed).when(inform({ sheetVersion: '2026-2' })).decided();
    given(...notified()).when(inform({ acknowledgement: 'REFUSED_WITNESSED' })).thenRejects('witness-missing');
    given(...notified({ interpreterNeeded: true })).when(inform()).thenRejects('interpreter-missing');
  });

  it('is owed in the contact in which the person is presumed a victim (A6)', () => {
    expect(duty(given(...notified(), presumed).state, 'rights-information')).toMatchObject({ owedBy: { organisation: 'casa-lumina' } });
    expect(duty(given(...notified(), informed, presumed).state, 'rights-information')).toBeUndefined();
  });
});

describe('screening', () => {
  const present = (...codes: readonly string[]) => codes.map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' }));
  const screen = (more: object = {}) => ({
    type: 'CompleteScreening',
    body: { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false, answers: present('EX-01', 'EX-09'), ...more },
  });

  it('is scored while it is decided; only the outcome stands in clear, and says that its rule is provisional (R-10)', () => {
    const clear = { mode: 'OBSERVATION', profile: 'ADULT_LABOUR', safeSetting: true, interpreterUsed: false };
    const data = { ...clear, screeningId: NEW_ID, outcome: 'WEAK', provisional: true };
    given(...notified()).when(screen()).then({ type: 'ScreeningCompleted', data, seals: ['assessment'] });
    const strong = present('EX-01', 'EX-09', 'CD-01', 'CD-02', 'DR-01', 'DR-10');
    expect(given(...notified()).when(screen({ answers: strong })).decided()[0]?.data).toMatchObject({ outcome: 'STRONG' });
  });

  it('decides nothing, however strong (INV-7)', () => {
    expect(given(...notified(), screened('STRONG')).state.facts.identification).toBe('POTENTIAL');
  });

  it('as an interview needs consent and a safe setting; on observation it holds no statements', () => {
    given(...notified()).when(screen({ mode: 'INTERVIEW' })).thenRejects('consent-missing');
    given(...notified(), informed, consented('INTERVIEW')).when(screen({ mode: 'INTERVIEW' })).decided();
    given(...notified(), informed, consented('INTERVIEW')).when(screen({ mode: 'INTERVIEW', safeSetting: false })).thenRejects('setting-not-safe');
    given(...notified()).when(screen({ answers: [{ code: 'EX-01', answer: 'PRESENT', basis: 'STATED' }] })).thenRejects('stated-without-interview');
  });

  it('fits the age rules, and indicators of the catalogue, each once', () => {
    given(...aChild()).when(screen()).thenRejects('profile-does-not-fit-age');
    given(...aChild()).when(screen({ profile: 'CHILD_LABOUR' })).decided();
    given(...notified()).when(screen({ answers: present('ZZ-01') })).thenRejects('indicator-unknown');
    given(...notified()).when(screen({ answers: present('EX-01', 'EX-01') })).thenRejects('indicator-repeated');
  });

  it('is not done on another rule than the policy names (R-10)', () => {
    const policy = { ...REFERENCE.policy, values: { ...REFERENCE.policy.values, 'id.rule': 'AMP_GROUPS' as const } };
    given(...notified()).when(screen(), { reference: { ...REFERENCE, policy } }).thenRejects('identification-rule-missing');
  });

  it('follows the rule of the policy that the case is pinned to', () => {
    const inLatvia = (...codes: readonly string[]) =>
      given(...notified()).when(screen({ answers: present(...codes) }), { reference: shippedReference('LV', []) });
    expect(inLatvia('ACT-01', 'MEA-05', 'EXP-02').decided()[0]?.data).toMatchObject({ outcome: 'STRONG', provisional: true });
    expect(inLatvia('ACT-01', 'EXP-02').decided()[0]?.data).toMatchObject({ outcome: 'WEAK' });
    inLatvia('EX-01').thenRejects('indicator-unknown');
  });

  it('with another profile is another screening, and the first one stays', () => {
    const [second] = given(...notified(), screened('WEAK')).when(screen({ profile: 'ADULT_SEXUAL' })).decided();
    expect(second?.data).toMatchObject({ screeningId: NEW_ID, profile: 'ADULT_SEXUAL' });
    const { slices } = given(...notified(), screened('WEAK'), { type: 'ScreeningCompleted', data: second!.data }).state;
    expect((slices['identification'] as { screenings: object[] }).screenings).toMatchObject([
      { screeningId: 'screening-1', outcome: 'WEAK' },
      { screeningId: NEW_ID },
    ]);
  });

  it('can be done again, by a person', () => {
    given(...notified(), screened('NONE')).when(screen()).decided();
    given(...notified()).when(screen(), { human: false }).thenRejects('human-required');
  });

  it('is owed within the limit, later by as long as the person said "not now" (R-5)', () => {
    const postponed = (until: string, occurredAt: string) => ({ type: 'ScreeningPostponed', data: { until }, metadata: { occurredAt } });
    expect(duty(given(...notified()).state, 'screening')?.dueAt).toBe('2026-03-13T08:00:00.000Z');
    const paused = given(...notified(), postponed('2026-03-12T08:00:00.000Z', '2026-03-11T08:00:00.000Z'));
    expect(duty(paused.state, 'screening')?.dueAt).toBe('2026-03-14T08:00:00.000Z');
    const overlapping = [postponed('2026-03-12T08:00:00.000Z', '2026-03-11T08:00:00.000Z'), postponed('2026-03-13T08:00:00.000Z', '2026-03-11T20:00:00.000Z')];
    expect(duty(given(...notified(), ...overlapping).state, 'screening')?.dueAt).toBe('2026-03-15T08:00:00.000Z');
    const late = given(...notified(), postponed('2026-03-20T08:00:00.000Z', '2026-03-14T08:00:00.000Z'));
    expect(duty(late.state, 'screening')?.dueAt).toBe('2026-03-13T08:00:00.000Z');
    expect(duty(given(...notified(), screened('NONE')).state, 'screening')).toBeUndefined();
  });

  const later = (until: string) => ({ type: 'RecordNotNow', body: { until } });
  it('is postponed to a later moment, in universal time', () => {
    given(...notified()).when(later('2026-03-12T10:00:00+02:00')).then({ type: 'ScreeningPostponed', data: { until: '2026-03-12T08:00:00.000Z' } });
    given(...notified()).when(later(NOW)).thenRejects('pause-over');
  });

  it('is postponed by a person, for as long as the policy lets one "not now" last, and again when she says it again', () => {
    given(...notified()).when(later('2026-03-12T08:00:00.000Z'), { human: false }).thenRejects('human-required');
    given(...notified()).when(later('2026-04-09T08:00:00.000Z')).decided();
    const { details } = given(...notified()).when(later('2026-04-11T08:00:00.000Z')).thenRejects('pause-too-long');
    expect(details).toEqual({ fields: ['/until'], latest: '2026-04-09T21:00:00.000Z' });
    given(...notified()).when(later('2026-05-08T08:00:00.000Z'), { now: '2026-04-09T09:00:00.000Z', occurredAt: '2026-04-09T09:00:00.000Z' }).decided();
  });
});

describe('presumption', () => {
  const presume = (body: object = {}) => ({ type: 'Presume', body });
  const data = { standard: 'REASONABLE_GROUNDS', deciderRole: 'CM', provisional: true };

  it('is a person’s decision on a screening, or on grounds', () => {
    const outcome = { screeningId: 'screening-1', outcome: 'STRONG' };
    given(...notified(), screened('STRONG')).when(presume()).then({ type: 'VictimPresumed', data: { ...data, ...outcome } });
    given(...notified(), screened('NONE')).when(presume()).thenRejects('grounds-missing');
    given(...notified()).when(presume()).thenRejects('grounds-missing');
    given(...notified()).when(presume({ grounds: 'words' })).then({ type: 'VictimPresumed', data, seals: ['narrative'] });
    given(...notified(), screened('STRONG')).when(presume(), { human: false }).thenRejects('human-required');
  });

  it('is taken by whom the country policy names (INV-8)', () => {
    const policy = { ...REFERENCE.policy, values: { ...REFERENCE.policy.values, 'id.presumption_deciders': ['LE'] as const } };
    given(...notified(), screened('STRONG')).when(presume(), { reference: { ...REFERENCE, policy } }).thenRejects('decider-not-authorised');
  });

  it('is not taken twice', () => {
    given(...notified(), presumed).when(presume({ grounds: 'words' })).thenRejects('wrong-state');
  });
});

describe('screening out', () => {
  const body = { reason: 'NO_INDICATION', ledToOtherProtection: true };
  const out = { type: 'ScreenOut', body };
  const proposed = { type: 'ScreenOutProposed', data: body, metadata: { actor: 'worker-1' } };

  it('needs a screening, and one reader where nothing speaks against it', () => {
    given(...notified()).when(out).thenRejects('screening-missing');
    given(...notified(), screened('WEAK')).when(out).then({ type: 'ScreenedOut', data: body });
  });

  it('of a child, or against what indicators say, needs a second reader', () => {
    for (const story of [[...aChild(), screened('NONE')], [...notified(), screened('STRONG')]]) {
      given(...story).when(out).then({ type: 'ScreenOutProposed', data: body });
      given(...story, proposed).when(out).thenRejects('second-person-required');
      given(...story, proposed).when(out, { actor: 'worker-2' }).then({ type: 'ScreenedOut', data: body });
    }
  });

  it('ends nothing that runs (INV-6)', () => {
    const before = given(...notified(), screened('NONE')).state.facts;
    const after = given(...notified(), screened('NONE'), { type: 'ScreenedOut', data: body }).state.facts;
    expect(after).toEqual({ ...before, identification: 'NOT_PRESUMED', kept: { screenedOutAt: '2026-03-10T08:00:00.000Z' } });
  });
});

describe('formal identification', () => {
  const ask = { type: 'RequestFormalIdentification', body: { authority: 'politia-exemplu' } };
  const consent = [informed, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu')];
  const asked = {
    type: 'FormalIdentificationRequested',
    data: { requestId: 'r1', authority: 'politia-exemplu', deciderRole: 'LE', consentId: 'consent-FORMAL_IDENTIFICATION_REQUEST' },
  };
  const decline = { type: 'DeclineFormalIdentification', body: { reason: 'FEAR' } };
  const declined = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
  const decide = (decision: string, more: object = {}) => ({
    type: 'RecordFormalDecision', body: { authority: 'politia-exemplu', decision, decisionNumber: '1/2026', ...more },
  });
  const refused = { type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' } };
  const live = (story: readonly Given[]) => given(...story).state.facts.engagements.filter((e) => e.until === undefined);

  it('is asked for with consent, of an authority that may decide, which then sees the request', () => {
    given(...notified(), presumed).when(ask).thenRejects('consent-missing');
    given(...notified(), ...consent, presumed).when(ask).then({ ...asked, data: { ...asked.data, requestId: NEW_ID } });
    given(...notified(), presumed, informed, consented('FORMAL_IDENTIFICATION_REQUEST', 'clinica-aurora'))
      .when({ ...ask, body: { authority: 'clinica-aurora' } })
      .thenRejects('decider-not-authorised');
    expect(live([...notified(), presumed, asked])).toContainEqual(expect.objectContaining({ organisation: 'politia-exemplu', scope: 'OFFER' }));
  });

  it('is declined at any time, and only the status changes: the police see nothing any more, help stays (INV-6)', () => {
    given(...notified(), presumed).when(decline).then(declined);
    given(...notified(), presumed, declined).when(decline).thenNothing();
    const before = given(...notified(), ...consent, presumed).state.facts;
    const after = given(...notified(), ...consent, presumed, asked, declined).state.facts;
    expect({ ...after, engagements: [], holders: [] }).toEqual({ ...before, identification: 'PRESUMED_DECLINED', decidedAt: '2026-03-10T08:00:00.000Z', engagements: [] });
    expect(live([...notified(), ...consent, presumed, asked, declined]).map((e) => e.organisation)).toEqual(['casa-lumina']);
  });

  it('is declined by the clock when the consent to ask is withdrawn (8.2)', () => {
    const withdrawn = { type: 'ConsentWithdrawn', data: { consentId: 'consent-FORMAL_IDENTIFICATION_REQUEST', by: 'PERSON' } };
    const { state } = given(...notified(), ...consent, presumed, asked, withdrawn);
    expect(duty(state, 'formal-request-withdrawal')?.command).toEqual({ type: 'DeclineFormalIdentification', body: { reason: 'CONSENT_WITHDRAWN' } });
    expect(duty(given(...notified(), ...consent, presumed, asked).state, 'formal-request-withdrawal')).toBeUndefined();
  });

  it('is decided by whom the policy names, and never in the name of another (INV-8)', () => {
    const data = { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true };
    given(...notified(), presumed).when(decide('IDENTIFIED'), POLICE).then({ type: 'VictimFormallyIdentified', data, seals: ['proceedings'] });
    given(...notified(), presumed).when(decide('IDENTIFIED')).decided();
    given(...notified(), presumed).when(decide('IDENTIFIED', { authority: 'casa-lumina' })).thenRejects('decider-not-authorised');
    given(...notified(), presumed).when(decide('IDENTIFIED', { authority: 'parchetul-exemplu' }), POLICE).thenRejects('decider-not-authorised');
    given(...notified()).when(decide('IDENTIFIED'), POLICE).thenRejects('wrong-state');
  });

  it('is refused with a reason, and reconsidered once and in time', () => {
    given(...notified(), presumed).when(decide('REFUSED'), POLICE).thenRejects('reason-missing');
    given(...notified(), presumed).when(decide('REFUSED', { reason: 'CRITERIA_NOT_MET' }), POLICE).then({
      ...refused,
      data: { ...refused.data, contestUntil: '2026-04-09T21:00:00.000Z', moveOnUntil: '2026-03-24T22:00:00.000Z' },
      seals: ['proceedings'],
    });
    const again = { type: 'RequestReconsideration', body: { requestedBy: 'PERSON', newInformation: 'words' } };
    const requested = { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_IDENTIFIED' } };
    given(...notified(), presumed, refused).when(again).then({ ...requested, seals: ['narrative'] });
    given(...notified(), presumed, refused, requested).when(decide('IDENTIFIED'), POLICE).decided();
    given(...notified(), presumed, refused, requested, refused).when(again).thenRejects('decision-final');
    const late = { ...refused, data: { ...refused.data, contestUntil: '2026-03-10T08:30:00.000Z' } };
    given(...notified(), presumed, late).when(again).thenRejects('out-of-time');
    given(...notified(), presumed, late).when(again, { role: 'SUP' }).thenRejects('reason-missing');
    const admitted = { ...again, body: { ...again.body, lateBecause: 'NO_LEGAL_HELP' } };
    given(...notified(), presumed, late).when(admitted).thenRejects('out-of-time');
    given(...notified(), presumed, late)
      .when(admitted, { role: 'SUP' })
      .then({ ...requested, data: { ...requested.data, lateBecause: 'NO_LEGAL_HELP' }, seals: ['narrative'] });
    given(...notified(), presumed, refused).when(again, { now: '2026-05-10T09:00:00.000Z', occurredAt: '2026-05-10T09:00:00.000Z' }).thenRejects('out-of-time');
  });

  it('after screening out is reconsidered by screening, as often as there is something new (R-9)', () => {
    const out = { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
    const requested = { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_PRESUMED' } };
    given(...notified(), screened('NONE'), out, requested).when({ type: 'ScreenOut', body: out.data }).decided();
    given(...notified(), screened('NONE'), out, requested).when({ type: 'Presume', body: { grounds: 'words' } }).decided();
    given(...notified(), presumed, refused, { ...requested, data: { ...requested.data, of: 'NOT_IDENTIFIED' } })
      .when({ type: 'ScreenOut', body: out.data })
      .thenRejects('wrong-state');
  });
});
