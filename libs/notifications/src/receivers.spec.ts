import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Consent, NO_FACTS } from '#casework';
import type { Organisation } from '#mechanism';
import { receivers } from './receivers.js';

const NOW = '2026-11-24T10:00:00.000Z';
const SINCE = '2026-11-20T10:00:00.000Z';
const SHELTER = 'casa-lumina';

const entry = (id: string, roles: Organisation['roles'], status: Organisation['status'] = 'ACTIVE'): Organisation => ({
  ...{
    id,
    name: id,
    kind: 'NGO',
    country: 'RO',
    roles,
    services: [],
    regions: [],
    acceptsMinors: true,
    status,
    version: '0',
  },
});
const ENTRIES = [
  entry(SHELTER, ['SP']),
  entry('clinica-aurora', ['SP'], 'SUSPENDED'),
  entry('podul-intoarcerii', ['RET_ORG', 'DETECT']),
];
const mayReceive = receivers((id) => ENTRIES.find((one) => one.id === id));

const offered = (organisation: string, scope: 'FULL' | 'OFFER', more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...{ ...NO_FACTS, notifiedBy: 'podul-intoarcerii', assistance: 'ACTIVE' },
  engagements: [{ organisation, role: 'SP', through: 'referral-1', scope, since: SINCE }],
  ...more,
});
const consent = (more: { withdrawnAt?: string; expiresAt?: string } = {}): Consent => ({
  ...{
    consentId: 'consent-1',
    purpose: 'REFERRAL',
    recipient: SHELTER,
    countries: [],
    dataCategories: [],
    giver: 'SELF',
    givenAt: SINCE,
  },
  ...more,
});

describe('receivers', () => {
  it('are told of an offer while its consent lives', () => {
    const facts = (more: { withdrawnAt?: string; expiresAt?: string }) =>
      offered(SHELTER, 'OFFER', { consents: [consent(more)] });
    expect(mayReceive(SHELTER, facts({}), 'referral-1', NOW)).toBe(true);
    expect(mayReceive(SHELTER, facts({}), 'referral-2', NOW)).toBe(false);
    expect(mayReceive(SHELTER, facts({ withdrawnAt: NOW }), 'referral-1', NOW)).toBe(false);
    expect(mayReceive(SHELTER, facts({ expiresAt: NOW }), 'referral-1', NOW)).toBe(false);
  });

  it('are told of an offer on a recorded ground, unless review did not uphold it', () => {
    const override = {
      overrideId: 'o',
      ground: 'RISK_TO_LIFE',
      recipient: SHELTER,
      contents: [],
      madeBy: 'x',
      madeAt: NOW,
    } as const;
    const consents = [consent({ withdrawnAt: SINCE })];
    expect(mayReceive(SHELTER, offered(SHELTER, 'OFFER', { consents, overrides: [override] }), 'referral-1', NOW)).toBe(
      true,
    );
    const fallen = [{ ...override, review: 'NOT_UPHELD' }] as const;
    expect(mayReceive(SHELTER, offered(SHELTER, 'OFFER', { consents, overrides: fallen }), 'referral-1', NOW)).toBe(
      false,
    );
  });

  it('are told of everything on a case that they work on', () => {
    expect(mayReceive(SHELTER, offered(SHELTER, 'FULL', { consents: [consent()] }), 'referral-9', NOW)).toBe(true);
  });

  it.each([
    ['has no part in the case', SHELTER, offered('clinica-aurora', 'FULL')],
    ['is suspended', 'clinica-aurora', offered('clinica-aurora', 'FULL')],
    ['is not in the directory', 'nobody', offered('nobody', 'FULL')],
    ['only notified the case', 'podul-intoarcerii', offered(SHELTER, 'FULL')],
    ['worked on a case that is erased', SHELTER, offered(SHELTER, 'FULL', { erasure: 'ORDERED' })],
  ])('are not told where the organisation %s', (_why, recipient, facts) => {
    expect(mayReceive(recipient, facts, 'referral-1', NOW)).toBe(false);
  });
});
