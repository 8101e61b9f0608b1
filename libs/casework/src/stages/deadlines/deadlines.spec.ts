import { describe, expect, it } from '@jest/globals';
import type { Given, Recorded } from '#kernel';
import { calendarOf } from '#mechanism';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE, under } from '../../../../../test/support/reference.js';
import { NO_FACTS } from '../../shared/facts.js';
import { caseWorkflow } from '../../workflow.js';
import { translate } from './deadlines.notify.js';

const CLOCK = { role: 'CLOCK', organisation: 'tandem', human: false } as const;
/** The screening of a case that was notified on a Tuesday at eight in the morning, UTC. */
const DUE = '2026-03-13T08:00:00.000Z';
const screening = { deadline: 'screening', dueAt: DUE, organisation: 'casa-lumina' };
const report = { type: 'ReportDeadline', body: { deadline: 'screening', key: 'case', dueAt: DUE } };
const said = (type: string, data: object = screening): Given => ({ type, data });
const at = (now: string) => ({ ...CLOCK, now });
const watched = (...events: readonly Given[]) =>
  caseWorkflow.duties(given(...notified(), ...events).state, REFERENCE).filter(({ name, key }) => name === 'deadline-watch' && key === 'screening/case');

describe('a deadline', () => {
  it('is warned of before it ends, said when it was not met, and told to the coordination a working day later', () => {
    const steps = [[], [said('DeadlineWarned')], [said('DeadlineBreached')]].map((events) => watched(...events)[0]?.dueAt);
    expect(steps).toEqual(['2026-03-12T08:00:00.000Z', DUE, '2026-03-16T22:00:00.000Z']);
    expect(watched(said('DeadlineEscalated'))).toEqual([]);
  });

  it('is said step by step, each once', () => {
    given(...notified()).when(report, at('2026-03-12T07:59:59.000Z')).thenRejects('not-due');
    given(...notified()).when(report, at('2026-03-12T08:00:00.000Z')).then(said('DeadlineWarned'));
    given(...notified(), said('DeadlineWarned')).when(report, at('2026-03-12T09:00:00.000Z')).thenRejects('not-due');
    given(...notified(), said('DeadlineWarned')).when(report, at(DUE)).then(said('DeadlineBreached'));
    given(...notified(), said('DeadlineBreached')).when(report, at('2026-03-16T22:00:00.000Z')).then(said('DeadlineEscalated'));
    given(...notified(), said('DeadlineEscalated')).when(report, at('2027-01-01T00:00:00.000Z')).thenRejects('not-due');
  });

  it('is not warned of any more where it is late already', () => {
    given(...notified()).when(report, at(DUE)).then(said('DeadlineBreached'));
    given(...notified()).when(report, at('2026-03-20T00:00:00.000Z')).then(said('DeadlineBreached'), said('DeadlineEscalated'));
  });

  it('that is owed at once is not warned of: half a day later it was not met, and a working day later the coordination looks', () => {
    const steps = (...events: readonly Given[]) =>
      caseWorkflow.duties(given(...notified({ ageBand: '14-17' }), ...events).state, REFERENCE).find(({ key }) => key === 'guardian-appointment/case')?.dueAt;
    const guardian = { deadline: 'guardian-appointment', dueAt: '2026-03-10T08:00:00.000Z', owedByRole: 'CP_AUTH' };
    expect([steps(), steps(said('DeadlineBreached', guardian)), steps(said('DeadlineEscalated', guardian))]).toEqual(['2026-03-10T20:00:00.000Z', '2026-03-11T22:00:00.000Z', undefined]);
  });

  it('that was met in the meantime is nothing to speak of', () => {
    const screened = { type: 'ScreeningCompleted', data: { screeningId: 's1', outcome: 'REASONABLE', provisional: true } };
    given(...notified(), screened).when(report, at(DUE)).thenNothing();
    expect(watched(screened)).toEqual([]);
  });

  it('that the person moves by "not now" is another one: the pause is no breach (R-5)', () => {
    const paused = { type: 'ScreeningPostponed', data: { until: '2026-03-12T08:00:00.000Z' } };
    given(...notified(), paused).when(report, at(DUE)).thenNothing();
    expect(watched(paused)[0]?.dueAt).toBe('2026-03-14T08:00:00.000Z');
  });

  it('is reported by the clock alone', () => {
    given(...notified()).when(report, { role: 'NRM_COORD', now: DUE }).thenRejects('role-not-allowed');
  });

  it('has no ladder where it is told in a way of its own', () => {
    const danger = given(...notified({ danger: true })).state;
    const keys = caseWorkflow.duties(danger, REFERENCE).filter(({ name }) => name === 'deadline-watch').map(({ key }) => key);
    expect(keys).not.toContain('notification-opening/case');
    expect(keys).toContain('basic-needs/case');
  });
});

describe('the ladder', () => {
  it('has the steps that the policy of the case says', () => {
    const slow = { warned: { hours: 30 }, escalated: { hours: 3 } };
    const reference = under({ 'deadline.ladder': { WITHIN_A_DAY: slow, WITHIN_DAYS: slow, WITHIN_WEEKS: slow } });
    const next = (...events: readonly Given[]) =>
      caseWorkflow.duties(given(...notified(), ...events).state, reference).find(({ name, key }) => name === 'deadline-watch' && key === 'screening/case')?.dueAt;
    expect([next(), next(said('DeadlineWarned')), next(said('DeadlineBreached'))]).toEqual(['2026-03-12T02:00:00.000Z', DUE, '2026-03-13T11:00:00.000Z']);
  });
});

describe('who hears of it', () => {
  const facts = given(...notified(), { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } }).state.facts;
  const event = (type: string, data: object): Recorded => ({ type, data, stream: 'case-c1' }) as unknown as Recorded;
  const told = (type: string, data: object) => translate(event(type, data), NO_FACTS, facts);
  const start = { deadline: 'service-start', thingId: 'r1', dueAt: DUE, organisation: 'clinica-aurora' };

  it('is the owner with the moment, then the owner and who leads the case, then the coordination', () => {
    expect(told('DeadlineWarned', start)).toEqual([{ recipient: 'clinica-aurora', thing: 'r1', replyBy: DUE, recall: false }]);
    expect(told('DeadlineBreached', start)).toEqual([
      { recipient: 'clinica-aurora', thing: 'r1', recall: false },
      { recipient: 'casa-lumina', thing: 'c1', recall: false },
    ]);
    expect(told('DeadlineEscalated', start)).toEqual([{ recipient: 'centrul-coordonare', thing: 'c1', recall: false }]);
  });

  it('is the house that leads where its officer has to answer for the data, else the coordination', () => {
    const retention = { deadline: 'retention', dueAt: DUE, owedByRole: 'DPO' };
    expect(told('DeadlineWarned', retention)).toMatchObject([{ recipient: 'casa-lumina', thing: 'c1' }]);
    const leaderless = given(...notified()).state.facts;
    expect(translate(event('DeadlineWarned', retention), NO_FACTS, { ...leaderless, engagements: [] })).toMatchObject([{ recipient: 'centrul-coordonare' }]);
  });

  it('is who holds the role on the case where no organisation is named', () => {
    expect(told('DeadlineWarned', { deadline: 'plan-review', thingId: 'p1', dueAt: DUE, owedByRole: 'CM' }).map(({ recipient }) => recipient)).toEqual(['casa-lumina']);
    expect(told('DeadlineWarned', { deadline: 'contest', dueAt: DUE, owedByRole: 'PERSON' }).map(({ recipient }) => recipient)).toEqual(['casa-lumina']);
    expect(told('DeadlineWarned', { deadline: 'case-manager', dueAt: DUE, owedByRole: 'NRM_COORD' }).map(({ recipient }) => recipient)).toEqual(['centrul-coordonare']);
    expect(told('CaseOpened', {})).toEqual([]);
  });
});

describe('a review of a plan', () => {
  it('is late for who leads the case after 14 days, and for the coordination after 30 (7.3)', () => {
    const plan = { type: 'PlanAgreed', data: { agreement: 'SIGNED', planId: 'p1', nextReview: '2026-04-10T21:00:00.000Z' } };
    const about = { deadline: 'plan-review', thingId: 'p1', dueAt: '2026-04-10T21:00:00.000Z', owedByRole: 'CM' };
    const next = (...events: readonly Given[]) =>
      caseWorkflow.duties(given(...notified(), plan, ...events).state, REFERENCE).find(({ name, key }) => name === 'deadline-watch' && key === 'plan-review/p1')?.dueAt;
    const romania = calendarOf('RO', 'Europe/Bucharest');
    expect(next(said('DeadlineWarned', about))).toBe(romania.due(about.dueAt, { days: 14 }));
    expect(next(said('DeadlineBreached', about))).toBe(romania.due(about.dueAt, { days: 30 }));
  });
});
