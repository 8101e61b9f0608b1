import { describe, expect, it } from '@jest/globals';
import { type Given, classificationOf } from '#kernel';
import { shippedReference } from '#mechanism';
import { caseWorkflow } from '#casework';
import { given, notified, presumed } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE } from '../../../../../test/support/reference.js';
import { RecordProceedingsBody } from './proceedings.http.js';
import { PROCEEDINGS_STATUSES } from './proceedings.js';

const recordedAs = (status: string, more: object = {}) => ({ type: 'RecordProceedings', body: { status, ...more } });
const recorded: Given = { type: 'ProceedingsRecorded', data: {} };

describe('her part in proceedings', () => {
  it('is sealed, every way it may be: taking part in none looks the same from outside', () => {
    for (const status of PROCEEDINGS_STATUSES) given(...notified()).when(recordedAs(status)).then({ ...recorded, seals: ['proceedings'] });
    const all = { since: '2026-03-01', nextDate: '2026-05-04', accompaniments: [{ on: '2026-03-02', minutes: 90 }], compensation: 'CLAIMED' };
    given(...notified()).when(recordedAs('WITNESS', all)).then({ ...recorded, seals: ['proceedings'] });
    expect([...classificationOf(RecordProceedingsBody).values()].every((as) => as === 'proceedings')).toBe(true);
  });

  it('never says that she is a protected witness (R-9)', () => {
    expect(PROCEEDINGS_STATUSES.filter((status) => status.includes('PROTECTED'))).toEqual([]);
  });

  it('leaves no trace in what is decided on, and is shown to nobody who reads the case', () => {
    const before = given(...notified(), presumed).state;
    const after = given(...notified(), presumed, recorded).state;
    expect({ ...after, revision: 0 }).toEqual({ ...before, revision: 0 });
    expect(caseWorkflow.view(after, { organisation: 'casa-lumina', scope: 'FULL' })['proceedings']).toEqual({});
  });

  it('is recorded by whoever is at her side, or she herself, of a case about a person', () => {
    expect(given(...notified()).when(recordedAs('UNDECIDED'), { role: 'PERSON' }).decided()).toHaveLength(1);
    given(...notified()).when(recordedAs('UNDECIDED'), { role: 'RAPP' }).thenRejects('role-not-allowed');
    given().when(recordedAs('UNDECIDED')).thenRejects('not-found');
  });
});

describe('an advance on compensation', () => {
  const ask = { type: 'RequestCompensationVoucher', body: {} };
  const asked: Given = { type: 'CompensationVoucherRequested', data: { dueAt: '2026-03-30T09:00:00.000Z', provisional: false } };
  const answered: Given = { type: 'CompensationVoucherAnswered', data: { outcome: 'RECEIVED' } };
  const owed = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'compensation-voucher');

  it('must reach her within 72 hours of the referral, elapsed, whatever the clocks do (HG 541/2023)', () => {
    const now = '2026-03-27T09:00:00.000Z';
    given(...notified()).when(ask, { now, occurredAt: now }).then(asked);
    expect(owed(...notified(), asked)).toEqual([
      { name: 'compensation-voucher', key: 'case', dueAt: '2026-03-30T09:00:00.000Z', owedBy: { organisation: 'casa-lumina' } },
    ]);
  });

  it('needs nothing of her but to be there (R-1), and is asked for once', () => {
    given(...notified(), asked).when(ask).thenNothing();
    expect(given(...notified(), asked, answered).when(ask).decided()).toHaveLength(1);
  });

  it.each(['LV', 'UK', 'BG'])('is not promised in %s, where nobody knows of one', (country) => {
    given(...notified()).when(ask, { reference: shippedReference(country, ORGANISATIONS) }).thenRejects('voucher-not-provided');
  });

  it('says that it rests on what no source has confirmed, where the policy says so (R-10)', () => {
    const reference = { ...REFERENCE, policy: { ...REFERENCE.policy, provisional: ['compensation.voucher'] as const } };
    expect(given(...notified()).when(ask, { reference }).decided()[0]?.data).toMatchObject({ provisional: true });
  });

  it('is owed until somebody says what came of it', () => {
    const outcome = { type: 'RecordCompensationVoucher', body: { outcome: 'RECEIVED' } };
    given(...notified()).when(outcome).thenRejects('wrong-state');
    given(...notified(), asked).when(outcome).then(answered);
    expect(owed(...notified(), asked, answered)).toEqual([]);
    const { state } = given(...notified(), asked, answered);
    expect(caseWorkflow.view(state, { organisation: 'casa-lumina', scope: 'FULL' })['proceedings']).toEqual({ voucherOutcome: 'RECEIVED' });
    expect(caseWorkflow.view(state, { organisation: 'casa-lumina', scope: 'OWN' })['proceedings']).toEqual({});
  });
});
