/** What the risk assessment stage alone remembers. Answers and plans lie in the vault. */
import type { ReassessmentCause } from './reassessment.js';

export interface RiskSlice {
  /** Who assessed, by assessment, and whether it was lowered. */
  readonly made: Readonly<Record<string, { readonly actor: string; readonly lowered: boolean }>>;
  /** Assessments that ran out, and were said to. */
  readonly expired: readonly string[];
  /** What happened since the newest assessment, and until when somebody must look again. */
  readonly pending: readonly { readonly cause: ReassessmentCause; readonly at: string; readonly dueAt: string }[];
  readonly plan?: { readonly planId: string; readonly assessmentId: string; readonly agreedAt: string };
}

export const NO_RISK: RiskSlice = { made: {}, expired: [], pending: [] };
