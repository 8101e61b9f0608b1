import type { Generator, View } from '../story.js';
import { SHELTER, SUPERVISOR, isOpen, secret } from './who.js';

const proposal = ({ slice }: View): { proposalId: string } | undefined => (slice('closure') as { proposal?: { proposalId: string } }).proposal;

export const closure: readonly Generator[] = [
  {
    command: 'ProposeClosure',
    weight: 2,
    likely: (view) => isOpen(view.facts) && view.facts.risks.length > 0 && proposal(view) === undefined,
    make: ({ draw }) => ({
      by: SHELTER,
      body: {
        reason: draw.pick(['GOALS_MET', 'PERSON_WITHDREW', 'DECEASED', 'RELOCATED', 'LOST_CONTACT']), unmetNeeds: ['PSY'], interviewOffered: true, retentionExplained: true,
        summary: secret('summary'),
      },
    }),
  },
  {
    command: 'ApproveClosure',
    weight: 3,
    likely: (view) => isOpen(view.facts) && proposal(view) !== undefined,
    make: (view) => ({ by: SUPERVISOR, body: { proposalId: proposal(view)?.proposalId ?? '' } }),
  },
  {
    command: 'RejectClosure',
    weight: 2,
    likely: (view) => isOpen(view.facts) && proposal(view) !== undefined,
    make: (view) => ({ by: SUPERVISOR, body: { proposalId: proposal(view)?.proposalId ?? '', reason: secret('reason') } }),
  },
  {
    command: 'ReopenCase',
    weight: 6,
    likely: ({ facts }) => facts.assistance === 'CLOSED' && facts.erasure === 'NONE',
    make: () => ({ by: SHELTER, body: { reason: 'NEW_NEED' } }),
  },
];
