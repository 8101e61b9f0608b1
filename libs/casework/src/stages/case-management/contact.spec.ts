import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { caseView } from '../../edge/case-view.js';
import { consented, given, informed, NOW, notified } from '../../../../../test/support/case-specification.js';
import { under } from '../../../../../test/support/reference.js';

const at = (event: Given, occurredAt: string): Given => ({ ...event, metadata: { ...event.metadata, occurredAt } });
const day = (date: number, hour = 10): string => `2026-03-${String(date).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const agreed = (channels: readonly string[] = ['PHONE']): Given => ({ type: 'ContactChannelsAgreed', data: { channels } });
const attempt = (occurredAt: string, more: object = {}): Given => at({ type: 'ContactAttempted', data: { channel: 'PHONE', reached: false, ...more } }, occurredAt);
const three = [attempt(day(11)), attempt(day(15)), attempt(day(20))];
const desk: Given = {
  type: 'RiskAssessed',
  data: { assessmentId: 'a', purpose: 'CLOSURE', form: 'DESK', overall: 'LOW', redFlag: false, coreComplete: false, validUntil: '2026-09-01T00:00:00.000Z', provisional: true },
};

describe('a way to reach the person', () => {
  const agree = (channels: readonly string[], more: object = {}) => ({ type: 'AgreeContactChannels', body: { channels, ...more } });

  it('is called safe by her; what exactly is sealed, and what she says anew counts', () => {
    given(...notified()).when(agree(['PHONE'], { how: '0700 000 000, before noon' })).then({ ...agreed(), seals: ['contact'] });
    given(...notified()).when(agree([])).then(agreed([]));
    const { contact } = given(...notified(), agreed(['PHONE', 'LETTER']), agreed(['MESSAGE'])).state.facts;
    expect(contact?.channels).toEqual(['MESSAGE']);
  });

  it('is shown to who leads the case, and to nobody else: not to who coordinates, nor to who helps', () => {
    const { state } = given(...notified(), agreed(), attempt(day(11)));
    const shown = (organisation: string) => JSON.stringify(caseView('case', state, { organisation, scope: 'FULL' }, NOW));
    expect(caseWorkflow.view(state, { organisation: 'casa-lumina', scope: 'FULL' })['case-management']).toEqual({ contact: { channels: ['PHONE'], soughtInVain: [day(11)] } });
    for (const other of ['centrul-coordonare', 'clinica-aurora']) expect(shown(other)).not.toMatch(/PHONE|sought/);
  });
});

describe('an attempt to reach her', () => {
  const tries = (more: object = {}) => ({ type: 'RecordContactAttempt', body: { channel: 'PHONE', reached: false, ...more } });

  it('is made by a person, in a way that she called safe, without a word of what was said', () => {
    given(...notified(), agreed()).when(tries()).then({ type: 'ContactAttempted', data: { channel: 'PHONE', reached: false } });
    given(...notified(), agreed()).when(tries(), { human: false }).thenRejects('human-required');
    given(...notified(), agreed()).when(tries(), { role: 'SP' }).thenRejects('role-not-allowed');
    given(...notified(), agreed()).when(tries(), { occurredAt: '2026-03-09T08:00:00.000Z' }).thenRejects('before-its-ground');
  });

  it('is not made where nothing says that the way is safe: it might endanger her', () => {
    given(...notified()).when(tries()).thenRejects('contact-not-agreed');
    given(...notified(), agreed()).when(tries({ channel: 'LETTER' })).thenRejects('contact-not-agreed');
    given(...notified(), agreed(), agreed([])).when(tries()).thenRejects('contact-not-agreed');
  });

  it('is not made after she said stop to it, until she calls a way safe again', () => {
    const stop = (more: object = {}): Given => at({ type: 'WithdrawalStated', data: { purpose: 'FOLLOW_UP', by: 'PERSON', medium: 'PHONE', ...more } }, day(10, 8));
    for (const said of [stop(), stop({ purpose: 'ALL' }), stop({ recipient: 'casa-lumina' })]) given(...notified(), agreed(), said).when(tries()).thenRejects('contact-not-agreed');
    for (const other of [stop({ purpose: 'REFERRAL' }), stop({ recipient: 'clinica-aurora' })]) expect(given(...notified(), agreed(), other).when(tries()).decided()).toHaveLength(1);
    expect(given(...notified(), stop(), at(agreed(), NOW)).when(tries()).decided()).toHaveLength(1);
  });
});

describe('contact that is lost', () => {
  const close = { type: 'ProposeClosure', body: { reason: 'LOST_CONTACT', unmetNeeds: [], interviewOffered: false, retentionExplained: false, summary: 'Nobody answers.' } };
  const proposed: Given = { type: 'ClosureProposed', data: { proposalId: 'p', reason: 'LOST_CONTACT', unmetNeeds: [], interviewOffered: false, retentionExplained: false } };
  const approve = { type: 'ApproveClosure', body: { proposalId: 'p' } };
  const SUPERVISOR = { role: 'SUP', actor: 'supervisor-1' } as const;
  const story = (...events: readonly Given[]) => given(...notified(), informed, desk, agreed(), ...events);
  const when = (now: string) => ({ now, occurredAt: now });
  const refused = (now: string, ...events: readonly Given[]) => story(...events).when(close, when(now)).thenRejects('contact-not-sought').details;

  it('needs three days of attempts in vain, within the time that the policy says (7.6)', () => {
    expect(refused(day(21))).toEqual({ days: 0, needed: 3 });
    expect(refused(day(21), ...three.slice(1))).toEqual({ days: 2, needed: 3 });
    expect(story(...three).when(close, when(day(21))).decided()).toHaveLength(1);
    expect(story(...three).when(close, when('2026-04-10T20:59:00.000Z')).decided()).toHaveLength(1);
    expect(refused('2026-04-10T21:00:00.000Z', ...three)).toEqual({ days: 2, needed: 3 });
  });

  it('counts a day once, by the clock of the country', () => {
    expect(refused(day(21), attempt(day(11)), attempt(day(11, 15)), attempt(day(15)))).toEqual({ days: 2, needed: 3 });
    // At half past ten in the evening, UTC, the next day has begun in Bucharest.
    expect(story(attempt(day(11)), attempt('2026-03-11T22:30:00.000Z'), attempt(day(15))).when(close, when(day(21))).decided()).toHaveLength(1);
  });

  it('is none where she was heard of since', () => {
    expect(refused(day(21), ...three, attempt(day(20, 11), { reached: true }))).toEqual({ days: 0, needed: 3 });
    expect(refused(day(21), ...three, attempt(day(12), { reached: true }))).toEqual({ days: 2, needed: 3 });
    expect(refused(day(21), attempt(day(20, 11), { reached: true }), attempt(day(12), { reached: true }), ...three)).toEqual({ days: 0, needed: 3 });
    expect(refused(day(21), ...three, at(consented('ASSESSMENT', 'casa-lumina'), day(16)))).toEqual({ days: 1, needed: 3 });
    const stop: Given = at({ type: 'WithdrawalStated', data: { purpose: 'REFERRAL', by: 'PERSON', medium: 'PHONE' } }, day(16));
    expect(refused(day(21), ...three, stop)).toEqual({ days: 1, needed: 3 });
  });

  it('is looked at again when it is approved: who was heard of meanwhile is not let go of', () => {
    expect(story(...three, proposed).when(approve, { ...SUPERVISOR, ...when('2026-05-20T08:00:00.000Z') }).decided()).toHaveLength(1);
    story(...three, proposed, attempt(day(22), { reached: true })).when(approve, { ...SUPERVISOR, ...when(day(23)) }).thenRejects('contact-not-sought');
  });

  it('takes what the country says, and no other reason does', () => {
    const reference = under({ 'contact.attempts': { attempts: 1, within: { days: 7 } } });
    expect(story(attempt(day(20))).when(close, { ...when(day(21)), reference }).decided()).toHaveLength(1);
    expect(story().when({ ...close, body: { ...close.body, reason: 'PERSON_WITHDREW' } }, when(day(21))).decided()).toHaveLength(1);
  });

  it('is found on the follow-up of a return too, where it says how she was looked for', () => {
    const followed = (occurredAt: string, more: object): Given => at({ type: 'ReturnFollowedUp', data: { returnId: 'r', interval: 1, last: false, result: 'NOT_REACHED', ...more } }, occurredAt);
    expect(refused(day(21), ...three.slice(1), followed(day(11), {}))).toEqual({ days: 2, needed: 3 });
    expect(story(...three.slice(1), followed(day(11), { channel: 'PHONE' })).when(close, when(day(21))).decided()).toHaveLength(1);
    expect(refused(day(21), ...three, followed(day(20, 11), { result: 'NEEDS_HELP' }))).toEqual({ days: 0, needed: 3 });
  });
});
