import { CONTACT_CHANNELS } from '../../../../libs/casework/src/shared/contact.js';
import type { Generator } from '../story.js';
import { COORDINATOR, SHELTER, isOpen, secret, takesFacts } from './who.js';

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
  {
    command: 'AgreeContactChannels',
    likely: ({ facts, draw }) => takesFacts(facts) && draw.chance(facts.contact === undefined ? 40 : 10),
    make: ({ draw }) => ({ by: SHELTER, body: { channels: draw.some(CONTACT_CHANNELS), ...draw.maybe(50, 'how', () => secret('number')) } }),
  },
  {
    command: 'RecordContactAttempt',
    weight: 2,
    likely: ({ facts }) => isOpen(facts) && facts.contact !== undefined,
    make: ({ draw, facts }) => ({
      by: SHELTER, body: { channel: draw.pick(draw.chance(80) ? (facts.contact?.channels ?? []) : CONTACT_CHANNELS), reached: draw.chance(30) },
    }),
  },
];
