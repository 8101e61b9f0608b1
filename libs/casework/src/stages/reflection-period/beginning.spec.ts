/** A reflection period is offered, begins, is declined or made longer. Source: domain.md 2.3 B1-B4. */
import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { caseWorkflow } from '#casework';
import { aChild, given, informed, notified, presumed } from '../../../../../test/support/case-specification.js';
import { at, CLOCK, COORDINATOR, declined, dutiesIn, FROM, identified, in_, offered, REFERENCES, refused, running, start, started, UNTIL, with_ } from '../../../../../test/support/reflection-facts.js';

describe('a reflection period begins', () => {
  it.each([
    // 90 days from the start, which is day 0; over the change to summer time.
    ['RO', FROM, UNTIL],
    // Over the change to winter time, Christmas and New Year: every day counts.
    ['RO', '2026-10-20T21:30:00.000Z', '2027-01-19T22:00:00.000Z'],
    // Late in the evening by UTC it is the next day in Bucharest.
    ['RO', '2026-03-10T22:30:00.000Z', '2026-06-09T21:00:00.000Z'],
    ['LV', FROM, '2026-04-09T21:00:00.000Z'],
    // The day of the decision is day one: the 30th day is start + 29.
    ['UK', FROM, '2026-04-08T23:00:00.000Z'],
    ['UK', '2026-10-10T12:00:00.000Z', '2026-11-09T00:00:00.000Z'],
    ['BG', FROM, '2026-04-09T21:00:00.000Z'],
  ] as const)('in %s on %s and runs until %s', (country, from, until) => {
    const foreigner = notified({ country, citizenship: 'OTHER' });
    const opened = country === 'BG' ? [presumed, at(identified, from)] : [at(presumed, from)];
    const [event] = given(...foreigner, ...opened).when(start, { ...COORDINATOR, ...in_(country, from) }).decided();
    expect(event?.data).toMatchObject({ from, until });
  });

  it('on the decision that the country names, and on no earlier one', () => {
    given(...notified(), informed).when(start, { ...COORDINATOR, ...in_('RO') }).thenRejects('reflection-not-due');
    given(...notified(), presumed).when(start, { ...COORDINATOR, ...in_('BG') }).thenRejects('reflection-not-due');
    expect(given(...notified(), presumed).when(start, { ...COORDINATOR, ...in_('UK') }).decided()).toHaveLength(1);
    given(...notified(), presumed, refused).when(start, { ...COORDINATOR, ...in_('RO') }).thenRejects('reflection-not-due');
    expect(given(...notified(), presumed, declined).when(start, { ...COORDINATOR, ...in_('RO') }).decided()).toHaveLength(1);
  });

  it('by itself where the law says so, from the moment of the decision; elsewhere somebody asks her', () => {
    const decided = '2026-03-09T10:00:00.000Z';
    expect(dutiesIn('UK', ...notified(), at(presumed, decided))).toMatchObject([{ name: 'reflection-period-start', dueAt: decided, command: start }]);
    const [event] = given(...notified(), at(presumed, decided)).when(start, { ...CLOCK, ...in_('UK') }).decided();
    expect(event?.data).toMatchObject({ from: decided, untilDecision: true });
    expect(dutiesIn('BG', ...notified(), presumed)).toEqual([]);
    expect(dutiesIn('BG', ...notified(), presumed, at(identified, decided))).toMatchObject([{ name: 'reflection-period-start', dueAt: decided }]);
    expect(dutiesIn('RO', ...notified(), presumed)).toEqual([]);
    // Three days, with the day of the decision as day 0.
    expect(dutiesIn('LV', ...notified({ citizenship: 'OTHER' }), at(presumed, decided))).toEqual([
      { name: 'reflection-period-offer', key: 'case', dueAt: '2026-03-12T22:00:00.000Z', owedBy: { role: 'NRM_COORD' } },
    ]);
    expect(dutiesIn('LV', ...notified({ citizenship: 'OTHER' }), at(presumed, decided), offered)).toEqual([]);
  });

  it('never by itself under a policy that does not know what starts it (R-10)', () => {
    const reference = REFERENCES['UK']!;
    const unknown = { ...reference, policy: { ...reference.policy, unknown: ['rrp.start_trigger'] as const } };
    expect(caseWorkflow.duties(given(...notified(), presumed).state, unknown).filter(({ name }) => name.startsWith('reflection'))).toEqual([]);
  });

  it('never by itself where she is first asked whether she wants it', () => {
    const reference = with_({ 'rrp.offer_window': { days: 3 } });
    expect(caseWorkflow.duties(given(...notified(), presumed).state, reference).map(({ name }) => name)).not.toContain('reflection-period-start');
  });

  it('for no less than the days of the Convention, whatever a policy says (R-7)', () => {
    const reference = with_({ 'rrp.days': { days: 10 } });
    const [event] = given(...notified(), at(presumed, FROM)).when(start, { ...COORDINATOR, ...in_('UK'), reference }).decided();
    expect(event?.data).toMatchObject({ until: '2026-04-08T23:00:00.000Z' });
  });

  it('for citizens of third countries only, where the country says so; who is not known is not left out', () => {
    const offer = { type: 'OfferReflectionPeriod', body: { media: ['WRITTEN'] } };
    for (const citizenship of ['THIS_COUNTRY', 'OTHER_EU']) {
      given(...notified({ citizenship }), informed, presumed).when(offer, in_('LV')).thenRejects('reflection-not-applicable');
      given(...notified({ citizenship }), informed, presumed).when(start, { ...COORDINATOR, ...in_('LV') }).thenRejects('reflection-not-applicable');
      expect(dutiesIn('LV', ...notified({ citizenship }), presumed)).toEqual([]);
    }
    given(...notified({ citizenship: 'UNKNOWN' }), informed, presumed).when(offer, in_('LV')).then({ type: 'ReflectionPeriodOffered', data: offer.body });
  });

  it('is offered with rights explained, once, to who is presumed', () => {
    const offer = { type: 'OfferReflectionPeriod', body: { media: ['ORAL'] } };
    given(...notified(), presumed).when(offer, in_('RO')).thenRejects('rights-not-informed');
    given(...notified(), informed).when(offer, in_('RO')).thenRejects('reflection-not-due');
    given(...notified(), informed, presumed).when(offer, in_('RO')).then(offered);
    given(...notified(), informed, presumed, offered).when(offer, in_('RO')).thenNothing();
    given(...notified(), informed, presumed).when(offer, { ...in_('RO'), role: 'RAPP' }).thenRejects('role-not-allowed');
    given(...notified(), informed, presumed).when(start, in_('RO')).thenRejects('role-not-allowed');
  });
});

describe('a reflection period declined', () => {
  const decline = { type: 'DeclineReflectionPeriod', body: {} };
  const no: Given = { type: 'ReflectionPeriodDeclined', data: {} };

  it('is no end of anything, and starts by itself no more', () => {
    given(...notified(), presumed).when(decline, in_('UK')).thenRejects('wrong-state');
    given(...notified(), presumed, offered).when(decline, in_('UK')).then(no);
    given(...notified(), presumed, offered, no).when(decline, in_('UK')).thenNothing();
    expect(dutiesIn('UK', ...notified(), presumed, offered, no)).toEqual([]);
    expect(dutiesIn('UK', ...notified(), presumed, offered, no, offered)).toEqual([]);
    const { facts: before } = given(...notified(), presumed, offered).state;
    expect(given(...notified(), presumed, offered, no).state.facts).toEqual({ ...before, reflection: 'DECLINED' });
  });

  it('starts later, from that day, while she is presumed', () => {
    const later = '2026-03-20T09:00:00.000Z';
    const [event] = given(...notified(), presumed, offered, no).when(start, { ...COORDINATOR, ...in_('UK', later) }).decided();
    expect(event?.data).toMatchObject({ from: later });
    given(...notified(), presumed, offered, no, refused).when(start, { ...COORDINATOR, ...in_('UK', later) }).thenRejects('reflection-not-due');
  });
});

describe('a reflection period made longer', () => {
  const extend = { type: 'ExtendReflectionPeriod', body: { reason: 'HEALTH' } };

  it('ends 30 days after its last day, by decision of an authority; why is sealed', () => {
    const extended = { type: 'ReflectionPeriodExtended', data: { until: '2026-07-08T21:00:00.000Z' } };
    given(...aChild(), presumed, running).when(extend, { ...COORDINATOR, ...in_('RO') }).then({ ...extended, seals: ['health'] });
    given(...notified(), presumed, running).when(extend, in_('RO')).thenRejects('role-not-allowed');
    given(...notified(), presumed).when(extend, { ...COORDINATOR, ...in_('RO') }).thenRejects('wrong-state');
    const [again] = given(...notified(), presumed, running, extended).when(extend, { ...COORDINATOR, ...in_('RO') }).decided();
    expect(again?.data).toEqual({ until: '2026-08-07T21:00:00.000Z' });
  });

  it('ends at the same local hour over a change of clocks', () => {
    const autumn = started('2026-08-20T09:00:00.000Z', '2026-10-20T21:00:00.000Z');
    const [event] = given(...notified(), presumed, autumn).when(extend, { ...COORDINATOR, ...in_('RO') }).decided();
    expect(event?.data).toEqual({ until: '2026-11-19T22:00:00.000Z' });
  });

  it('warns of its new end again', () => {
    const warned: Given = { type: 'ReflectionPeriodExpiryWarned', data: { daysLeft: 14 } };
    expect(dutiesIn('RO', ...notified(), presumed, running, warned).map(({ key }) => key)).toEqual(['3', 'case']);
    const extended: Given = { type: 'ReflectionPeriodExtended', data: { until: '2026-07-08T21:00:00.000Z' } };
    expect(dutiesIn('RO', ...notified(), presumed, running, warned, extended).map(({ key }) => key)).toEqual(['14', '3', 'case']);
  });
});
