import type { Generator } from '../story.js';
import { CLINIC, COORDINATOR, RETURN_ORGANISATION, SUPERVISOR, secret, takesFacts } from './who.js';

export const breakGlass: readonly Generator[] = [
  {
    command: 'BreakGlass',
    weight: 2,
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({ by: draw.pick([CLINIC, RETURN_ORGANISATION]), body: { reason: 'MEDICAL_EMERGENCY', account: secret('what happened') } }),
  },
  {
    command: 'ReviewBreakGlass',
    weight: 2,
    likely: ({ facts }) => facts.openings.some(({ review }) => review === undefined),
    make: ({ facts, draw }) => ({
      by: draw.pick([COORDINATOR, SUPERVISOR]), body: { openingId: draw.pick(facts.openings).openingId, result: draw.pick(['UPHELD', 'NOT_UPHELD']) },
    }),
  },
];
