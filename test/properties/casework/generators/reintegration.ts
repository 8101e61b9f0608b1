import type { Generator, View } from '../story.js';
import { SHELTER, isOpen, secret } from './who.js';

interface Plan {
  readonly planId: string;
  readonly state: string;
  readonly goals: readonly { readonly goalId: string; readonly result?: string }[];
}

const active = (view: View): readonly Plan[] => (view.slice('reintegration') as readonly Plan[]).filter(({ state }) => state === 'ACTIVE');

export const reintegration: readonly Generator[] = [
  {
    command: 'AgreePlan',
    likely: (view) => isOpen(view.facts) && active(view).length < 2,
    make: ({ draw }) => ({ by: SHELTER, body: { agreement: draw.pick(['SIGNED', 'ORAL_WITNESSED']), plan: secret('plan') } }),
  },
  {
    command: 'AddGoal',
    weight: 2,
    likely: (view) => isOpen(view.facts) && active(view).length > 0,
    make: (view) => ({
      by: SHELTER,
      body: {
        planId: view.draw.pick(active(view)).planId, dimension: view.draw.pick(['ECO', 'SOC', 'PSY']), due: view.hours(2400), statement: secret('goal'),
        baseline: secret('baseline'), target: secret('target'),
      },
    }),
  },
  {
    command: 'CloseGoal',
    likely: (view) => isOpen(view.facts) && active(view).some(({ goals }) => goals.length > 0),
    make(view) {
      const plan = view.draw.pick(active(view).filter(({ goals }) => goals.length > 0));
      return { by: SHELTER, body: { planId: plan.planId, goalId: view.draw.pick(plan.goals).goalId, result: view.draw.pick(['ACHIEVED', 'DROPPED']) } };
    },
  },
  {
    command: 'ReviewPlan',
    weight: 2,
    likely: (view) => isOpen(view.facts) && active(view).length > 0,
    make: (view) => ({
      by: SHELTER,
      body: {
        planId: view.draw.pick(active(view)).planId, contact: 'IN_PERSON', scores: [{ dimension: 'ECO', score: secret('score') }],
        ...view.draw.maybe(50, 'changes', () => secret('changes')),
      },
    }),
  },
  {
    command: 'EndPlan',
    likely: (view) => isOpen(view.facts) && active(view).length > 0,
    make: (view) => ({ by: SHELTER, body: { planId: view.draw.pick(active(view)).planId, end: view.draw.pick(['COMPLETED', 'DISCONTINUED']) } }),
  },
];
