import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { type CountryPolicy, shippedReference } from '#mechanism';
import { documented, given } from '../../../../test/support/case-specification.js';
import { awaitsMajority, localDate, majorityDay } from './coming-of-age.js';

const ROMANIA = shippedReference('RO', []).policy;
const under = (leapDay: 'MARCH_1' | 'FEBRUARY_28'): CountryPolicy => ({
  ...ROMANIA, values: { ...ROMANIA.values, 'majority.birthday': { leapDay, toldWithinDays: 7 } },
});

describe('the day on which a child comes of age', () => {
  it.each([
    ['2008-03-20', '2026-03-20'], ['2008-12-31', '2026-12-31'], ['2009-02-28', '2027-02-28'], ['2007-03-01', '2025-03-01'],
  ])('is the 18th birthday: %s, %s', (born, day) => {
    expect(majorityDay(born, under('MARCH_1'))).toBe(day);
    expect(majorityDay(born, under('FEBRUARY_28'))).toBe(day);
  });

  it('of somebody born on 29 February is what the policy says, and no earlier than 1 March where no source does', () => {
    expect(majorityDay('2008-02-29', under('FEBRUARY_28'))).toBe('2026-02-28');
    expect(majorityDay('2008-02-29', under('MARCH_1'))).toBe('2026-03-01');
    expect(majorityDay('2008-02-29', ROMANIA)).toBe('2026-03-01');
    expect(ROMANIA.provisional).toContain('majority.birthday');
  });

  it('begins at midnight of the country, in winter and in summer', () => {
    expect([localDate('2026-03-19T21:59:59.999Z', ROMANIA), localDate('2026-03-19T22:00:00.000Z', ROMANIA)]).toEqual(['2026-03-19', '2026-03-20']);
    expect([localDate('2026-07-09T20:59:59.999Z', ROMANIA), localDate('2026-07-09T21:00:00.000Z', ROMANIA)]).toEqual(['2026-07-09', '2026-07-10']);
    expect(localDate('2026-03-19T22:00:00.000Z', shippedReference('UK', []).policy)).toBe('2026-03-19');
  });
});

describe('a sealed day is waited for', () => {
  const awaits = (...events: readonly Given[]) => awaitsMajority(given(...events).state.facts);
  const child = documented('14-17');
  const told = { type: 'IdentityRecorded', data: { fieldsPresent: ['dateOfBirth'], basis: 'CHILD_PROTECTION_DUTY', personal: { majority: { reference: 'r1', commitment: 'c1' } } } };

  it('while a document says that she is a child, and never on a claim or in doubt (INV-9)', () => {
    expect(awaits(...child, told)).toBe(true);
    expect(awaits(...child)).toBe(false);
    for (const ageStatus of ['CLAIMED', 'DISPUTED']) expect(awaits(...child, told, { type: 'AgeRecorded', data: { ageBand: '14-17', ageStatus } })).toBe(false);
  });

  it('until it came, or nothing of the person is kept', () => {
    expect(awaits(...child, told, { type: 'MajorityReached', data: { by: 'BIRTHDAY' } })).toBe(false);
    expect(awaits(...child, told, { type: 'ErasureOrdered', data: { orderId: 'o1', reason: 'RETENTION_ENDED' } })).toBe(false);
    expect(awaits(...documented('18-25'), told)).toBe(false);
  });

  it('and is the newest that each organisation recorded', () => {
    const again = { type: 'IdentityRecorded', data: { ...told.data, personal: { majority: { reference: 'r2', commitment: 'c2' } } } };
    const other = { ...again, metadata: { organisation: 'protectia-copilului' } };
    expect(given(...child, told, again).state.facts.majorityDays).toEqual([{ organisation: 'casa-lumina', reference: 'r2' }]);
    expect(given(...child, told, other).state.facts.majorityDays.map(({ reference }) => reference)).toEqual(['r1', 'r2']);
    const name = { type: 'IdentityRecorded', data: { fieldsPresent: ['name'], basis: 'CHILD_PROTECTION_DUTY' } };
    expect(given(...child, told, name).state.facts.majorityDays).toHaveLength(1);
  });
});
