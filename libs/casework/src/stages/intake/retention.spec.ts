import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { aChild, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE, under } from '../../../../../test/support/reference.js';

const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;
const DPO = { organisation: 'centrul-coordonare', role: 'DPO', actor: 'officer-2' } as const;
const order = { type: 'OrderErasure', body: { reason: 'RETENTION_OVER' } };
const ordered = { type: 'ErasureOrdered', data: { reason: 'RETENTION_OVER' } };
/** All at eight on the tenth of March 2026, in UTC. */
const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p1', reason: 'GOALS_MET', unmetNeeds: [] } };
const reopened: Given = { type: 'CaseReopened', data: { reason: 'NEW_NEED' } };
const screenedOut: Given = { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
const held: Given = { type: 'LegalHoldPlaced', data: { holdId: 'h1', ground: 'LEGAL_CLAIM' } };
const lifted: Given = { type: 'LegalHoldLifted', data: { holdId: 'h1' } };
const asked: Given = {
  type: 'ReferralRequested',
  data: {
    referralId: 'r1', recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'ROUTINE', dataShared: [], region: 'RO32', replyBy: '2026-03-17T08:00:00.000Z', restsOn: { ground: 'CONSENT' },
  },
};
const declined: Given = { type: 'ReferralDeclined', data: { referralId: 'r1', reason: 'NO_CAPACITY' }, metadata: { occurredAt: '2026-05-10T08:00:00.000Z', recordedAt: '2026-05-10T08:00:00.000Z' } };
const age = (ageBand: string, at: string): Given => ({ type: 'AgeRecorded', data: { ageBand, ageStatus: 'DOCUMENTED' }, metadata: { occurredAt: at } });

const owed = (events: readonly Given[], reference = REFERENCE) => caseWorkflow.duties(given(...events).state, reference).filter(({ name }) => name === 'retention');
/** Until the end of which local day, the last one on which the person can be singled out. */
const until = (...events: readonly Given[]) => owed(events).map(({ dueAt }) => new Date(Date.parse(dueAt) - 1).toISOString().slice(0, 10));

describe('what is kept of a person', () => {
  it('is kept while the case goes on, and two years after it was closed (8.5)', () => {
    expect(until(...notified())).toEqual([]);
    expect(until(...notified(), closed)).toEqual(['2028-03-10']);
    expect(until(...notified(), closed, reopened)).toEqual([]);
    expect(owed([...notified(), closed], under({ 'retention.identity': { months: 1 } }))).toMatchObject([{ dueAt: '2026-04-10T21:00:00.000Z' }]);
  });

  it('of a child is kept until 21, by the lowest age that it may have had', () => {
    expect(until(...aChild(), closed)).toEqual(['2033-03-10']);
    expect(until(...notified({ ageBand: '0-13' }), closed)).toEqual(['2047-03-10']);
    expect(until(...notified({ ageBand: 'UNKNOWN', signsOfChildhood: true }), closed)).toEqual(['2047-03-10']);
    expect(owed([...aChild(), closed], under({ 'retention.minor_until_age': 18 }))).toMatchObject([{ dueAt: '2030-03-10T22:00:00.000Z' }]);
  });

  it('of a child who came of age in the case is kept three years from then; of who was none after all, as an adult’s', () => {
    const majority: Given = { type: 'MajorityReached', data: {}, metadata: { occurredAt: '2026-06-01T08:00:00.000Z' } };
    expect(until(...aChild(), majority, closed)).toEqual(['2029-06-01']);
    expect(until(...aChild(), age('18-25', '2026-06-01T08:00:00.000Z'), closed)).toEqual(['2029-06-01']);
    expect(until(...aChild(), age('26-40', '2026-06-01T08:00:00.000Z'), closed)).toEqual(['2028-03-10']);
  });

  it('of who was no presumed victim is kept for half a year, from the last help on (2.2 A11)', () => {
    expect(until(...notified(), screenedOut)).toEqual(['2026-09-10']);
    expect(until(...notified(), screenedOut, asked)).toEqual([]);
    expect(until(...notified(), screenedOut, asked, declined)).toEqual(['2026-11-10']);
    expect(owed([...notified(), screenedOut], under({ 'retention.not_presumed': { months: 1 } }))).toMatchObject([{ dueAt: '2026-04-10T21:00:00.000Z' }]);
  });

  it('is not forgotten unsaid: three days before, whoever leads the case is warned', () => {
    const watch = caseWorkflow.duties(given(...notified(), screenedOut).state, REFERENCE).filter(({ name, key }) => name === 'deadline-watch' && key.startsWith('retention'));
    expect(watch).toMatchObject([{ dueAt: '2026-09-07T21:00:00.000Z', owedBy: { role: 'CLOCK' } }]);
  });

  it('is erased by the clock when the time is over, not before, and for no other reason', () => {
    const over = { ...CLOCK, now: '2028-03-10T22:00:00.000Z' };
    expect(owed([...notified(), closed])).toMatchObject([{ dueAt: over.now, owedBy: { role: 'DPO' }, command: order }]);
    given(...notified(), closed).when(order, over).then(ordered);
    given(...notified(), closed).when(order, { ...CLOCK, now: '2028-03-10T21:59:59.999Z' }).thenRejects('not-due');
    given(...notified()).when(order, over).thenRejects('not-due');
    given(...notified(), closed).when({ ...order, body: { reason: 'PERSON_REQUEST' } }, over).thenRejects('not-due');
    given(...notified(), closed).when(order, DPO).then(ordered);
  });

  it('is not erased under a legal hold, and is once it is lifted', () => {
    const over = { ...CLOCK, now: '2028-03-11T00:00:00.000Z' };
    expect(until(...notified(), closed, held)).toEqual([]);
    given(...notified(), closed, held).when(order, over).thenRejects('legal-hold');
    expect(until(...notified(), closed, held, lifted)).toEqual(['2028-03-10']);
    given(...notified(), closed, held, lifted).when(order, over).then(ordered);
  });
});
