import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RefusalLog } from './refusal-log.js';

let store: EventStore;
let now: string;
let log: RefusalLog;

beforeEach(() => {
  store = openSqliteEventStore(':memory:');
  now = '2026-03-02T08:00:30.000Z';
  log = new RefusalLog({ store, clock: () => now, recordedPerMinute: 3 });
});
afterEach(() => store.close());

const attempt = (organisation: string, because = 'no-ground') => ({
  organisation,
  actor: 'actor-7',
  role: 'SP',
  attempted: 'personal-data',
  because,
  correlationId: 'request-1',
});
const attempts = async (organisation: string, count: number) => {
  for (let index = 0; index < count; index++) await log.refused(attempt(organisation));
};
const stream = async (organisation: string) =>
  (await store.readStream(`access-${organisation}`)).map(({ type, data }) => [type, data]);

describe('RefusalLog', () => {
  it('records an attempt with codes, and the case only when there is one', async () => {
    await log.refused(attempt('clinica-aurora'));
    await log.refused({ ...attempt('clinica-aurora'), caseId: 'case-7' });
    const codes = { attempted: 'personal-data', because: 'no-ground' };
    expect(await stream('clinica-aurora')).toEqual([
      ['AccessRefused', codes],
      ['AccessRefused', { ...codes, caseId: 'case-7' }],
    ]);
    const [event] = await store.readStream('access-clinica-aurora');
    expect(event?.metadata).toMatchObject({ actor: 'actor-7', organisation: 'clinica-aurora', role: 'SP' });
  });

  it('counts what is above the limit of a minute and records the count when the minute is over', async () => {
    await attempts('clinica-aurora', 50);
    expect(await stream('clinica-aurora')).toHaveLength(3);
    now = '2026-03-02T08:01:00.000Z';
    await log.flush();
    expect((await stream('clinica-aurora')).slice(3)).toEqual([
      ['AccessRefusalsCounted', { minute: '2026-03-02T08:00:00.000Z', count: 47 }],
    ]);
    await log.flush();
    expect(await stream('clinica-aurora')).toHaveLength(4);
  });

  it('records the first attempt on each case of a minute, however many others were counted before', async () => {
    await attempts('clinica-aurora', 10);
    for (const caseId of ['hers', 'hers', 'another']) await log.refused({ ...attempt('clinica-aurora'), caseId });
    expect((await stream('clinica-aurora')).slice(3)).toMatchObject([['AccessRefused', { caseId: 'hers' }], ['AccessRefused', { caseId: 'another' }]]);
    now = '2026-03-02T08:01:00.000Z';
    await log.refused({ ...attempt('clinica-aurora'), caseId: 'hers' });
    expect((await stream('clinica-aurora')).slice(5)).toMatchObject([['AccessRefusalsCounted', { count: 8 }], ['AccessRefused', { caseId: 'hers' }]]);
  });

  it('holds the limit when attempts come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => log.refused(attempt('clinica-aurora'))));
    expect(await stream('clinica-aurora')).toHaveLength(3);
  });

  it('lets one organisation fill nothing of another', async () => {
    await attempts('clinica-aurora', 10);
    await attempts('casa-lumina', 1);
    expect(await stream('casa-lumina')).toHaveLength(1);
  });

  it('records again in the next minute, and counts nothing where nothing was above the limit', async () => {
    await attempts('clinica-aurora', 3);
    now = '2026-03-02T08:01:00.000Z';
    await attempts('clinica-aurora', 1);
    expect((await stream('clinica-aurora')).map(([type]) => type)).toEqual(Array(4).fill('AccessRefused'));
  });
});
