import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { History } from '../../../../../test/support/history.js';
import { openHistory } from '../../../../../test/support/history.js';
import { periodOf } from '../../period.js';
import { caseload } from './projection.js';
import { caseloadReport, registeredVictimsReport } from './queries.js';

const NOTIFIED = {
  statisticsOnly: false,
  region: 'RO21',
  sex: 'FEMALE',
  ageBand: '18-25',
  citizenship: 'OTHER',
  form: 'LABOUR',
} as const;

describe('the caseload', () => {
  let history: History;
  beforeEach(() => {
    history = openHistory([caseload]);
  });
  afterEach(() => history.close());

  const count = async (report: typeof caseloadReport, period: string, rows: string) => {
    await history.read();
    const { rows: categories, counts } = await report.count(history.kysely, { period: periodOf(period), rows });
    return Object.fromEntries(
      categories.flatMap((category, at) => (counts[at]?.[0] === 0 ? [] : [[category, counts[at]?.[0]]])),
    );
  };

  it('counts each case once, by what was known of it at the end of the period', async () => {
    await history.add('case-1', 'CaseNotified', NOTIFIED, { at: '2025-03-01T00:00:00.000Z' });
    await history.add(
      'case-1',
      'AgeRecorded',
      { ageBand: '14-17', ageStatus: 'DOCUMENTED' },
      { at: '2025-05-01T00:00:00.000Z' },
    );
    await history.add('case-2', 'CaseNotified', NOTIFIED, { at: '2025-03-02T00:00:00.000Z' });
    expect(await count(caseloadReport, '2025-Q1', 'ageGroup')).toEqual({ ADULT: 2 });
    expect(await count(caseloadReport, '2025', 'ageGroup')).toEqual({ ADULT: 1, CHILD: 1 });
    expect(await count(caseloadReport, '2026', 'ageGroup')).toEqual({});
    expect(await count(caseloadReport, '2025', 'status')).toEqual({ POTENTIAL: 2 });
  });

  it('gives the same figure for a period that is over, whatever is recorded later', async () => {
    await history.add('case-1', 'CaseNotified', NOTIFIED, { at: '2025-03-01T00:00:00.000Z' });
    await history.add('case-1', 'VictimPresumed', {}, { at: '2025-04-01T00:00:00.000Z' });
    const before = await count(registeredVictimsReport, '2025', 'region');
    await history.add('case-1', 'FormalIdentificationRefused', {}, { at: '2026-02-01T00:00:00.000Z' });
    await history.add('case-2', 'CaseNotified', NOTIFIED, { at: '2026-02-01T00:00:00.000Z' });
    expect(before).toEqual({ RO21: 1 });
    expect(await count(registeredVictimsReport, '2025', 'region')).toEqual(before);
  });

  it('registers who is presumed, identified or declines, and no one else', async () => {
    const events = [
      'VictimPresumed',
      'VictimFormallyIdentified',
      'FormalIdentificationDeclined',
      'ScreenedOut',
      'FormalIdentificationRefused',
    ] as const;
    for (const [index, type] of events.entries()) {
      await history.add(`case-${index}`, 'CaseNotified', NOTIFIED);
      await history.add(`case-${index}`, type, {});
    }
    expect(await count(registeredVictimsReport, '2025', 'sex')).toEqual({ FEMALE: 3 });
    expect(await count(caseloadReport, '2025', 'sex')).toEqual({ FEMALE: 5 });
  });

  it('registers a victim once, when first presumed, although the decision comes in another year', async () => {
    await history.add('case-1', 'CaseNotified', NOTIFIED, { at: '2025-03-01T00:00:00.000Z' });
    await history.add('case-1', 'VictimPresumed', {}, { at: '2025-03-02T00:00:00.000Z' });
    await history.add('case-1', 'VictimFormallyIdentified', {}, { at: '2026-01-05T00:00:00.000Z' });
    expect(await count(registeredVictimsReport, '2025', 'sex')).toEqual({ FEMALE: 1 });
    expect(await count(registeredVictimsReport, '2026', 'sex')).toEqual({});
  });

  it('counts one who was refused and then identified once, in the year that stands', async () => {
    await history.add('case-1', 'CaseNotified', NOTIFIED, { at: '2025-03-01T00:00:00.000Z' });
    await history.add('case-1', 'VictimPresumed', {}, { at: '2025-03-02T00:00:00.000Z' });
    await history.add('case-1', 'FormalIdentificationRefused', {}, { at: '2025-05-01T00:00:00.000Z' });
    await history.add('case-1', 'ReconsiderationRequested', {}, { at: '2025-12-01T00:00:00.000Z' });
    await history.add('case-1', 'VictimFormallyIdentified', {}, { at: '2026-01-05T00:00:00.000Z' });
    expect(await count(registeredVictimsReport, '2025', 'sex')).toEqual({});
    expect(await count(registeredVictimsReport, '2026', 'sex')).toEqual({ FEMALE: 1 });
  });

  it('keeps its counts when a person is erased', async () => {
    await history.add('case-1', 'CaseNotified', NOTIFIED);
    await history.add('case-1', 'ErasureOrdered', {});
    await history.add('case-1', 'IdentityErased', {});
    expect(await count(caseloadReport, '2025', 'sex')).toEqual({ FEMALE: 1 });
  });
});
