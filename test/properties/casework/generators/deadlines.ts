import { ROLES } from '#mechanism';
import type { Generator } from '../story.js';

export const deadlines: readonly Generator[] = [
  {
    command: 'ReportDeadline',
    likely: () => false,
    make: ({ facts, draw }) => ({
      by: { organisation: 'tandem', role: draw.pick(ROLES), human: false },
      body: { deadline: draw.pick(['screening', 'service-start', 'nothing']), key: 'case', dueAt: facts.notifiedAt },
    }),
  },
];
