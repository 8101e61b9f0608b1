import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Territory } from '../desk/queries.js';
import type { History } from '../../../../../test/support/history.js';
import { openHistory } from '../../../../../test/support/history.js';
import { periodOf } from '../../period.js';
import { publishedReport } from '../../report.js';
import { desk } from '../desk/projection.js';
import { serviceGap } from './projection.js';
import { serviceGapReport } from './queries.js';
import { type UnmetPlace, unmetQueryOf, unmetRequests } from './unmet.js';

describe('the service gap', () => {
  let history: History;
  beforeEach(async () => {
    history = openHistory([desk, serviceGap]);
    await history.add('case-1', 'CaseNotified', { statisticsOnly: false, country: 'RO', danger: false, region: 'RO32' });
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
    history.add('case-1', 'ReferralRequested', {
      referralId,
      services: ['HOUS.SHELTER', 'PSY'],
      recipient: 'clinica-aurora',
      replyBy: '2025-01-02T00:00:00.000Z',
    });

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

  it('never shows one person who lacked eleven services as eleven', async () => {
    const services = ['MED', 'PSY', 'HOUS', 'LEGAL', 'JTRN', 'JPLC', 'REINT', 'INTP', 'INFO', 'COURT', 'GRP'] as const;
    await history.add('case-1', 'ReferralImpossible', { services, region: 'RO11', reason: 'NO_PROVIDER' });
    for (let n = 2; n < 14; n++) await history.add(`case-${String(n)}`, 'ReferralImpossible', { services: ['MED'], region: 'RO32', reason: 'NO_PROVIDER' });
    await history.read();
    const published = async (columns?: string) =>
      (await publishedReport(history.kysely, serviceGapReport, { period: periodOf('2025'), rows: 'region', ...(columns === undefined ? {} : { columns }) }, 11)).table;
    const [one, two] = [await published(), await published('service')];
    expect(one.cells[one.rows.indexOf('RO11')]).toEqual([{ suppressed: true }]);
    expect(two.rowTotals[two.rows.indexOf('RO11')]).toEqual({ suppressed: true });
  });

  it.each([
    ['asked for all the others', { organisation: 'casa-lumina' }, (n: number) => `clinica-${String(n)}`],
    ['had no place for all the others', {}, () => 'clinica-aurora'],
  ])('is no figure from which one is left over for who %s', async (_who, by, recipient) => {
    const lacked = async (stream: string, region: 'RO11' | 'RO32', asked: string, organisation: object) => {
      await history.add(stream, 'ReferralRequested', { referralId: 'r-1', services: ['MED'], region, recipient: asked, replyBy: '2025-01-02T00:00:00.000Z' }, organisation);
      await history.add(stream, 'ReferralExpired', { referralId: 'r-1' });
    };
    for (let n = 0; n < 12; n++) await lacked(`own-${String(n)}`, 'RO11', recipient(n), { organisation: `casa-${String(n)}`, ...by });
    for (let n = 0; n < 12; n++) await lacked(`many-${String(n)}`, 'RO32', `spital-${String(n)}`, { organisation: `azil-${String(n)}` });
    await lacked('one', 'RO11', 'casa-verde', { organisation: 'azilul-deschis' });
    await history.read();
    const { table } = await publishedReport(history.kysely, serviceGapReport, { period: periodOf('2025'), rows: 'region' }, 11);
    expect(table.cells[table.rows.indexOf('RO11')]).toEqual([{ suppressed: true }]);
  });

  it('does not take hidden cells for many where the same few lacked each service', async () => {
    const lacks = (stream: string, services: readonly ['MED', ...'PSY'[]] | readonly ['HOUS']) =>
      history.add(stream, 'ReferralImpossible', { services: [...services], region: 'RO11', reason: 'NO_PROVIDER' }, { organisation: `casa-${stream}` });
    for (let n = 0; n < 7; n++) await lacks(`few-${String(n)}`, ['MED', 'PSY']);
    for (let n = 0; n < 40; n++) await lacks(`many-${String(n)}`, ['HOUS']);
    await history.read();
    const { table } = await publishedReport(history.kysely, serviceGapReport, { period: periodOf('2025'), rows: 'service' }, 11);
    // Fourteen are hidden in two cells: seven persons, counted twice. The largest cell goes with them.
    expect([table.cells, table.total]).toEqual([[[{ suppressed: true }], [{ suppressed: true }], [{ suppressed: true }]], { count: 55 }]);
  });

  describe('request by request', () => {
    const ROMANIA = { country: 'RO', regions: [] };
    const unmet = async (query = {}, limit = 10, territory: Territory = ROMANIA) => {
      await history.read();
      const { rows } = await unmetRequests(history.kysely, { ...unmetQueryOf(query), territory, limit });
      return rows.map(({ stream, service, region, reason }) => [stream, service, region, reason].join(' '));
    };
    beforeEach(async () => {
      await ask('r-1');
      await history.add(
        'case-1',
        'ReferralDeclined',
        { referralId: 'r-1', reason: 'NO_CAPACITY' },
        { at: '2025-02-01T00:00:00.000Z' },
      );
      await history.add(
        'case-2',
        'CaseNotified',
        { statisticsOnly: false, country: 'RO', danger: false, region: 'RO11' },
        { at: '2025-03-01T00:00:00.000Z' },
      );
      await history.add(
        'case-2',
        'ReferralImpossible',
        { services: ['MED.DENT'], reason: 'NO_PROVIDER' },
        { at: '2025-03-01T00:00:00.000Z' },
      );
    });

    it('is listed newest first, each time it was asked', async () => {
      const earlier = ['case-1 HOUS.SHELTER RO32 NO_CAPACITY', 'case-1 PSY RO32 NO_CAPACITY'];
      expect(await unmet()).toEqual(['case-2 MED.DENT RO11 NO_PROVIDER', ...earlier]);
      expect(await unmet({}, 2)).toHaveLength(2);
      await ask('r-2');
      await history.add('case-1', 'ReferralExpired', { referralId: 'r-2' }, { at: '2025-04-01T00:00:00.000Z' });
      expect((await unmet()).slice(0, 2)).toEqual(['case-1 HOUS.SHELTER RO32 EXPIRED', 'case-1 PSY RO32 EXPIRED']);
    });

    it('does not say who asked whom: that is counted with, and shown to nobody', async () => {
      await history.read();
      const { rows } = await unmetRequests(history.kysely, { territory: ROMANIA, limit: 10 });
      expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['reason', 'recordedAt', 'region', 'service', 'stream']);
    });

    it('is shown to the coordination of the place only', async () => {
      expect(await unmet({}, 10, { country: 'IT', regions: [] })).toEqual([]);
      expect((await unmet({}, 10, { country: 'RO', regions: ['RO11'] })).every((row) => row.includes('RO11'))).toBe(true);
    });

    it('goes on page by page, each request once', async () => {
      const whole = await unmet();
      const pages: string[] = [];
      let after: UnmetPlace | undefined;
      do {
        const page = await unmetRequests(history.kysely, { territory: ROMANIA, limit: 1, after });
        pages.push(...page.rows.map(({ stream, service, region, reason }) => [stream, service, region, reason].join(' ')));
        after = page.last;
      } while (after !== undefined);
      expect(whole).toHaveLength(3);
      expect(pages).toEqual(whole);
    });

    it('is narrowed by service and by region', async () => {
      expect(await unmet({ service: 'PSY' })).toEqual(['case-1 PSY RO32 NO_CAPACITY']);
      expect(await unmet({ region: 'RO11' })).toEqual(['case-2 MED.DENT RO11 NO_PROVIDER']);
      expect(await unmet({ region: 'RO11', service: 'PSY' })).toEqual([]);
    });

    it('leaves the list when the person is erased, and stays counted', async () => {
      const before = await gaps();
      await history.add('case-1', 'ErasureOrdered', {});
      expect(await unmet()).toEqual(['case-2 MED.DENT RO11 NO_PROVIDER']);
      expect(await gaps()).toEqual(before);
    });
  });
});
