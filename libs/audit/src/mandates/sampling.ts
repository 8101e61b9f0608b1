/** Which cases an auditor looks at: drawn by chance that nobody can steer and anybody can repeat. */
import { createHash } from 'node:crypto';
import type { AuditMandate } from '#platform';
import type { NotifiedCase } from '../log-index.js';

export interface Sample {
  /** How many cases the mandate covered at `asOf`. */
  readonly population: number;
  readonly caseIds: readonly string[];
}

/**
 * Cases in scope that were recorded by `asOf`, in the order of SHA-256 over mandate and case, the first `size` of them. The
 * same mandate and `asOf` give the same sample, and a larger one begins with the smaller. Neither who grants nor who
 * enters cases chooses these identifiers, or when a case was recorded, so neither can keep a case out.
 */
export function draw(cases: Iterable<NotifiedCase>, { mandate, country, casesFrom, casesUntil }: AuditMandate, size: number, asOf: string): Sample {
  const inScope = [...cases].filter(
    (one) => one.country === country && casesFrom <= one.recordedAt && one.recordedAt < casesUntil && one.recordedAt <= asOf,
  );
  const drawn = inScope.map(({ caseId }) => ({ caseId, lot: createHash('sha256').update(`${mandate}\n${caseId}`).digest('hex') }));
  drawn.sort((a, b) => (a.lot < b.lot ? -1 : 1));
  return { population: inScope.length, caseIds: drawn.slice(0, size).map(({ caseId }) => caseId) };
}
