import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Engagement, NO_FACTS } from '#casework';
import { REFERENCE } from '../../../../test/support/reference.js';
import { ACCESS_PURPOSES, mayAccess } from './may-access.js';

const NOW = '2026-03-10T08:00:00.000Z';
const OFFICER = { organisation: 'centrul-coordonare', actor: 'officer-1', roles: ['DPO', 'NRM_COORD', 'SUP'], human: true, client: 'c' } as const;
const leading: Engagement = { organisation: 'casa-lumina', role: 'CM', through: 'x', scope: 'FULL', since: '2026-01-01T00:00:00.000Z' };
const erased: CaseFacts = { ...NO_FACTS, notifiedBy: 'politia-exemplu', assistance: 'OPEN_INTAKE', erasure: 'ERASED' };
const open = (facts: CaseFacts) =>
  ACCESS_PURPOSES.filter((purpose) => purpose !== 'report')
    .map((purpose) => [purpose, mayAccess(facts, OFFICER, REFERENCE.organisations.get(OFFICER.organisation), purpose, NOW)] as const)
    .filter(([, { scope }]) => scope !== 'NONE')
    .map(([purpose, { roles }]) => `${purpose} as ${roles.join(' ')}`);

describe('the coordination’s officer, of an erased case', () => {
  it('answers for it where no house ever led it, and opens nothing', () => {
    expect(open(erased)).toEqual(['read as DPO', 'command as DPO', 'first-contact as DPO', 'history as DPO', 'readings as DPO']);
    expect(open({ ...erased, erasure: 'ORDERED' })).toHaveLength(5);
  });

  it('has no part in it where a house led it, now or once', () => {
    expect(open({ ...erased, engagements: [leading] })).toEqual([]);
    expect(open({ ...erased, engagements: [{ ...leading, until: NOW }] })).toEqual([]);
  });

  it('is no officer of a case that goes on', () => {
    expect(open({ ...erased, erasure: 'NONE' }).join()).not.toContain('DPO');
  });
});
