/** A reflection period ends: at its time, on a decision, or because she wants it; and no help with it. Source: domain.md 2.3, INV-5, INV-6. */
import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { caseWorkflow } from '#casework';
import { given, notified, presumed } from '../../../../../test/support/case-specification.js';
import { translate } from './reflection-period.notify.js';
import { at, CLOCK, COORDINATOR, declined, dutiesIn, end, FROM, identified, in_, offered, refused, running, start, started, UNTIL } from '../../../../../test/support/reflection-facts.js';

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

  it('because she returned where a return of hers departed, or by the word of herself and of who leads the case (INV-5)', () => {
    const returned = { type: 'ReflectionPeriodEnded', data: { because: 'RETURNED' }, seals: ['proceedings'] } as const;
    const police = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1', ...in_('RO') } as const;
    const story = given(...notified(), presumed, running);
    story.when(end('PERSON_RETURNED'), police).thenRejects('not-departed');
    for (const role of ['CM', 'PERSON'] as const) story.when(end('PERSON_RETURNED'), { role, ...in_('RO') }).then(returned);
    given(...notified(), presumed, running, { type: 'Departed', data: { returnId: 'r' } }).when(end('PERSON_RETURNED'), police).then(returned);
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
