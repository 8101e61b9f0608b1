import { underMinorRules } from '#casework';
import type { Generator } from '../story.js';
import { CHILD_PROTECTION, POLICE, SHELTER, secret, takesFacts } from './who.js';

const TYPES = ['PARENT', 'RELATIVE', 'APPOINTED', 'PUBLIC'] as const;

export const guardianship: readonly Generator[] = [
  {
    command: 'AppointGuardian',
    weight: 2,
    likely: ({ facts }) => takesFacts(facts) && underMinorRules(facts) && facts.guardians.length < 3,
    make: ({ draw }) => ({
      by: CHILD_PROTECTION,
      body: {
        type: draw.pick(TYPES), ...draw.maybe(50, 'organisation', () => 'protectia-copilului'), ...draw.maybe(50, 'name', () => secret('guardian')),
        ...draw.maybe(50, 'mandate', () => secret('mandate')),
      },
    }),
  },
  {
    command: 'FlagGuardianConflict',
    likely: ({ facts }) => takesFacts(facts) && facts.guardians.some((g) => !g.conflicted),
    make: ({ facts, draw }) => ({
      by: draw.pick([SHELTER, POLICE]),
      body: { guardianId: draw.pick(facts.guardians).guardianId, suspicion: secret('suspicion') },
    }),
  },
  {
    command: 'ReplaceGuardian',
    likely: ({ facts }) => takesFacts(facts) && underMinorRules(facts) && facts.guardians.length > 0,
    make: ({ facts, draw }) => ({
      by: CHILD_PROTECTION,
      body: {
        guardianId: draw.pick(facts.guardians).guardianId, type: draw.pick(TYPES), ...draw.maybe(50, 'organisation', () => 'protectia-copilului'),
        ...draw.maybe(50, 'contact', () => secret('contact')),
      },
    }),
  },
  {
    command: 'RecordMajority',
    weight: 12,
    likely: ({ facts }) => takesFacts(facts) && underMinorRules(facts) && facts.ageStatus === 'DOCUMENTED',
    make: () => ({ by: CHILD_PROTECTION, body: {} }),
  },
];
