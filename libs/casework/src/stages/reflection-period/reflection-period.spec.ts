import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { caseWorkflow } from '#casework';
import { aChild, given, informed, notified, presumed } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS } from '../../../../../test/support/reference.js';
import { translate } from './reflection-period.notify.js';

type Country = 'RO' | 'LV' | 'UK' | 'BG';
const REFERENCES = Object.fromEntries(['RO', 'LV', 'UK', 'BG'].map((country) => [country, shippedReference(country, ORGANISATIONS)]));
const COORDINATOR = { organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1' } as const;
const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;
const at = (one: Given, occurredAt: string): Given => ({ ...one, metadata: { occurredAt } });
const identified: Given = { type: 'VictimFormallyIdentified', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true } };
const refused: Given = { type: 'FormalIdentificationRefused', data: { ...identified.data, reason: 'CRITERIA_NOT_MET' } };
const declined: Given = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
const offered: Given = { type: 'ReflectionPeriodOffered', data: { media: ['ORAL'] } };
const start = { type: 'StartReflectionPeriod', body: {} };
const end = (reason: string, more: object = {}) => ({ type: 'EndReflectionPeriod', body: { reason, ...more } });
const started = (from: string, until: string, more: object = {}): Given => ({
  type: 'ReflectionPeriodStarted', data: { from, until, trigger: 'SERIOUS_REASONS', untilDecision: false, provisional: true, ...more },
});
const FROM = '2026-03-10T09:00:00.000Z';
/** Midnight after the 90th day: summer time came in between, so Bucharest is an hour further from UTC. */
const UNTIL = '2026-06-08T21:00:00.000Z';
const running = started(FROM, UNTIL);
const in_ = (country: Country, now = FROM) => ({ reference: REFERENCES[country]!, now, occurredAt: now });
/** The United Kingdom, were its policy another in one place. */
const with_ = (values: object) => ({ ...REFERENCES['UK']!, policy: { ...REFERENCES['UK']!.policy, values: { ...REFERENCES['UK']!.policy.values, ...values } } });
const dutiesIn = (country: Country, ...events: readonly Given[]) =>
  caseWorkflow.duties(given(...events).state, REFERENCES[country]!).filter(({ name }) => name.startsWith('reflection-period'));

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

describe('a reflection period ends', () => {
  it('when its days are over, after warnings at 14 and 3 days; the clock does all three', () => {
    expect(dutiesIn('RO', ...notified(), presumed, running).map(({ name, dueAt, command }) => [name, dueAt, command?.body])).toEqual([
      ['reflection-period-warning', '2026-05-25T21:00:00.000Z', { daysLeft: 14 }],
      ['reflection-period-warning', '2026-06-05T21:00:00.000Z', { daysLeft: 3 }],
      ['reflection-period-end', UNTIL, {}],
    ]);
    const story = given(...notified(), presumed, running);
    const expire = { type: 'ExpireReflectionPeriod', body: {} };
    story.when(expire, { ...CLOCK, ...in_('RO', '2026-06-08T20:59:59.999Z') }).thenRejects('wrong-state');
    story.when(expire, { ...CLOCK, ...in_('RO', UNTIL) }).then({ type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } });
    const warn = { type: 'WarnOfReflectionPeriodEnd', body: { daysLeft: 14 } };
    story.when(warn, { ...CLOCK, ...in_('RO') }).then({ type: 'ReflectionPeriodExpiryWarned', data: { daysLeft: 14 } });
    given(...notified(), presumed, running, { type: 'ReflectionPeriodExpiryWarned', data: { daysLeft: 14 } }).when(warn, { ...CLOCK, ...in_('RO') }).thenNothing();
  });

  it('warns on the local day over a change of clocks', () => {
    const autumn = started('2026-10-01T09:00:00.000Z', '2026-11-02T22:00:00.000Z');
    const warned = dutiesIn('RO', ...notified(), presumed, autumn).filter(({ name }) => name === 'reflection-period-warning');
    expect(warned.map(({ dueAt }) => dueAt)).toEqual(['2026-10-19T21:00:00.000Z', '2026-10-30T22:00:00.000Z']);
  });

  it('not before the decision where the country waits for it, however late; not before its own days either', () => {
    const period = [...notified(), at(presumed, FROM), started(FROM, '2026-04-08T23:00:00.000Z', { untilDecision: true })];
    const ends = (...events: readonly Given[]) => dutiesIn('UK', ...period, ...events).filter(({ name }) => name === 'reflection-period-end').map(({ dueAt }) => dueAt);
    expect(ends()).toEqual([]);
    expect(ends(at(identified, '2026-03-20T10:00:00.000Z'))).toEqual(['2026-04-08T23:00:00.000Z']);
    expect(ends(at(identified, '2026-07-14T10:00:00.000Z'))).toEqual(['2026-07-14T23:00:00.000Z']);
    expect(ends(at(refused, '2026-07-14T10:00:00.000Z'))).toEqual(['2026-07-14T23:00:00.000Z']);
    // Told once the end is known: what lies before the decision warns of nothing any more.
    expect(dutiesIn('UK', ...period, at(identified, '2026-04-01T10:00:00.000Z')).map(({ key, dueAt }) => [key, dueAt])).toEqual([
      ['3', '2026-04-05T23:00:00.000Z'], ['case', '2026-04-08T23:00:00.000Z'],
    ]);
    expect(ends(at(declined, '2026-03-20T10:00:00.000Z'))).toEqual(['2026-04-08T23:00:00.000Z']);
  });

  it('is not moved by a decision elsewhere: refused on day 60, it runs to day 90', () => {
    expect(dutiesIn('RO', ...notified(), presumed, running, at(refused, '2026-05-09T10:00:00.000Z')).at(-1)).toMatchObject({ name: 'reflection-period-end', dueAt: UNTIL });
  });

  it('when she decides to cooperate only where the country says so, never before the Convention’s 30 days (R-7)', () => {
    const cooperates = end('COOPERATION_DECIDED');
    for (const country of ['RO', 'LV', 'UK'] as const) {
      given(...notified(), presumed, running).when(cooperates, in_(country, '2026-06-01T09:00:00.000Z')).thenRejects('cooperation-ends-nothing');
    }
    const bulgarian = given(...notified(), presumed, identified, started(FROM, '2026-05-09T21:00:00.000Z'));
    const early = bulgarian.when(cooperates, in_('BG', '2026-04-09T20:59:00.000Z')).thenRejects('reflection-too-short');
    expect(early.details).toEqual({ minimum: '2026-04-09T21:00:00.000Z' });
    bulgarian.when(cooperates, in_('BG', '2026-04-09T21:00:00.000Z')).then({ type: 'ReflectionPeriodEnded', data: { because: 'BY_PERSON' }, seals: ['proceedings'] });
  });

  it('by an authority that the policy names, and by no other body', () => {
    const story = given(...notified(), presumed, running);
    for (const reason of ['TERMINATED_PUBLIC_ORDER', 'IMPROPER_CLAIM']) {
      story.when(end(reason), in_('RO')).thenRejects('decider-not-authorised');
      story.when(end(reason, { authority: 'clinica-aurora' }), in_('RO')).thenRejects('decider-not-authorised');
      const data = { because: 'BY_AUTHORITY', authority: 'politia-exemplu' };
      story.when(end(reason, { authority: 'politia-exemplu' }), in_('RO')).then({ type: 'ReflectionPeriodEnded', data, seals: ['proceedings'] });
    }
  });

  it('when she asks for it or has returned; the reason itself never stands in clear', () => {
    const story = given(...notified(), presumed, running);
    story.when(end('PERSON_REQUEST'), in_('RO')).then({ type: 'ReflectionPeriodEnded', data: { because: 'BY_PERSON' }, seals: ['proceedings'] });
    story.when(end('PERSON_RETURNED'), in_('RO')).then({ type: 'ReflectionPeriodEnded', data: { because: 'RETURNED' }, seals: ['proceedings'] });
    story.when(end('PERSON_REQUEST'), { ...in_('RO'), human: false }).thenRejects('human-required');
    given(...notified(), presumed).when(end('PERSON_REQUEST'), in_('RO')).thenRejects('wrong-state');
  });

  it('and a second one is granted by offer only', () => {
    const over: Given = { type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } };
    given(...notified(), presumed, running, over).when(start, { ...COORDINATOR, ...in_('UK') }).thenRejects('wrong-state');
    expect(dutiesIn('UK', ...notified(), presumed, running, over)).toEqual([]);
    const later = '2026-09-01T09:00:00.000Z';
    const [event] = given(...notified(), presumed, running, over, offered).when(start, { ...COORDINATOR, ...in_('UK', later) }).decided();
    expect(event?.data).toMatchObject({ from: later });
  });

  it('and no help with it (INV-6): nothing of the case changes but the period', () => {
    const { facts: before } = given(...notified(), presumed, running).state;
    expect(given(...notified(), presumed, running, { type: 'ReflectionPeriodEnded', data: { because: 'BY_AUTHORITY' } }).state.facts).toEqual({ ...before, reflection: 'ENDED' });
  });
});

describe('while it runs', () => {
  it('whoever leads the case is told of each turn, and sees it; a partner does not', () => {
    const { state } = given(...notified(), presumed, running);
    const told = (type: string) =>
      translate({ type, data: {}, id: 'e', stream: 'case-1', revision: 0, metadata: { organisation: 'tandem' } as never }, state.facts, state.facts);
    expect(told('ReflectionPeriodExpiryWarned')).toEqual([{ recipient: 'casa-lumina', thing: '1', recall: false }]);
    expect(told('ReflectionPeriodEnded')).toHaveLength(1);
    expect(told('ReflectionPeriodOffered')).toEqual([]);
    const seen = (scope: 'FULL' | 'OFFER') => caseWorkflow.view(state, { organisation: 'casa-lumina', scope })['reflection-period'];
    expect(seen('FULL')).toEqual({ status: 'RUNNING', from: FROM, until: UNTIL, untilDecision: false });
    expect(seen('OFFER')).toEqual({});
  });
});
