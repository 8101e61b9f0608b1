/** What the risk assessment stage alone remembers. Answers and plans lie in the vault. */
import type { Viewer } from '#kernel';
import type { ReassessmentCause } from './reassessment.js';

export interface RiskSlice {
  /** Who assessed, by assessment, and whether it was lowered. */
  readonly made: Readonly<Record<string, { readonly actor: string; readonly lowered: boolean }>>;
  /** Assessments that ran out, and were said to. */
  readonly expired: readonly string[];
  /** What happened since the newest assessment, and until when somebody must look again. */
  readonly pending: readonly { readonly cause: ReassessmentCause; readonly at: string; readonly dueAt: string }[];
  /** When somebody last looked at all of it. */
  readonly lookedAt?: string;
  readonly plan?: { readonly planId: string; readonly assessmentId: string; readonly agreedAt: string };
}

export const NO_RISK: RiskSlice = { made: {}, expired: [], pending: [] };

/** What who works on the case sees of it beside the levels, which are shared facts. */
interface RiskShown {
  readonly reassessmentCauses?: readonly Pick<RiskSlice['pending'][number], 'cause' | 'dueAt'>[];
  readonly safetyPlan?: NonNullable<RiskSlice['plan']>;
}

export function riskShown({ pending, plan }: RiskSlice, { scope }: Viewer): RiskShown {
  if (scope !== 'FULL') return {};
  return { reassessmentCauses: pending.map(({ cause, dueAt }) => ({ cause, dueAt })), ...(plan === undefined ? {} : { safetyPlan: plan }) };
}
