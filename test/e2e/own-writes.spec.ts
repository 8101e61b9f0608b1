/**
 * Who asks to see an own write sees it: the answer waits until the views have read that far, also when they are slow. Here they
 * read nothing until the test lets them. Source: architecture.md 7, read-your-writes.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Engines } from '#engines';
import type { EventStore } from '#event-store';
import { caseOfStream } from '#kernel';
import { HeldBack } from '../support/held-back.js';
import { NOTIFICATION, aCase, acceptance, consentTo, done, refer, referralTo } from '../support/story.js';
import { DAY, type Reply, type Tandem, startTandem } from '../support/tandem.js';

const COORDINATOR = 'centrul-coordonare';

let tandem: Tandem;
let log: HeldBack;

const read = (path: string, position?: string): Promise<Reply> =>
  tandem.as(COORDINATOR).get(path, position === undefined ? {} : { 'Tandem-Minimum-Position': position });

beforeEach(async () => {
  log = new HeldBack();
  tandem = await startTandem({ at: '2025-12-31T08:00:00.000Z', between: (engines) => ({ ...engines, store: log.of(engines.store) }) });
  await tandem.settled();
  log.hold();
});
afterEach(async () => {
  log.release();
  await tandem.stop();
});

describe('an answer that must hold an own write', () => {
  const cases = ({ body }: Reply): number => (body.cases as unknown[]).length;
  it.each(['/v1/cases', '/v1/desk'])('waits for it: %s', async (path) => {
    const { headers } = done(await tandem.as(COORDINATOR).post('/v1/cases', NOTIFICATION));
    const waiting = read(path, headers.get('tandem-position') ?? '');
    // Asked later and answered earlier, by views that are behind.
    expect(cases(done(await read(path)))).toBe(0);
    log.release();
    expect(cases(done(await waiting))).toBe(1);
  });

  it('waits for it also where nothing of it is shown: /v1/desk/unmet', async () => {
    const { headers } = done(await tandem.as(COORDINATOR).post('/v1/cases', NOTIFICATION));
    let isAnswered = false;
    const waiting = read('/v1/desk/unmet', headers.get('tandem-position') ?? '').then((reply) => {
      isAnswered = true;
      return reply;
    });
    for (let other = 0; other < 5; other += 1) done(await read('/v1/desk/unmet'));
    expect(isAnswered).toBe(false);
    log.release();
    done(await waiting);
  });
});

describe('what was owed', () => {
  const CLINIC = 'clinica-aurora';
  const owed = async (): Promise<readonly string[]> => {
    const { items } = done(await tandem.as(CLINIC).get('/v1/inbox')).body as { items: { waitsFor: string }[] };
    const { deadlines } = done(await tandem.as(CLINIC).get('/v1/deadlines')).body as { deadlines: { deadline: string; mine: boolean }[] };
    return [...items.map(({ waitsFor }) => waitsFor), ...deadlines.filter(({ mine }) => mine).map(({ deadline }) => deadline)];
  };

  it('is owed no more once it is done, also where the board has not heard of it yet', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', CLINIC)));
    const referral = await refer(tandem, manager, path, referralTo(CLINIC, ['MED.GEN'], 'EMERGENCY'));
    const asked = ['referral-escalation', 'referral-reply'];
    expect(await owed()).toEqual([...asked, ...asked]);
    done(await tandem.as(CLINIC).post(`/v1/referrals/${referral}/acceptance`, acceptance(tandem.now())));
    expect(await owed()).toEqual([]);
  });
});

describe('a published figure', () => {
  const YEAR = '/v1/reports/caseload?period=2025';

  it('holds all that was recorded when it was asked for, without being told to wait', async () => {
    done(await tandem.as(COORDINATOR).post('/v1/cases', NOTIFICATION));
    await tandem.pass(2 * DAY);
    const waiting = read(YEAR);
    done(await read('/v1/desk'));
    log.release();
    expect(done(await waiting).body.table.total).not.toEqual({ count: 0 });
  });
});

describe('a new case', () => {
  /** Whether the organisation had a name of a case when its first events were about to be written. */
  const named: boolean[] = [];
  const watching = ({ aliases, ...engines }: Engines): Engines => {
    const append: EventStore['append'] = async (stream, events, expected) => {
      const caseId = caseOfStream(stream);
      if (caseId !== undefined && expected === 'no-stream') named.push((await aliases.find('casa-lumina', 'case', caseId, caseId)) !== undefined);
      return engines.store.append(stream, events, expected);
    };
    return { ...engines, aliases, store: Object.assign(Object.create(engines.store) as EventStore, { append }) };
  };

  it('has the name that its notifier is told before it is recorded, so that both share commits', async () => {
    const watched = await startTandem({ at: '2025-12-31T08:00:00.000Z', between: watching });
    done(await watched.as('casa-lumina').post('/v1/cases', NOTIFICATION));
    done(await watched.as('casa-lumina').post('/v1/cases', { ...NOTIFICATION, account: undefined }));
    expect(named).toEqual([true, true]);
    await watched.stop();
  });
});
