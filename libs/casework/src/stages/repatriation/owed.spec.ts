import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { NOW, consented, given } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { approved, arrived, assessedBothSides, checked, consents, departed, ready, returnId, risk, toReceiver, towards, upTo } from '../../../../../test/support/return-story.js';

const duties = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE);
const owed = (name: string, ...events: readonly Given[]) => duties(...events).filter((duty) => duty.name === name);

describe('consent taken back', () => {
  const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'c-receiver', by: 'PERSON' }, metadata: { occurredAt: NOW } };
  it('before boarding cancels the return, by the clock, at once', () => {
    expect(owed('return-cancellation', ...assessedBothSides(), withdrawn)).toMatchObject([
      { dueAt: NOW, command: { type: 'CancelReturn', body: { returnId, reason: 'CONSENT_WITHDRAWN' } } },
    ]);
  });
  it('and given again does not', () => {
    const again = { ...consents[1]!, metadata: { occurredAt: NOW }, data: { ...consents[1]!.data, consentId: 'again' } };
    expect(owed('return-cancellation', ...assessedBothSides(), withdrawn, again)).toEqual([]);
  });
  it('within the minute in which it was given cancels the return too: what was taken back is not given again', () => {
    const exact = assessedBothSides().map((one) => (one.type === 'ConsentGiven' ? { ...one, metadata: { occurredAt: '2026-03-10T08:00:40.000Z' } } : one));
    const back = { ...withdrawn, metadata: { occurredAt: '2026-03-10T08:00:00.000Z', recordedAt: '2026-03-10T08:00:55.000Z' } };
    expect(owed('return-cancellation', ...exact, back)).toHaveLength(1);
  });
  it('after boarding cancels nothing (R-16)', () => {
    expect(owed('return-cancellation', ...assessedBothSides(), approved, checked, departed, withdrawn)).toEqual([]);
  });
  it('before she asked for the return, and recorded after that body was told, cancels it too', () => {
    const stop: Given = {
      type: 'WithdrawalStated', data: { purpose: 'RETURN', recipient: 'asociatia-punte', by: 'PERSON', medium: 'PHONE' },
      metadata: { occurredAt: '2026-03-10T07:30:00.000Z', recordedAt: NOW },
    };
    const earlier = (events: readonly Given[]) => events.map((one) => (one === toReceiver ? { ...one, metadata: { occurredAt: '2026-03-10T07:00:00.000Z' } } : one));
    expect(owed('return-cancellation', ...earlier(assessedBothSides()), stop)).toHaveLength(1);
    // Nobody was told yet: she asked for it afterwards, and is asked for her consent anew.
    expect(owed('return-cancellation', ...earlier(upTo()), stop)).toEqual([]);
  });
  it('cancels nothing by running out: each step asks for it anew', () => {
    const short = { ...toReceiver, data: { ...toReceiver.data, expiresAt: '2026-03-10T08:30:00.000Z' } };
    expect(owed('return-cancellation', ...assessedBothSides().map((one) => (one === toReceiver ? short : one)))).toEqual([]);
  });
  it('for another country than hers cancels nothing', () => {
    const stop: Given = { type: 'ConsentWithdrawn', data: { consentId: 'x', by: 'PERSON' }, metadata: { occurredAt: NOW } };
    const border = (country: string) => consented('CROSS_BORDER', 'rifugio-ponte', { consentId: 'x', countries: [country] });
    const abroad = towards('rifugio-ponte', assessedBothSides());
    expect(owed('return-cancellation', ...abroad, border('IT'), stop)).toHaveLength(1);
    expect(owed('return-cancellation', ...abroad, border('FR'), stop)).toEqual([]);
  });
});

describe('who is on the way', () => {
  it('is waited for by who organises the journey, within a day of the last word of her', () => {
    const transit: Given = { type: 'TransitAssisted', data: { returnId }, metadata: { occurredAt: NOW } };
    const arrival = { key: returnId, owedBy: { organisation: 'podul-intoarcerii' } };
    expect(owed('return-arrival', ...ready(), departed)).toMatchObject([{ ...arrival, dueAt: '2026-03-11T08:00:00.000Z' }]);
    expect(owed('return-arrival', ...ready(), departed, transit)).toMatchObject([{ ...arrival, dueAt: '2026-03-11T09:00:00.000Z' }]);
    // Told late: a later word of her counts.
    const before: Given = { ...transit, metadata: { occurredAt: '2026-03-10T07:00:00.000Z' } };
    expect(owed('return-arrival', ...ready(), departed, before)).toMatchObject([{ dueAt: '2026-03-11T08:00:00.000Z' }]);
    expect(owed('return-arrival', ...ready(), departed, arrived)).toEqual([]);
  });
  it('is said to be late, to who leads and to the coordination, as any other deadline is', () => {
    const late = duties(...ready(), departed).filter(({ key }) => key === `return-arrival/${returnId}`);
    expect(late).toMatchObject([{ name: 'deadline-watch', command: { type: 'ReportDeadline', body: { deadline: 'return-arrival', key: returnId } } }]);
  });
});

describe('who did not arrive (T14)', () => {
  const failure = (reason: string): Given => ({ type: 'ReturnFailed', data: { returnId, reason }, metadata: { occurredAt: NOW } });
  const search = { name: 'return-search', key: returnId, dueAt: NOW, owedBy: { organisation: 'casa-lumina' } };
  const high: Given = { ...risk('SENDING', 'HIGH'), metadata: { occurredAt: '2026-03-10T08:30:00.000Z' } };

  it('is looked for at once where she is missing, whatever her risk', () => {
    expect(owed('return-search', ...ready(), departed, failure('MISSING'))).toEqual([search]);
    expect(owed('return-search', ...ready(), departed)).toEqual([]);
  });
  it('and where she did not come, if minor rules apply or the danger is HIGH', () => {
    const disputed: Given = { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } };
    for (const reason of ['NO_SHOW', 'MISSED']) {
      expect(owed('return-search', ...ready(), departed, failure(reason))).toEqual([]);
      for (const danger of [high, disputed]) expect(owed('return-search', ...ready(), danger, departed, failure(reason))).toEqual([search]);
    }
    expect(owed('return-search', ...ready(), high, departed, failure('REFUSED_ENTRY'))).toEqual([]);
  });
  it('until somebody assessed her danger again, with her or from the desk', () => {
    const again = (occurredAt: string): Given => ({
      type: 'RiskAssessed', metadata: { occurredAt },
      data: { assessmentId: 'after', purpose: 'REVIEW', form: 'DESK', overall: 'HIGH', redFlag: false, coreComplete: false, validUntil: '2026-06-01T00:00:00.000Z', provisional: true },
    });
    expect(owed('return-search', ...ready(), departed, failure('MISSING'), again('2026-03-10T09:30:00.000Z'))).toEqual([]);
    expect(owed('return-search', ...ready(), departed, failure('MISSING'), again('2026-03-10T08:30:00.000Z'))).toHaveLength(1);
  });
  it('and nobody looks for an erased case', () => {
    expect(owed('return-search', ...ready(), departed, failure('MISSING'), { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } })).toEqual([]);
  });
});
