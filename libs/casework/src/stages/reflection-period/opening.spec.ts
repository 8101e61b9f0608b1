import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { caseWorkflow } from '#casework';
import { given, notified, presumed, screened } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS } from '../../../../../test/support/reference.js';

const ROMANIA = shippedReference('RO', ORGANISATIONS);
const KINGDOM = shippedReference('UK', ORGANISATIONS);
const under = (values: object) => ({ ...KINGDOM, policy: { ...KINGDOM.policy, values: { ...KINGDOM.policy.values, ...values } } });
const at = (one: Given, occurredAt: string): Given => ({ ...one, metadata: { occurredAt } });
const identified: Given = { type: 'VictimFormallyIdentified', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true } };
const offered: Given = { type: 'ReflectionPeriodOffered', data: { media: ['ORAL'] } };
const over: Given = { type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } };
const FROM = '2026-03-10T09:00:00.000Z';
const UNTIL = '2026-06-08T21:00:00.000Z';
const running = (from = FROM, until = UNTIL): Given => ({ type: 'ReflectionPeriodStarted', data: { from, until, trigger: 'PRESUMPTION', untilDecision: false, provisional: true } });
const extended: Given = { type: 'ReflectionPeriodExtended', data: { until: UNTIL } };
const start = { type: 'StartReflectionPeriod', body: {} };
const byCoordinator = (now: string, occurredAt = now) => ({ organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1', reference: ROMANIA, now, occurredAt }) as const;
const owed = (reference: typeof KINGDOM, ...events: readonly Given[]) =>
  caseWorkflow.duties(given(...notified(), ...events).state, reference).filter(({ name }) => name.startsWith('reflection-period'));
const EARLIER = '2026-03-09T10:00:00.000Z';
const LATER = '2026-04-20T10:00:00.000Z';

describe('the decision that opens the period', () => {
  it('is the presumption, also of who was identified since', () => {
    const [event] = given(...notified(), at(presumed, EARLIER), at(identified, FROM)).when(start, byCoordinator(LATER)).decided();
    expect(event?.data).toMatchObject({ from: LATER });
    expect(owed(KINGDOM, at(presumed, EARLIER), at(identified, LATER))).toMatchObject([{ name: 'reflection-period-start', dueAt: EARLIER }]);
  });

  it('is the identification itself of who was never presumed', () => {
    const story: readonly Given[] = [
      screened('WEAK'), { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } },
      { type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of: 'NOT_PRESUMED' } }, at(identified, FROM),
    ];
    expect(owed(KINGDOM, ...story)).toMatchObject([{ name: 'reflection-period-start', dueAt: FROM }]);
  });

  it('is never later than the period: what is recorded as begun before it begins with it', () => {
    const [event] = given(...notified(), at(presumed, FROM)).when(start, byCoordinator(LATER, EARLIER)).decided();
    expect(event?.data).toMatchObject({ from: FROM });
  });

  it('starts nothing by itself where it is for some only, of a closed case, or once erasure was ordered', () => {
    expect(owed(under({}), presumed)).toHaveLength(1);
    const foreigner = notified({ citizenship: 'OTHER' });
    const some = under({ 'rrp.applies_to': 'THIRD_COUNTRY_NATIONALS' });
    expect(caseWorkflow.duties(given(...foreigner, presumed).state, some).filter(({ name }) => name.startsWith('reflection'))).toEqual([]);
    expect(owed(KINGDOM, presumed, { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DUPLICATE', unmetNeeds: [] } })).toEqual([]);
    for (const story of [[presumed], [presumed, running()]]) expect(owed(KINGDOM, ...story, { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } })).toEqual([]);
  });
});

describe('a warning', () => {
  const warned: Given = { type: 'ReflectionPeriodExpiryWarned', data: { daysLeft: 14 } };
  const warnings = (reference: typeof KINGDOM, ...events: readonly Given[]) =>
    owed(reference, ...events).filter(({ name }) => name === 'reflection-period-warning').map(({ key, dueAt }) => [key, dueAt]);

  it('of a second period is given as of the first', () => {
    expect(warnings(ROMANIA, presumed, running(), warned, over, offered, running(FROM, UNTIL)).map(([key]) => key)).toEqual(['14', '3']);
  });

  it('that would come before the period began is none', () => {
    const reference = under({ 'rrp.warnings': [{ days: 40 }, { days: 3 }] });
    expect(warnings(reference, presumed, running(FROM, '2026-04-09T23:00:00.000Z')).map(([key]) => key)).toEqual(['3']);
  });

  it('in hours is given at the last midnight from which so many are left, in working days on the last such day', () => {
    // The last day is 8 April; Easter is the weekend before, from Good Friday to Monday.
    const reference = under({ 'rrp.warnings': [{ hours: 48 }, { workingDays: 2 }] });
    expect(warnings(reference, presumed, running(FROM, '2026-04-08T23:00:00.000Z'))).toEqual([['2', '2026-04-06T23:00:00.000Z'], ['2', '2026-04-06T23:00:00.000Z']]);
  });
});

describe('a period that was made longer', () => {
  it('ends as any other: by the clock, and by the person herself', () => {
    const story = given(...notified(), presumed, running(), extended);
    const ends = { type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } };
    story.when({ type: 'ExpireReflectionPeriod', body: {} }, { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false, reference: ROMANIA, now: UNTIL, occurredAt: UNTIL }).then(ends);
    const asks = { type: 'EndReflectionPeriod', body: { reason: 'PERSON_REQUEST' } };
    story.when(asks, { role: 'PERSON' }).then({ type: 'ReflectionPeriodEnded', data: { because: 'BY_PERSON' }, seals: ['proceedings'] });
    expect(given(...notified(), presumed, running()).when(asks, { role: 'PERSON' }).decided()).toHaveLength(1);
  });
});
