/** Every code that an answer can carry: one table, from which titles, statuses and `docs/problems.md` come. */
import { AUDIT_PROBLEMS } from './domain/audit.js';
import { CONSENT_PROBLEMS } from './domain/consent.js';
import { HOUSE_PROBLEMS } from './domain/house.js';
import { IDENTIFICATION_PROBLEMS } from './domain/identification.js';
import { INTAKE_PROBLEMS } from './domain/intake.js';
import { MECHANISM_PROBLEMS } from './domain/mechanism.js';
import { REFERRAL_PROBLEMS } from './domain/referral.js';
import { REPORT_AND_PARTNER_PROBLEMS } from './domain/reports-and-partners.js';
import { REFLECTION_PROBLEMS } from './domain/reflection-period.js';
import { RETURN_PROBLEMS } from './domain/return-and-reintegration.js';
import { RISK_PROBLEMS } from './domain/risk.js';
import { EDGE_PROBLEMS } from './edge.js';
import type { ProblemEntry } from './kinds.js';

export const PROBLEMS = {
  ...EDGE_PROBLEMS,
  ...HOUSE_PROBLEMS,
  ...INTAKE_PROBLEMS,
  ...IDENTIFICATION_PROBLEMS,
  ...CONSENT_PROBLEMS,
  ...RISK_PROBLEMS,
  ...MECHANISM_PROBLEMS,
  ...REFERRAL_PROBLEMS,
  ...REFLECTION_PROBLEMS,
  ...RETURN_PROBLEMS,
  ...REPORT_AND_PARTNER_PROBLEMS,
  ...AUDIT_PROBLEMS,
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** The entry of a code; `undefined` for one that nobody documented, which a test forbids. */
export function problemEntry(code: string): ProblemEntry | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined;
}
