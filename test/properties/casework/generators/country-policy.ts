import type { Generator } from '../story.js';
import { COORDINATOR, isOpen } from './who.js';

export const countryPolicy: readonly Generator[] = [
  {
    command: 'ChangeCasePolicy',
    weight: 2,
    likely: ({ facts }) => isOpen(facts),
    make: ({ draw }) => ({ by: COORDINATOR, body: { version: draw.pick(['RO/2026-3', 'RO/2026-3', 'RO/2026-4']) } }),
  },
];
