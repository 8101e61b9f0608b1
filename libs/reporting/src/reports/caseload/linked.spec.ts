import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type History, openHistory } from '../../../../../test/support/history.js';
import { periodOf } from '../../period.js';
import { publishedReport, type Report } from '../../report.js';
import { caseload } from './projection.js';
import { caseloadReport, registeredVictimsReport } from './queries.js';

const K = 11;
const NOTIFIED = { statisticsOnly: false, region: 'RO11', sex: 'FEMALE', ageBand: '18-25', citizenship: 'OTHER', form: 'LABOUR' } as const;

let history: History;
beforeEach(() => {
  history = openHistory([caseload]);
});
afterEach(() => history.close());

/** So many notified and so many of them presumed, in a region. */
async function inRegion(region: string, notified: number, presumed: number): Promise<void> {
  for (let n = 0; n < notified; n++) {
    const stream = `${region}-${String(n)}`;
    await history.add(stream, 'CaseNotified', { ...NOTIFIED, region: region as 'RO11' }, { at: '2025-03-01T00:00:00.000Z' });
    if (n < presumed) await history.add(stream, 'VictimPresumed', {}, { at: '2025-03-02T00:00:00.000Z' });
  }
  await history.read();
}
async function shown(report: Report, region: string): Promise<unknown> {
  const { table } = await publishedReport(history.kysely, report, { period: periodOf('2025'), rows: 'region' }, K);
  return table.cells[table.rows.indexOf(region)]?.[0];
}

it('two reports of one year do not give away by subtraction how few were not registered (9.4)', async () => {
  await inRegion('RO11', 23, 20);
  await inRegion('RO32', 30, 15);
  expect(await shown(caseloadReport, 'RO11')).toEqual({ count: 23 });
  expect(await shown(registeredVictimsReport, 'RO11')).toEqual({ suppressed: true });
});

it('what tells of nobody, or of many, is shown in both', async () => {
  await inRegion('RO11', 23, 23);
  await inRegion('RO32', 30, 15);
  expect([await shown(registeredVictimsReport, 'RO11'), await shown(registeredVictimsReport, 'RO32')]).toEqual([{ count: 23 }, { count: 15 }]);
});

it('an organisation that wrote all but one case of a cell does not read that one off, however it wrote them (docs/adr/0023)', async () => {
  const counted = { statisticsOnly: true, month: '2025-03', region: 'RO21', ageBand: '18-25', form: 'LABOUR', country: 'RO' } as const;
  for (let n = 0; n < 10; n++) await history.add(`own-${String(n)}`, 'CaseNotified', counted, { at: '2025-03-01T00:00:00.000Z', organisation: 'inspectia-exemplu', role: 'LAB' });
  await inRegion('RO21', 1, 0);
  await inRegion('RO32', 12, 0);
  expect(await shown(caseloadReport, 'RO21')).toEqual({ suppressed: true });
});

it('nor of the registered beside the notified, without its own of both', async () => {
  const by = { organisation: 'inspectia-exemplu', role: 'LAB' };
  for (let n = 0; n < 30; n++) {
    await history.add(`own-${String(n)}`, 'CaseNotified', { ...NOTIFIED, region: 'RO11' }, { at: '2025-03-01T00:00:00.000Z', ...by });
    if (n < 15) await history.add(`own-${String(n)}`, 'VictimPresumed', {}, { at: '2025-03-02T00:00:00.000Z', ...by });
  }
  await inRegion('RO11', 23, 20);
  await inRegion('RO32', 30, 15);
  expect([await shown(caseloadReport, 'RO11'), await shown(registeredVictimsReport, 'RO11')]).toEqual([{ count: 53 }, { suppressed: true }]);
});

it.each(['VictimPresumed', 'VictimFormallyIdentified', 'FormalIdentificationRefused'] as const)('nor does who decided on all but one of them: %s', async (type) => {
  await inRegion('RO32', 30, 15);
  for (let n = 0; n < 12; n++) {
    await history.add(`RO42-${String(n)}`, 'CaseNotified', { ...NOTIFIED, region: 'RO42' }, { at: '2025-03-01T00:00:00.000Z', organisation: `casa-${String(n)}`, role: 'DETECT' });
    const authority = type === 'VictimPresumed' ? {} : { authority: n === 0 ? 'parchet-exemplu' : 'politia-exemplu' };
    await history.add(`RO42-${String(n)}`, type, authority, { at: '2025-03-02T00:00:00.000Z', organisation: type === 'VictimPresumed' && n > 0 ? 'politia-exemplu' : `casa-${String(n)}` });
  }
  await history.read();
  expect(await shown(caseloadReport, 'RO42')).toEqual({ suppressed: true });
});

it('the clock that records her withdrawal is nobody who reads', async () => {
  await inRegion('RO11', 23, 23);
  await inRegion('RO32', 30, 15);
  for (let n = 0; n < 22; n++) await history.add(`RO11-${String(n)}`, 'FormalIdentificationDeclined', { reason: 'CONSENT_WITHDRAWN' }, { at: '2025-04-01T00:00:00.000Z', organisation: 'tandem', role: 'CLOCK' });
  await history.read();
  expect(await shown(registeredVictimsReport, 'RO11')).toEqual({ count: 23 });
});
