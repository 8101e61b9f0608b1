import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NEW_ID, given, notified } from '../../../../../test/support/case-specification.js';

const proposal = { reason: 'GOALS_MET', unmetNeeds: ['JPLC'], interviewOffered: true, retentionExplained: true };
const propose = (more: object = {}) => ({ type: 'ProposeClosure', body: { ...proposal, summary: 'she works and has a home', ...more } });
const risk = (more: object = {}): Given => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: 'a', purpose: 'CLOSURE', form: 'FULL', overall: 'LOW', redFlag: false, coreComplete: true, validUntil: '2026-06-01T00:00:00.000Z',
    provisional: true, ...more,
  },
});
const proposed: Given = { type: 'ClosureProposed', data: { ...proposal, proposalId: 'proposal-1' }, metadata: { actor: 'worker-1' } };
const approve = { type: 'ApproveClosure', body: { proposalId: 'proposal-1' } };
const SUPERVISOR = { role: 'SUP', actor: 'supervisor-1' } as const;
const closed: Given = { type: 'CaseClosed', data: { proposalId: 'proposal-1', reason: 'GOALS_MET', unmetNeeds: [] } };
const referred: Given = {
  type: 'ReferralRequested',
  data: {
    referralId: 'r', recipient: 'clinica-aurora', services: ['MED'], priority: 'ROUTINE', replyBy: '2026-03-12T09:00:00.000Z', dataShared: [],
    restsOn: { ground: 'CONSENT' },
  },
};

describe('closing a case', () => {
  it('is proposed on a valid risk assessment only (INV-3)', () => {
    given(...notified()).when(propose()).thenRejects('risk-missing');
    given(...notified(), risk({ validUntil: '2026-03-01T00:00:00.000Z' })).when(propose()).thenRejects('risk-expired');
    for (const reason of ['GOALS_MET', 'MAX_DURATION', 'PROVIDER_UNABLE'])
      given(...notified(), risk({ overall: 'HIGH' })).when(propose({ reason })).thenRejects('risk-too-high');
    expect(given(...notified(), risk({ overall: 'HIGH' })).when(propose({ reason: 'RELOCATED' })).decided()).toHaveLength(1);
    given(...notified(), risk({ coreComplete: false })).when(propose({ reason: 'RELOCATED' })).thenRejects('core-items-missing');
    given(...notified(), risk()).when(propose()).then({ type: 'ClosureProposed', data: { ...proposal, proposalId: NEW_ID }, seals: ['narrative'] });
  });

  it('rests on the desk where the person can not be asked (R-2), nowhere else', () => {
    const desk = risk({ form: 'DESK', coreComplete: false });
    given(...notified(), desk).when(propose()).thenRejects('risk-missing');
    expect(given(...notified(), desk).when(propose({ reason: 'PERSON_WITHDREW' })).decided()).toHaveLength(1);
  });

  it('is talked over with the person first, where there is somebody to talk to (7.6)', () => {
    const silent = { interviewOffered: false, retentionExplained: false };
    const story = given(...notified(), risk());
    expect(story.when(propose(silent)).thenRejects('closure-not-talked-over').details).toEqual({ missing: ['interviewOffered', 'retentionExplained'] });
    expect(story.when(propose({ retentionExplained: false })).thenRejects('closure-not-talked-over').details).toEqual({ missing: ['retentionExplained'] });
    expect(story.when(propose({ ...silent, reason: 'DECEASED' })).decided()).toHaveLength(1);
  });

  it('never takes running help away (INV-6)', () => {
    expect(given(...notified(), risk(), referred).when(propose({ reason: 'NOT_ELIGIBLE' })).thenRejects('services-open').details).toEqual({ open: 1 });
    expect(given(...notified(), risk(), referred).when(propose({ reason: 'DECEASED' })).decided()).toHaveLength(1);
  });

  it('as not eligible waits until a refused person could move on (A8)', () => {
    const refused: Given = { type: 'FormalIdentificationRefused', data: { requestId: 'q', contestUntil: '2026-04-09T21:00:00.000Z', moveOnUntil: '2026-03-24T22:00:00.000Z' } };
    const story = given(...notified(), { type: 'VictimPresumed', data: {} }, refused, risk());
    expect(story.when(propose({ reason: 'NOT_ELIGIBLE' })).thenRejects('move-on-running').details).toEqual({ until: '2026-03-24T22:00:00.000Z' });
    expect(story.when(propose({ reason: 'RELOCATED' })).decided()).toHaveLength(1);
    expect(story.when(propose({ reason: 'NOT_ELIGIBLE' }), { now: '2026-03-24T22:00:00.000Z' }).decided()).toHaveLength(1);
  });

  it('needs a second person, and a person', () => {
    const story = given(...notified(), risk(), proposed);
    story.when(approve, { ...SUPERVISOR, actor: 'worker-1' }).thenRejects('second-person-required');
    story.when(approve, { ...SUPERVISOR, human: false }).thenRejects('human-required');
    story.when(approve).thenRejects('role-not-allowed');
    story.when(approve, SUPERVISOR).then({ type: 'CaseClosed', data: { proposalId: 'proposal-1', reason: 'GOALS_MET', unmetNeeds: ['JPLC'] } });
  });

  it('looks at the risk again when it is approved', () => {
    given(...notified(), risk(), proposed).when(approve, { ...SUPERVISOR, now: '2026-07-01T00:00:00.000Z' }).thenRejects('risk-expired');
  });

  it('is rejected, and may be proposed anew', () => {
    const reject = { type: 'RejectClosure', body: { proposalId: 'proposal-1', reason: 'too early' } };
    given(...notified(), risk(), proposed).when(reject, SUPERVISOR).then({ type: 'ClosureRejected', data: { proposalId: 'proposal-1' }, seals: ['narrative'] });
    const again = given(...notified(), risk(), proposed, { type: 'ClosureRejected', data: { proposalId: 'proposal-1' } });
    again.when(approve, SUPERVISOR).thenRejects('wrong-state');
    expect(again.when(propose()).decided()).toHaveLength(1);
  });

  it('ends all work on the case but the case manager’s follow-up', () => {
    const { facts } = given(...notified(), risk(), referred, proposed, closed).state;
    expect(facts.assistance).toBe('CLOSED');
    expect(facts.engagements.filter(({ until }) => until === undefined).map(({ role }) => role)).toEqual(['CM']);
  });
});

describe('a closed case', () => {
  it.each([
    { type: 'AssessRisk', body: { purpose: 'INITIAL', form: 'FIRST', answers: [] } },
    { type: 'AgreePlan', body: {} },
    { type: 'RequestReferral', body: { recipient: 'clinica-aurora' } },
  ])('takes no $type any more', (command) => {
    given(...notified(), risk(), proposed, closed).when(command).thenRejects('case-closed');
  });
});

describe('reopening a case', () => {
  it('goes on in the same stream, led by whoever reopened it', () => {
    const reopen = { type: 'ReopenCase', body: { reason: 'RETRAFFICKED' } };
    given(...notified()).when(reopen).thenRejects('wrong-state');
    given(...notified(), risk(), proposed, closed).when(reopen).then({ type: 'CaseReopened', data: reopen.body });
    const coordinator = { type: 'CaseReopened', data: reopen.body, metadata: { organisation: 'centrul-coordonare' } };
    const { facts } = given(...notified(), risk(), proposed, closed, coordinator).state;
    expect(facts.assistance).toBe('ACTIVE');
    expect(facts.engagements.filter((e) => e.role === 'CM' && e.until === undefined).map(({ organisation }) => organisation)).toContain('centrul-coordonare');
  });
});
