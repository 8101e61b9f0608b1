/** Who may say what the person told them: whoever met her over this case, and nobody else. R-5. */
import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Engagement, NO_FACTS } from '#casework';
import type { Organisation, Role } from '#mechanism';
import { rolesInContact } from './in-contact.js';
import { mayAccess } from './may-access.js';

const NOW = '2026-03-10T09:00:00.000Z';
const US = 'clinica-aurora';
const entry = (roles: readonly Role[] = ['SP', 'HEALTH'], more: Partial<Organisation> = {}): Organisation =>
  ({ id: US, name: US, kind: 'NGO', country: 'RO', roles, services: [], regions: [], acceptsMinors: true, status: 'ACTIVE', version: '1', ...more });
const caller = (roles: readonly Role[] = ['SP', 'HEALTH']) => ({ organisation: US, actor: 'a', roles, human: true, client: 'c' });
const engagement = (more: Partial<Engagement> = {}): Engagement => ({ organisation: US, role: 'SP', through: 'r1', scope: 'OFFER', since: '2026-03-01T08:00:00.000Z', ...more });
const facts = (more: Partial<CaseFacts> = {}): CaseFacts =>
  ({ ...NO_FACTS, person: 'p', notifiedBy: 'casa-lumina', notifiedAt: '2026-03-01T08:00:00.000Z', assistance: 'ACTIVE', ageBand: '26-40', ...more });
const over = engagement({ until: '2026-03-05T08:00:00.000Z' });

it('is a provider with an open request, one whose request or work is over, and one whose view went dark', () => {
  for (const one of [engagement(), over, engagement({ scope: 'FULL' }), engagement({ scope: 'FULL', until: over.until! })]) {
    const met = facts({ engagements: [one] });
    expect(mayAccess(met, caller(), entry(), 'command', NOW).scope).toBe('NONE');
    expect(rolesInContact(met, caller(), entry(), NOW)).toEqual(['SP', 'HEALTH']);
  }
});

it('is who notified, in whichever role, the person herself among them', () => {
  for (const role of ['LE', 'PERSON'] as const) expect(rolesInContact(facts({ notifiedBy: US }), caller([role]), entry([role]), NOW)).toEqual([role]);
});

it('is whoever has access, in the roles of that access', () => {
  expect(rolesInContact(facts({ engagements: [engagement({ role: 'CM', scope: 'FULL' })] }), caller(['CM', 'RAPP']), entry(['CM', 'RAPP']), NOW)).toEqual(['CM']);
});

describe('nobody else', () => {
  it('meets her: a stranger, a suspended organisation, another one’s token, a role that the directory does not know', () => {
    const met = facts({ engagements: [over] });
    expect(rolesInContact(facts(), caller(), entry(), NOW)).toEqual([]);
    expect(rolesInContact(met, caller(), undefined, NOW)).toEqual([]);
    expect(rolesInContact(met, caller(), entry(['SP'], { status: 'SUSPENDED' }), NOW)).toEqual([]);
    expect(rolesInContact(met, caller(), entry(['SP'], { id: 'asociatia-punte' }), NOW)).toEqual([]);
    expect(rolesInContact(met, caller(['CM']), entry(), NOW)).toEqual([]);
  });

  it('learns by it that an erased case was there', () => {
    for (const erasure of ['ORDERED', 'ERASED'] as const) expect(rolesInContact(facts({ engagements: [over], erasure }), caller(), entry(), NOW)).toEqual([]);
  });
});

it('is of one channel the person who notified, not those who share it with her', () => {
  const hers = facts({ notifiedBy: US, engagements: [engagement({ role: 'PERSON', scope: 'OWN', actor: 'a', until: over.until! })] });
  expect(rolesInContact(hers, caller(['PERSON']), entry(['PERSON']), NOW)).toEqual(['PERSON']);
  expect(rolesInContact(hers, { ...caller(['PERSON']), actor: 'b' }, entry(['PERSON']), NOW)).toEqual([]);
});
