import type { Generator } from '../story.js';
import { COORDINATOR, SHELTER, isOpen, secret, takesFacts } from './who.js';

const asked = (slice: unknown): boolean => (slice as { asked?: object }).asked !== undefined;

export const proceedings: readonly Generator[] = [
  {
    command: 'RecordProceedings',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({ by: SHELTER, body: { status: secret('status'), ...draw.maybe(50, 'compensation', () => secret('claim')) } }),
  },
  {
    command: 'RequestCompensationVoucher',
    likely: ({ facts, slice, draw }) => isOpen(facts) && !asked(slice('proceedings')) && draw.chance(30),
    make: ({ draw }) => ({ by: draw.pick([SHELTER, COORDINATOR]), body: {} }),
  },
  {
    command: 'RecordCompensationVoucher',
    likely: ({ facts, slice }) => takesFacts(facts) && asked(slice('proceedings')),
    make: ({ draw }) => ({ by: SHELTER, body: { outcome: draw.pick(['RECEIVED', 'REFUSED', 'NOT_WANTED']) } }),
  },
];
