import type { RiskPurpose } from '#mechanism';
import type { Draw } from '../draw.js';
import type { Generator, Sender, View } from '../story.js';
import { isReady } from './repatriation.js';
import { CHILD_PROTECTION, SHELTER, SUPERVISOR, isOpen, secret } from './who.js';

const ITEMS = [
  'R1.1', 'R1.2', 'R1.3', 'R1.4', 'R4.1', 'R4.2', 'R4.3', 'R4.4', 'R5.1', 'R5.2', 'R5.3', 'R5.4', 'R9.1', 'R9.2', 'R9.3', 'R9.4', 'R9.5', 'R10.1',
  'R10.2', 'R10.3', 'R10.4', 'R10.5', 'R10.6',
] as const;

/** The receiving half is written by who receives her, and asked of others where nobody does. */
function assessor({ half }: Kind, { facts, draw }: View): Sender {
  const receiver = facts.engagements.find(({ receives, until }) => receives === true && until === undefined)?.organisation;
  return half === 'RECEIVING' && receiver !== undefined ? { organisation: receiver, role: 'SP' } : draw.pick([SHELTER, CHILD_PROTECTION]);
}

/** Mostly calm, sometimes one item of concern, sometimes anything. */
function score(item: string, style: 'calm' | 'concern' | 'wild', draw: Draw): object {
  if (style === 'wild') return { likelihood: draw.below(5), impact: 1 + draw.below(4) };
  return style === 'concern' && item === 'R1.1' ? { likelihood: draw.pick([2, 3, 3]), impact: draw.pick([2, 3, 3]) } : { likelihood: draw.below(2), impact: 1 };
}

function answers(draw: Draw): readonly object[] {
  const style = draw.pick(['calm', 'calm', 'concern', 'concern', 'wild'] as const);
  const complete = draw.chance(85);
  return ITEMS.map((item) =>
    complete || draw.chance(80) ? { item, answer: 'SCORED', ...score(item, style, draw) } : { item, answer: draw.pick(['NOT_ASKED', 'REFUSED']) },
  );
}

interface Kind {
  readonly purpose: RiskPurpose;
  readonly form: string;
  readonly half?: 'SENDING' | 'RECEIVING';
}

function purposeAndForm({ draw, theme }: View): Kind {
  if (theme === 'return' && draw.chance(70)) return { purpose: 'RETURN', form: 'FULL', half: draw.pick(['SENDING', 'RECEIVING']) };
  if (theme === 'recalled') return { purpose: 'RETURN', form: 'FULL', half: 'SENDING' };
  const purpose = draw.pick<RiskPurpose>(['INITIAL', 'INITIAL', 'REVIEW', 'CLOSURE', 'RETURN', 'RETURN', 'PLACEMENT', 'INCIDENT']);
  if (purpose === 'RETURN') return { purpose, form: 'FULL', half: draw.pick(['SENDING', 'RECEIVING']) };
  if (purpose === 'INITIAL') return { purpose, form: draw.pick(['FULL', 'FIRST']) };
  return { purpose, form: purpose === 'CLOSURE' || purpose === 'REVIEW' ? draw.pick(['FULL', 'DESK']) : 'FULL' };
}

export const riskAssessment: readonly Generator[] = [
  {
    command: 'AssessRisk',
    weight: 4,
    likely: (view) => isOpen(view.facts) && (!isReady(view) || view.draw.chance(10)),
    make(view) {
      const { draw } = view;
      const kind = purposeAndForm(view);
      return { by: assessor(kind, view), body: { ...kind, answers: answers(draw), ...draw.maybe(50, 'concerns', () => secret('concerns')) } };
    },
  },
  {
    command: 'LowerRiskByProtectiveFactors',
    likely: ({ facts }) => isOpen(facts) && facts.risks.some(({ overall }) => overall === 'MEDIUM' || overall === 'HIGH'),
    make: ({ facts, draw }) => ({ by: SUPERVISOR, body: { assessmentId: draw.pick(facts.risks).assessmentId, reason: secret('reason') } }),
  },
  {
    command: 'TriggerReassessment',
    likely: ({ facts }) => isOpen(facts) && facts.risks.length > 0,
    make: ({ draw }) => ({ by: SHELTER, body: { cause: draw.pick(['NEW_THREAT', 'LEFT_SHELTER', 'RETURN_DATE_SET']) } }),
  },
  {
    command: 'AgreeSafetyPlan',
    likely: ({ facts }) => isOpen(facts) && facts.risks.length > 0,
    make: () => ({ by: SHELTER, body: { agreement: 'SIGNED', plan: secret('plan') } }),
  },
  {
    command: 'ExpireRiskAssessment',
    likely: () => false,
    make: ({ facts, draw }) => ({
      by: { organisation: 'tandem', role: 'CLOCK', human: false }, body: { assessmentId: draw.pick(facts.risks).assessmentId },
    }),
  },
];
