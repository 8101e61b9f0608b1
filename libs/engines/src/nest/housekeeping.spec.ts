import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { HealthChecks } from '#platform/nest';
import { type Engines, openEngines } from '../engines.js';
import { HousekeepingService } from './housekeeping.service.js';

const DAY = 24 * 60 * 60 * 1000;

describe('housekeeping', () => {
  let engines: Engines;
  let now: number;
  let service: HousekeepingService;
  beforeEach(async () => {
    now = Date.parse('2026-03-02T08:00:00.000Z');
    engines = await openEngines({ data: ':memory:', clock: () => new Date(now).toISOString() });
    engines.allowVault(Promise.resolve());
    service = new HousekeepingService(engines, new HealthChecks());
  });
  afterEach(() => engines.close());
  const passDays = (days: number): void => {
    now += days * DAY;
  };
  const seal = () =>
    engines.vault.put([{ commandId: randomUUID(), person: randomUUID(), compartment: 'identity', stream: 'case-1', custodian: 'casa-lumina', value: 'Ana' }]);

  it('sweeps what no event refers to, after a day', async () => {
    await seal();
    passDays(0.9);
    expect(await service.tidy()).toMatchObject({ rows: 0 });
    passDays(0.2);
    expect(await service.tidy()).toMatchObject({ rows: 1 });
  });

  it('renews the keys after 30 days, and destroys the old ones 30 days later', async () => {
    await seal();
    expect((await service.tidy()).keys).toEqual({ begun: undefined, rewrapped: 0, destroyed: [] });
    passDays(30);
    expect((await service.tidy()).keys).toEqual({ begun: 2, rewrapped: 1, destroyed: [] });
    passDays(30);
    expect((await service.tidy()).keys.destroyed).toEqual([1]);
  });
});
