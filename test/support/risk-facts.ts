/** Answers and assessments of which the specifications of the risk are made. */
import type { AnsweredRiskItem } from '#mechanism';

export const scored = (item: string, likelihood = 0, impact = 1): AnsweredRiskItem => ({
  item,
  answer: 'SCORED',
  likelihood,
  impact,
});
export const CORE = ['R1', 'R4', 'R5'].flatMap((dimension) => [1, 2, 3, 4].map((n) => scored(`${dimension}.${n}`)));
export const CHILD = [1, 2, 3, 4, 5].map((n) => scored(`R9.${n}`));
export const RETURN = [1, 2, 3, 4, 5, 6].map((n) => scored(`R10.${n}`));
export const assess = (more: object = {}) => ({
  type: 'AssessRisk',
  body: { purpose: 'INITIAL', form: 'FULL', answers: CORE, ...more },
});
export const assessed = (more: object = {}, assessedAt = '2026-03-10T08:30:00.000Z') => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: 'risk-1',
    purpose: 'INITIAL',
    form: 'FULL',
    overall: 'MEDIUM',
    redFlag: false,
    coreComplete: true,
    validUntil: '2026-04-09T21:00:00.000Z',
    provisional: true,
    ...more,
  },
  metadata: { occurredAt: assessedAt, actor: 'assessor-1' },
});
export const SUP = { role: 'SUP', actor: 'supervisor-1' } as const;
