import type { Generator } from '../story.js';
import { COORDINATOR, POLICE, SHELTER, isOpen, secret, takesFacts } from './who.js';

const PRESUMED = ['PRESUMED', 'PRESUMED_DECLINED', 'IDENTIFIED'];

export const reflectionPeriod: readonly Generator[] = [
  {
    command: 'OfferReflectionPeriod',
    weight: 3,
    likely: ({ facts }) => isOpen(facts) && PRESUMED.includes(facts.identification) && ['NOT_APPLICABLE', 'DECLINED', 'ENDED'].includes(facts.reflection),
    make: ({ draw }) => ({ by: draw.pick([SHELTER, COORDINATOR]), body: { media: ['ORAL', 'WRITTEN'] } }),
  },
  {
    command: 'StartReflectionPeriod',
    weight: 2,
    likely: ({ facts }) => isOpen(facts) && PRESUMED.includes(facts.identification) && ['NOT_APPLICABLE', 'OFFERED', 'DECLINED'].includes(facts.reflection),
    make: ({ draw }) => ({ by: draw.pick([COORDINATOR, POLICE]), body: {} }),
  },
  {
    command: 'DeclineReflectionPeriod',
    likely: ({ facts }) => takesFacts(facts) && facts.reflection === 'OFFERED',
    make: () => ({ by: SHELTER, body: {} }),
  },
  {
    command: 'ExtendReflectionPeriod',
    likely: ({ facts, draw }) => takesFacts(facts) && facts.reflection === 'RUNNING' && draw.chance(30),
    make: () => ({ by: COORDINATOR, body: { reason: secret('reason') } }),
  },
  {
    command: 'EndReflectionPeriod',
    likely: ({ facts, draw }) => takesFacts(facts) && ['RUNNING', 'EXTENDED'].includes(facts.reflection) && draw.chance(20),
    make({ draw }) {
      // Personal, and yet one of a list: what is decided on it must not stand in clear.
      const reason = draw.pick(['PERSON_REQUEST', 'PERSON_RETURNED', 'TERMINATED_PUBLIC_ORDER', 'IMPROPER_CLAIM', 'COOPERATION_DECIDED']);
      return { by: draw.pick([SHELTER, COORDINATOR]), body: { reason, ...draw.maybe(80, 'authority', () => draw.pick(['politia-exemplu', 'clinica-aurora'])) } };
    },
  },
  { command: 'ExpireReflectionPeriod', likely: () => false, make: () => ({ by: SHELTER, body: {} }) },
  { command: 'WarnOfReflectionPeriodEnd', likely: () => false, make: () => ({ by: SHELTER, body: { daysLeft: 3 } }) },
];
