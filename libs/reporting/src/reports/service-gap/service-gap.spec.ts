import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { History } from '../../../../../test/support/history.js';
import { openHistory } from '../../../../../test/support/history.js';
import { periodOf } from '../../period.js';
import { serviceGap } from './projection.js';
import { serviceGapReport } from './queries.js';

describe('the service gap', () => {
  let history: History;
  beforeEach(async () => {
    history = openHistory([serviceGap]);
    await history.add('case-1', 'CaseNotified', { statisticsOnly: false, region: 'RO32' });
  });
  afterEach(() => history.close());

  const gaps = async () => {
    await history.read();
    const { rows, columns, counts } = await serviceGapReport.count(history.kysely, {
      period: periodOf('2025'),
      rows: 'service',
      columns: 'region',
    });
    const cells = rows.flatMap((row, r) =>
      (columns ?? []).map((column, c) => [`${row} ${column}`, counts[r]?.[c] ?? 0] as const),
    );
    return Object.fromEntries(cells.filter(([, count]) => count > 0));
  };
  const ask = (referralId: string) =>
    history.add('case-1', 'ReferralRequested', { referralId, services: ['HOUS.SHELTER', 'PSY'] });

  it('grows by one for each service when a provider has no place', async () => {
    await ask('r-1');
    expect(await gaps()).toEqual({});
    await history.add('case-1', 'ReferralDeclined', { referralId: 'r-1', reason: 'NO_CAPACITY' });
    expect(await gaps()).toEqual({ 'HOUS.SHELTER RO32': 1, 'PSY RO32': 1 });
  });

  it('counts a case once, however often it asked', async () => {
    for (const referralId of ['r-1', 'r-2']) {
      await ask(referralId);
      await history.add('case-1', 'ReferralExpired', { referralId });
    }
    expect(await gaps()).toEqual({ 'HOUS.SHELTER RO32': 1, 'PSY RO32': 1 });
  });

  it('counts what could not be asked of anyone, in the region that was looked at', async () => {
    await history.add('case-1', 'ReferralImpossible', {
      services: ['MED.DENT'],
      region: 'RO11',
      reason: 'NO_PROVIDER',
    });
    expect(await gaps()).toEqual({ 'MED.DENT RO11': 1 });
  });

  it('does not count what was accepted, cancelled, declined for another reason or refused by the person', async () => {
    await ask('r-1');
    await history.add('case-1', 'ReferralAccepted', { referralId: 'r-1' });
    await ask('r-2');
    await history.add('case-1', 'ReferralCancelled', { referralId: 'r-2' });
    await ask('r-3');
    await history.add('case-1', 'ReferralDeclined', { referralId: 'r-3', reason: 'NOT_COMPETENT' });
    await history.add('case-1', 'ReferralImpossible', { services: ['MED.DENT'], reason: 'PERSON_REFUSED' });
    expect(await gaps()).toEqual({});
  });
});
