/** What is said of deadlines is said once: by two clocks, after a restart, and when everything is read again from zero. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CaseReader, CaseRecorder, ClockRunner, DutyBoard, type DutyTables } from '#casework/nest';
import { openDatabase } from '#database';
import type { StoredEvent } from '#event-store';
import { aCase, acceptedReferral, done, fullRisk } from '../support/story.js';
import { DAY, HOUR, type Tandem, startTandem } from '../support/tandem.js';

const SAID = ['DeadlineWarned', 'DeadlineBreached', 'DeadlineEscalated'];
const data = mkdtempSync(join(tmpdir(), 'tandem-deadlines-'));
let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem({ data });
});
afterAll(async () => {
  await tandem.stop();
  rmSync(data, { recursive: true });
});

const log = async (): Promise<readonly StoredEvent[]> => (await Array.fromAsync(tandem.engines.store.readAll(''))).flat();
const said = async (): Promise<readonly string[]> =>
  (await log()).filter(({ type }) => SAID.includes(type)).map(({ type, stream, data: about }) => `${stream} ${type} ${JSON.stringify(about)}`);
const about = (deadline: string, all: readonly string[]): readonly string[] => all.filter((one) => one.includes(`"${deadline}"`)).map((one) => one.split(' ')[1] ?? '');

/** A clock of its own over the same log: its board begins at zero, and it remembers no case and no command. */
async function anotherClock(): Promise<ClockRunner> {
  const { store, aliases, vault, keyring, commands, reference, clock } = tandem.engines;
  const cases = new CaseReader(store);
  const board = new DutyBoard(openDatabase<DutyTables>('sqlite::memory:'), store, cases, reference);
  await board.onModuleInit();
  return new ClockRunner(board, cases, new CaseRecorder(store, cases, aliases, vault, keyring, commands, reference, clock), reference, clock);
}

describe('a deadline that passes', () => {
  it('is said once by clocks that look at the same moment', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 1)));
    await acceptedReferral(tandem, path, 'clinica-aurora', ['MED']);
    const clocks = [await anotherClock(), await anotherClock()];
    for (const hours of [21, 72, 48, 200]) {
      // The clock of the house looks too, between the two.
      const passing = tandem.pass(hours * HOUR);
      await Promise.all([...clocks.map((clock) => clock.actOnDue()), passing]);
    }
    const all = await said();
    expect(new Set(all).size).toBe(all.length);
    expect(about('basic-needs', all)).toEqual(['DeadlineWarned', 'DeadlineBreached', 'DeadlineEscalated']);
    expect(about('screening', all)).toEqual(['DeadlineBreached', 'DeadlineEscalated']);
    expect(about('service-start', all)).toContain('DeadlineBreached');
    clocks.forEach((clock) => { clock.check(); });
  });

  it('is not said again when everything is read from zero, nor after a restart', async () => {
    const before = await log();
    expect(await (await anotherClock()).actOnDue()).toBe(0);
    const at = tandem.now();
    await tandem.stop();
    tandem = await startTandem({ data, at });
    await tandem.settled();
    const after = (await log()).slice(before.length).filter(({ stream }) => stream.startsWith('case-'));
    expect(after).toEqual([]);
  });

  it('is told to who owes it, who leads the case and the coordination, in a notice that says no more than others', async () => {
    const { body } = done(await tandem.as('clinica-aurora').get('/v1/feed'));
    expect((body.items as unknown[]).length).toBeGreaterThan(1);
    expect(JSON.stringify(body)).not.toMatch(/service-start|Deadline/);
  });

  it('is said once in three years that nobody looks at the case', async () => {
    for (let month = 0; month < 36; month += 1) await tandem.pass(30 * DAY);
    const all = await said();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeLessThan(20);
    expect(await (await anotherClock()).actOnDue()).toBe(0);
  });
});
