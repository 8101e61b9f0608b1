import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Consent, NO_FACTS } from '#casework';
import type { Organisation } from '#mechanism';
import { mayAccess } from './may-access.js';

const NOW = '2026-03-10T09:00:00.000Z';
const clinic: Organisation = {
  id: 'clinica-aurora', name: 'Clinica Aurora', kind: 'NGO', country: 'RO', roles: ['SP', 'SUP', 'DPO'], services: ['MED'], regions: [], acceptsMinors: true,
  status: 'ACTIVE', version: '0',
};
const caller = { organisation: 'clinica-aurora', actor: 'a', roles: ['SP', 'SUP', 'DPO'], human: true, client: 'c' } as const;
const consent: Consent = {
  consentId: 'c', purpose: 'REFERRAL', recipient: 'clinica-aurora', countries: [], dataCategories: [], giver: 'SELF', givenAt: '2026-03-01T00:00:00.000Z',
};
const facts = (more: Partial<CaseFacts>): CaseFacts => ({
  ...NO_FACTS, assistance: 'ACTIVE', notifiedBy: 'casa-lumina', notifiedAt: '2026-03-01T00:00:00.000Z',
  engagements: [{ organisation: 'clinica-aurora', role: 'SP', scope: 'FULL', through: 'r', since: '2026-03-02T00:00:00.000Z' }], ...more,
});
const scope = (more: Partial<CaseFacts>): string => mayAccess(facts(more), caller, clinic, 'read', NOW).scope;

describe('a partner’s view', () => {
  it('is open while a consent lets the partner in', () => {
    expect(scope({ consents: [consent] })).toBe('FULL');
  });
  it('goes dark for everybody there the moment the last one is withdrawn or over, though nothing was cancelled yet', () => {
    expect(scope({ consents: [{ ...consent, withdrawnAt: '2026-03-10T08:59:59.000Z' }] })).toBe('NONE');
    expect(scope({ consents: [{ ...consent, expiresAt: NOW }] })).toBe('NONE');
    expect(scope({ consents: [{ ...consent, recipient: 'casa-verde' }] })).toBe('NONE');
  });
  it('stays open on another consent to it, or on a lawful ground that review did not close', () => {
    const withdrawn = { ...consent, withdrawnAt: '2026-03-10T08:00:00.000Z' };
    expect(scope({ consents: [withdrawn, { ...consent, consentId: 'd', purpose: 'SERVICE_DELIVERY' }] })).toBe('FULL');
    const override = { overrideId: 'o', ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: [], madeBy: 'x', madeAt: NOW } as const;
    expect(scope({ overrides: [override] })).toBe('FULL');
    expect(scope({ overrides: [{ ...override, review: 'NOT_UPHELD' }] })).toBe('NONE');
  });
});

describe('whoever routes a case', () => {
  const coordinator: Organisation = { ...clinic, id: 'centrul-coordonare', kind: 'PUBLIC', roles: ['NRM_COORD', 'SUP', 'DPO'] };
  const asked = { ...caller, organisation: 'centrul-coordonare', roles: ['NRM_COORD', 'SUP', 'DPO'] } as const;
  const led = facts({ engagements: [{ organisation: 'casa-lumina', role: 'CM', scope: 'FULL', through: 'case', since: '2026-03-01T00:00:00.000Z' }] });

  it('opens no personal data of a case that has a case manager, not through its supervisor or officer either', () => {
    expect(mayAccess(led, asked, coordinator, 'personal-data', NOW).scope).toBe('NONE');
    expect(mayAccess(led, asked, coordinator, 'read', NOW).roles).toEqual(['NRM_COORD']);
  });
});
