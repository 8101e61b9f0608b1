import type { Generator } from '../story.js';
import { COORDINATOR, SHELTER, isOpen, secret } from './who.js';

export const caseManagement: readonly Generator[] = [
  {
    command: 'AssessNeeds',
    likely: ({ facts, draw }) => isOpen(facts) && draw.chance(40),
    make: ({ draw }) => ({
      by: SHELTER,
      body: { needs: draw.pick([['MED.GEN'], ['HOUS.SHELTER', 'PSY.COUNS']]), partial: draw.chance(50), ...draw.maybe(50, 'specialNeeds', () => [secret('need')]) },
    }),
  },
  {
    command: 'AgreeSupportPlan',
    likely: ({ facts, draw }) => isOpen(facts) && draw.chance(40),
    make: ({ draw }) => ({ by: SHELTER, body: { plan: secret('plan'), ...draw.maybe(50, 'agreement', () => 'SIGNED') } }),
  },
  {
    command: 'AskForOtherManager',
    likely: ({ facts, draw }) => isOpen(facts) && draw.chance(30),
    make: ({ draw }) => ({ by: draw.pick([SHELTER, COORDINATOR]), body: { ...draw.maybe(50, 'wish', () => secret('wish')) } }),
  },
];
