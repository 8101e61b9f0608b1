import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { consented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const returnId = 'return-1';
const HOME = { organisation: 'asociatia-punte', role: 'CM', actor: 'receiver-1' } as const;
const at = (event: Given, occurredAt: string): Given => ({ ...event, metadata: { occurredAt } });
const parties = { direction: 'INTERNAL', sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' };
const requested: Given = { type: 'ReturnRequested', data: { ...parties, returnId } };
/** A Tuesday, nine in the morning by UTC; 72 hours, 14 days, 1, 3 and 6 months follow. */
const TAKEN_OVER = '2026-03-10T09:00:00.000Z';
const handedOver = at({ type: 'HandoverAccepted', data: { returnId, receiver: 'asociatia-punte' } }, TAKEN_OVER);
const agreed = consented('FOLLOW_UP', 'asociatia-punte');
const home = [...notified(), informed, agreed, requested, handedOver];
const contact = (interval: number, more: object = {}): Given => ({ type: 'ReturnFollowedUp', data: { returnId, result: 'GOING_WELL', interval, last: false, ...more } });
const ask = (more: object = {}) => ({ type: 'FollowUpReturn', body: { returnId, result: 'GOING_WELL', ...more } });
const when = (moment: string) => ({ ...HOME, now: moment, occurredAt: moment });
const owed = (...events: readonly Given[]) =>
  caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'return-follow-up').map(({ key, dueAt, owedBy }) => ({ key, dueAt, owedBy }));
const due = (...events: readonly Given[]) => owed(...home, ...events).map(({ dueAt }) => dueAt);

describe('how she is after a return', () => {
  it('is asked at the intervals that the country names, by who leads her case then', () => {
    expect(owed(...home)).toEqual([{ key: returnId, dueAt: '2026-03-13T09:00:00.000Z', owedBy: { organisation: 'asociatia-punte' } }]);
    expect([1, 2, 3, 4].map((interval) => due(contact(interval))[0])).toEqual([
      '2026-03-24T22:00:00.000Z', '2026-04-10T21:00:00.000Z', '2026-06-10T21:00:00.000Z', '2026-09-10T21:00:00.000Z',
    ]);
    expect(due(contact(5, { last: true }))).toEqual([]);
    expect(owed(...notified(), informed, consented('FOLLOW_UP', 'casa-lumina'), requested)).toEqual([]);
  });

  it('stands for the interval that runs; what comes late, for the newest that ended without one', () => {
    const interval = (moment: string, ...before: readonly Given[]) => given(...home, ...before).when(ask(), when(moment)).decided()[0]?.data;
    expect(interval('2026-03-12T09:00:00.000Z')).toMatchObject({ interval: 1, last: false });
    expect(interval('2026-03-12T10:00:00.000Z', contact(1))).toMatchObject({ interval: 1 });
    expect(interval('2026-03-13T09:00:00.000Z', contact(1))).toMatchObject({ interval: 2 });
    expect(interval('2026-03-14T09:00:00.000Z')).toMatchObject({ interval: 1 });
    expect(interval('2026-03-14T09:00:00.000Z', contact(1))).toMatchObject({ interval: 2 });
    expect(interval('2026-03-30T09:00:00.000Z')).toMatchObject({ interval: 2 });
    expect(interval('2026-08-30T09:00:00.000Z', contact(4))).toMatchObject({ interval: 5, last: true });
    expect(interval('2027-08-30T09:00:00.000Z', contact(4))).toMatchObject({ interval: 5, last: true });
  });

  it('is over with the last of them', () => {
    given(...home, contact(5, { last: true })).when(ask(), when('2026-10-01T09:00:00.000Z')).thenRejects('wrong-state');
  });

  it('is owed on where nobody reached her, and what she said is sealed', () => {
    given(...home).when(ask({ result: 'NOT_REACHED', note: 'words' }), when(TAKEN_OVER)).then({ ...contact(1, { result: 'NOT_REACHED' }), seals: ['narrative'] });
    expect(due(contact(1, { result: 'NOT_REACHED' }))).toEqual(due());
    expect(due(contact(5, { result: 'NOT_REACHED', last: true }))).toEqual(due());
    expect(due(contact(2), contact(1))).toEqual(due(contact(2)));
  });

  it('is asked with her consent to be asked by that body only, and nothing is owed without it', () => {
    const without = [...notified(), informed, requested, handedOver];
    const ranOut = at(consented('FOLLOW_UP', 'asociatia-punte', { consentId: 'old', expiresAt: '2026-03-10T08:30:00.000Z' }), '2026-03-01T08:00:00.000Z');
    expect(owed(...without.slice(0, 2), ranOut, agreed, ...without.slice(2))).toHaveLength(1);
    const elsewhere = consented('FOLLOW_UP', 'casa-lumina', { consentId: 'c2' });
    const other = consented('SERVICE_DELIVERY', 'asociatia-punte');
    const takenBack: Given = { type: 'ConsentWithdrawn', data: { consentId: 'consent-FOLLOW_UP', by: 'PERSON' } };
    expect(owed(...home, takenBack, consented('FOLLOW_UP', 'asociatia-punte', { consentId: 'c3' }))).toHaveLength(1);
    for (const story of [without, [...without, elsewhere], [...without, other], [...home, takenBack]]) {
      given(...story).when(ask(), when(TAKEN_OVER)).thenRejects('consent-missing');
      expect(owed(...story)).toEqual([]);
    }
    expect(owed(...without, { ...agreed, data: { ...agreed.data, expiresAt: '2026-03-12T09:00:00.000Z' } })).toEqual([]);
    const late = at(agreed, '2026-03-20T09:00:00.000Z');
    expect(owed(...without, late).map(({ dueAt }) => dueAt)).toEqual(['2026-03-24T22:00:00.000Z']);
  });

  it('is asked by a person of who leads, after she arrived, while the case is open', () => {
    given(...home).when(ask(), { ...when(TAKEN_OVER), human: false }).thenRejects('human-required');
    given(...home).when(ask(), { ...when(TAKEN_OVER), role: 'SP' }).thenRejects('role-not-allowed');
    given(...home).when(ask(), when('2026-03-10T08:00:00.000Z')).thenRejects('before-its-ground');
    const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'LOST_CONTACT', unmetNeeds: [] } };
    given(...home, closed).when(ask(), when(TAKEN_OVER)).thenRejects('case-closed');
    expect(due(closed)).toEqual([]);
    given(...notified(), informed, agreed, requested).when(ask(), when(TAKEN_OVER)).thenRejects('wrong-state');
  });

  it('is not asked in a way that she did not call safe', () => {
    const safe: Given = { type: 'ContactChannelsAgreed', data: { channels: ['PHONE'] } };
    given(...home, safe).when(ask({ channel: 'LETTER' }), when(TAKEN_OVER)).thenRejects('contact-not-agreed');
    given(...home, safe).when(ask({ channel: 'PHONE' }), when(TAKEN_OVER)).then(contact(1, { channel: 'PHONE' }));
  });

  it('passes on with the lead', () => {
    const next: Given = { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' }, metadata: { occurredAt: '2026-03-11T09:00:00.000Z' } };
    expect(due(next)).toEqual([]);
    expect(owed(...home, next, consented('FOLLOW_UP', 'casa-lumina', { consentId: 'c2' }))).toMatchObject([{ owedBy: { organisation: 'casa-lumina' } }]);
  });
});

describe('whether she may be asked', () => {
  const story = [...notified(), informed, requested, handedOver];
  const question = (...events: readonly Given[]) =>
    caseWorkflow.duties(given(...story, ...events).state, REFERENCE).filter(({ name }) => name === 'follow-up-consent').map(({ key, dueAt, owedBy }) => ({ key, dueAt, owedBy }));
  const refused = (more: object = {}): Given => at({ type: 'ConsentRefused', data: { purpose: 'FOLLOW_UP', recipient: 'asociatia-punte', by: 'PERSON', ...more } }, '2026-03-11T09:00:00.000Z');
  const owing = [{ key: returnId, dueAt: '2026-03-13T09:00:00.000Z', owedBy: { organisation: 'asociatia-punte' } }];

  it('is asked by whoever leads once she arrived, before the first interval ends', () => {
    expect(question()).toEqual(owing);
    expect(caseWorkflow.duties(given(...notified(), informed, requested).state, REFERENCE).filter(({ name }) => name === 'follow-up-consent')).toEqual([]);
  });

  it('is settled by her yes, and by her no: to this body, or to everybody', () => {
    const anybody: Given = at({ type: 'ConsentRefused', data: { purpose: 'FOLLOW_UP', by: 'PERSON' } }, '2026-03-11T09:00:00.000Z');
    for (const answer of [agreed, refused(), anybody]) expect(question(answer)).toEqual([]);
    for (const other of [refused({ recipient: 'casa-lumina' }), refused({ purpose: 'REFERRAL' }), consented('FOLLOW_UP', 'casa-lumina'), consented('REFERRAL', 'asociatia-punte')]) expect(question(other)).toEqual(owing);
  });

  it('is settled where she agreed and took it back since; what she said before she arrived does not answer it', () => {
    const takenBack = (occurredAt: string): Given => at({ type: 'ConsentWithdrawn', data: { consentId: 'consent-FOLLOW_UP', by: 'PERSON' } }, occurredAt);
    expect(question(agreed, takenBack('2026-03-12T09:00:00.000Z'))).toEqual([]);
    expect(question(agreed, takenBack('2026-03-10T08:30:00.000Z'))).toEqual(owing);
    expect(question(at(refused(), '2026-03-10T08:30:00.000Z'))).toEqual(owing);
  });

  it('is asked anew by who leads next, in time of its own, and by nobody once the case is closed', () => {
    const next: Given = { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' }, metadata: { occurredAt: '2026-03-20T09:00:00.000Z' } };
    expect(question(refused(), next)).toEqual([{ key: returnId, dueAt: '2026-03-23T09:00:00.000Z', owedBy: { organisation: 'casa-lumina' } }]);
    expect(question({ type: 'CaseClosed', data: { proposalId: 'p', reason: 'DECEASED', unmetNeeds: [] } })).toEqual([]);
  });

  it('holds nothing up: what helps her asks for no such answer', () => {
    for (const command of ['RequestReferral', 'StartService', 'RecordBasicNeeds', 'AgreePlan']) expect(caseWorkflow.command(command)?.rule.when.consent?.purpose).not.toBe('FOLLOW_UP');
  });
});
