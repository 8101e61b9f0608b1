/** The look of a second person at a disclosure without consent: who hears of it, and what waits when nobody looks. */
import { describe, expect, it } from '@jest/globals';
import type { Given, Recorded } from '#kernel';
import { caseWorkflow } from '#casework';
import { aChild, consented, given, informed, notified, presumed } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { translate } from './consent.notify.js';

const DUE = '2026-03-11T08:00:00.000Z';
const BEFORE = '2026-03-11T07:59:59.000Z';
const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;
const SUPERVISOR = { role: 'SUP', actor: 'supervisor-1' } as const;
const made = (overrideId = 'o1', more: object = {}, metadata: Given['metadata'] = {}): Given =>
  ({ type: 'DisclosureWithoutConsentMade', data: { overrideId, ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: [], ...more }, metadata });
const reviewed = (result: string): Given => ({ type: 'OverrideReviewed', data: { overrideId: 'o1', result } });
const overdue: Given = { type: 'OverrideReviewOverdue', data: { overrideId: 'o1' } };
const report = { type: 'ReportOverdueReview', body: { overrideId: 'o1' } };
const owed = (...story: readonly Given[]) => caseWorkflow.duties(given(...story).state, REFERENCE).filter(({ name }) => name.startsWith('override-review'));

describe('a review that nobody made', () => {
  it('is recorded as overdue by the clock at its time, once', () => {
    const story = given(...notified(), made());
    story.when(report, { ...CLOCK, now: BEFORE }).thenRejects('not-due');
    story.when(report, { ...CLOCK, now: DUE }).then({ type: 'OverrideReviewOverdue', data: { overrideId: 'o1' } });
    given(...notified(), made(), overdue).when(report, { ...CLOCK, now: DUE }).thenNothing();
    given(...notified(), made(), reviewed('UPHELD')).when(report, { ...CLOCK, now: DUE }).thenNothing();
    given(...notified()).when(report, { ...CLOCK, now: DUE }).thenRejects('not-found');
  });

  it('stays owed, then by the coordination too, until it is made', () => {
    const review = { name: 'override-review', key: 'o1', dueAt: DUE, owedBy: { role: 'SUP' } };
    expect(owed(...notified(), made())).toEqual([{ ...review, command: report }]);
    expect(owed(...notified(), made(), overdue)).toEqual([review, { ...review, name: 'override-review-overdue', owedBy: { role: 'NRM_COORD' } }]);
    expect(owed(...notified(), made(), overdue, reviewed('UPHELD'))).toEqual([]);
    given(...notified(), made(), overdue).when({ type: 'ReviewOverride', body: { overrideId: 'o1', result: 'UPHELD' } }, SUPERVISOR).decided();
  });
});

describe('a request on a disclosure that nobody reviewed in time', () => {
  const firstForm = {
    type: 'RiskAssessed',
    data: { assessmentId: 'a1', purpose: 'INITIAL', form: 'FIRST', overall: 'HIGH', dimensions: {}, redFlags: [], coreComplete: true, validUntil: '2026-03-30T00:00:00.000Z', provisional: true },
  };
  const request = (priority: string) => ({ type: 'RequestReferral', body: { recipient: 'clinica-aurora', services: ['MED.GEN'], priority, dataShared: [] } });
  const story = [...notified(), firstForm, made()];

  it('waits for the review, but for an emergency', () => {
    given(...story).when(request('URGENT'), { now: BEFORE }).decided();
    given(...story).when(request('URGENT'), { now: DUE }).thenRejects('override-review-overdue');
    given(...story).when(request('EMERGENCY'), { now: DUE }).decided();
  });

  it('goes again once it is upheld, and not at all when it is not', () => {
    given(...story, overdue, reviewed('UPHELD')).when(request('URGENT'), { now: DUE }).decided();
    given(...story, overdue, reviewed('NOT_UPHELD')).when(request('EMERGENCY'), { now: DUE }).thenRejects('consent-missing');
  });

  it('goes on another one that is in time, or on her consent', () => {
    const later = made('o2', {}, { occurredAt: '2026-03-11T07:00:00.000Z', recordedAt: '2026-03-11T07:00:00.000Z' });
    const decided = given(...story, later).when(request('URGENT'), { now: DUE }).decided();
    expect(decided[0]?.data).toMatchObject({ restsOn: { overrideId: 'o2' } });
    given(...story, informed, consented('REFERRAL', 'clinica-aurora')).when(request('URGENT'), { now: DUE }).decided();
  });

  it('to an authority waits too', () => {
    const child = [...aChild(), presumed, made('o1', { ground: 'CHILD_PROTECTION_DUTY', recipient: 'politia-exemplu' })];
    const ask = { type: 'RequestFormalIdentification', body: { authority: 'politia-exemplu' } };
    given(...child).when(ask, { now: BEFORE }).decided();
    given(...child).when(ask, { now: DUE }).thenRejects('override-review-overdue');
  });

  it('that was made before can still be accepted', () => {
    const asked = {
      type: 'ReferralRequested',
      data: { referralId: 'r1', recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'URGENT', dataShared: [], replyBy: '2026-03-12T08:00:00.000Z', restsOn: { ground: 'RISK_TO_LIFE', overrideId: 'o1' } },
    };
    const accept = { type: 'AcceptReferral', body: { referralId: 'r1', worker: 'W-1', startFrom: DUE, meeting: 'words' } };
    given(...story, asked).when(accept, { organisation: 'clinica-aurora', role: 'SP', now: DUE }).decided();
  });
});

describe('who is told', () => {
  const event = (type: string): Recorded => ({ type, stream: 'case-1', data: { overrideId: 'o1' }, metadata: { organisation: 'casa-lumina' } }) as unknown as Recorded;
  const { facts } = given(...notified({}, { organisation: 'casa-lumina', role: 'CM' }), made()).state;
  const to = (recipient: string) => ({ recipient, thing: 'o1', recall: false });

  it('of a disclosure is whoever may review it: the house that leads, whoever made it there, and the coordination', () => {
    expect(translate(event('DisclosureWithoutConsentMade'), facts, facts)).toEqual([to('casa-lumina'), to('centrul-coordonare')]);
    expect(translate(event('OverrideReviewed'), facts, facts)).toEqual([]);
  });

  it('of a review that is overdue is the coordination', () => {
    expect(translate(event('OverrideReviewOverdue'), facts, facts)).toEqual([to('centrul-coordonare')]);
  });
});
