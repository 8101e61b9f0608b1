/** The whole system as a process: killed under its writers, and asked to stop under them. The long run is `npm run torture`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { auditDirectory } from '../torture/http/audit.js';
import { startInstance } from '../torture/http/instance.js';
import { killRepeatedly, randomFrom } from '../torture/http/kills.js';
import { Ledger } from '../torture/http/ledger.js';
import { writeCases } from '../torture/http/writers.js';

const data = mkdtempSync(join(tmpdir(), 'tandem-stopped-'));
beforeAll(() => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'build.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'standalone'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 120_000);
afterAll(() => {
  rmSync(data, { recursive: true });
});

describe('killed three times under its writers', () => {
  it('comes back with everything it acknowledged, once, and with views equal to rebuilt ones', async () => {
    const figures = await killRepeatedly(3, 4_711, () => undefined);
    expect(figures.faults).toEqual([]);
    expect(figures.acknowledged).toBeGreaterThan(0);
  }, 120_000);
});

describe('asked to stop under sixteen writers', () => {
  it('answers what it has begun, keeps what it acknowledged and ends with 0', async () => {
    const instance = await startInstance(data);
    const ledger = new Ledger();
    let over = false;
    const writers = Array.from({ length: 16 }, (_, index) => writeCases(instance.address, ledger, { random: randomFrom(index), stopped: () => over }));
    await ledger.answered(200);
    const { code, milliseconds } = await instance.stop();
    over = true;
    await Promise.all(writers);
    expect(code).toBe(0);
    expect(milliseconds).toBeLessThan(5_000);
    expect((await auditDirectory(data, ledger.writes)).faults).toEqual([]);
    // One that was being answered was answered: what never got an answer never got in.
    expect((await auditDirectory(data, ledger.writes.filter(({ answer }) => answer !== undefined), { complete: true })).faults).toEqual([]);
  }, 120_000);
});
