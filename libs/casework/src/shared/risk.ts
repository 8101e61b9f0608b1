/** Which risk assessment counts. Source: domain.md 4.3, 12.1 R-2. */
import type { CaseFacts, RiskFact } from './facts.js';

/**
 * The newest assessment of one of these forms, expired or not: a newer one always replaces an older one, even where the
 * older is valid for longer. The receiving half of a return looks at another place and is left out.
 */
export function newestRisk({ risks }: CaseFacts, forms: readonly RiskFact['form'][]): RiskFact | undefined {
  return risks
    .filter(({ form, half }) => forms.includes(form) && half !== 'RECEIVING')
    .reduce<RiskFact | undefined>(
      (newest, risk) => (newest && newest.assessedAt > risk.assessedAt ? newest : risk),
      undefined,
    );
}

/** Whether an assessment still says how things are. */
export function isValid({ validUntil }: RiskFact, at: string): boolean {
  return at < validUntil;
}
