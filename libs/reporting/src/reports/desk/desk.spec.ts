import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Region } from '#mechanism';
import type { History } from '../../../../../test/support/history.js';
import { openHistory } from '../../../../../test/support/history.js';
import { desk } from './projection.js';
import { deskQueue } from './queries.js';

describe('the desk of the coordinator', () => {
  let history: History;
  beforeEach(() => {
    history = openHistory([desk]);
  });
  afterEach(() => history.close());

  const notify = (stream: string, danger: boolean, at: string, region: Region = 'RO32') =>
    history.add(stream, 'CaseNotified', { statisticsOnly: false, country: 'RO', danger, region, ageBand: '14-17' }, { at });
  const queue = async (country = 'RO', regions: readonly string[] = [], limit = 10) => {
    await history.read();
    return deskQueue(history.kysely, { country, regions }, limit);
  };

  it('shows a coordination its country, or its regions and what has none: the others take no place there', async () => {
    await notify('case-1', false, '2025-01-01T00:00:00.000Z', 'RO11');
    await notify('case-2', false, '2025-01-02T00:00:00.000Z');
    await notify('case-3', false, '2025-01-03T00:00:00.000Z', 'UNKNOWN');
    const streams = async (...asked: Parameters<typeof queue>) => (await queue(...asked)).map(({ stream }) => stream);
    expect(await streams('RO')).toEqual(['case-1', 'case-2', 'case-3']);
    expect(await streams('RO', ['RO32'])).toEqual(['case-2', 'case-3']);
    expect(await streams('RO', ['RO32'], 1)).toEqual(['case-2']);
    expect(await streams('IT')).toEqual([]);
  });

  it('shows danger that nobody has opened first, until someone opens it', async () => {
    await notify('case-1', false, '2025-01-01T00:00:00.000Z');
    await notify('case-2', true, '2025-01-02T00:00:00.000Z');
    await notify('case-3', true, '2025-01-03T00:00:00.000Z');
    await history.add('case-2', 'NotificationOpened', {});
    const rows = await queue();
    expect(rows.map(({ stream, entry }) => [stream, entry.danger, entry.notOpenedYet])).toEqual([
      ['case-3', true, true],
      ['case-2', true, false],
      ['case-1', false, false],
    ]);
  });

  it('says who leads, how the person stands and what is owed next', async () => {
    await notify('case-1', false, '2025-01-01T00:00:00.000Z');
    await history.add('case-1', 'VictimPresumed', {});
    await history.add('case-1', 'CaseManagerAssigned', { manager: 'casa-lumina' });
    await history.add('case-1', 'RiskAssessed', { overall: 'HIGH', validUntil: '2025-02-01T00:00:00.000Z' });
    const owes = (referralId: string, recipient: string, replyBy: string) =>
      history.add('case-1', 'ReferralRequested', { referralId, recipient, replyBy, services: ['PSY'] });
    await owes('r-1', 'clinica-aurora', '2025-01-09T00:00:00.000Z');
    await owes('r-2', 'asociatia-punte', '2025-01-08T00:00:00.000Z');
    await owes('r-3', 'casa-lumina', '2025-01-07T00:00:00.000Z');
    await history.add('case-1', 'ReferralDeclined', { referralId: 'r-3' });
    expect((await queue())[0]?.entry).toEqual({
      notifiedAt: '2025-01-01T00:00:00.000Z',
      danger: false,
      openedAt: null,
      notOpenedYet: false,
      status: 'PRESUMED',
      ageGroup: 'CHILD',
      region: 'RO32',
      manager: 'casa-lumina',
      risk: 'HIGH',
      riskValidUntil: '2025-02-01T00:00:00.000Z',
      owed: [
        { name: 'referral-reply', owedBy: 'asociatia-punte', dueAt: '2025-01-08T00:00:00.000Z' },
        { name: 'referral-reply', owedBy: 'clinica-aurora', dueAt: '2025-01-09T00:00:00.000Z' },
      ],
    });
  });

  it('leaves out what is closed, forgotten or about no person', async () => {
    for (const stream of ['case-1', 'case-2']) await notify(stream, false, '2025-01-01T00:00:00.000Z');
    await history.add('case-3', 'CaseNotified', { statisticsOnly: true, region: 'RO32', ageBand: '18-25' });
    expect(await queue()).toHaveLength(2);
    await history.add('case-1', 'CaseClosed', {});
    await history.add('case-2', 'ErasureOrdered', {});
    await history.add('case-2', 'ReferralRequested', { referralId: 'r-1', recipient: 'x', replyBy: 'y', services: [] });
    expect(await queue()).toEqual([]);
    await history.add('case-1', 'CaseReopened', {});
    expect(await queue()).toHaveLength(1);
  });
});
