/** When a reflection period opens, for whom, and whether it needs anybody to start it. Source: domain.md 2.3, 2.9 `rrp.*`. */
import { Rejection } from '#kernel';
import type { PolicyValues, Reference } from '#mechanism';
import type { CaseFacts, IdentificationStatus } from '../../shared/facts.js';

/** The person counts as a victim, at least on reasonable grounds. */
const PRESUMED: readonly IdentificationStatus[] = ['PRESUMED', 'PRESUMED_DECLINED', 'IDENTIFIED'];

/**
 * Moment of the decision that opens the period; `undefined` while there is none. Serious reasons to believe are what a
 * presumption states.
 */
export function openedAt(facts: CaseFacts, trigger: PolicyValues['rrp.start_trigger']): string | undefined {
  if (trigger === 'FORMAL_IDENTIFICATION') return facts.identification === 'IDENTIFIED' ? facts.decidedAt : undefined;
  return PRESUMED.includes(facts.identification) ? (facts.presumedAt ?? facts.decidedAt) : undefined;
}

/** Whether it is owed to the person at all. Who is not known to be a citizen is not left out. */
export function isOwed({ citizenship }: CaseFacts, { policy }: Reference): boolean {
  return policy.values['rrp.applies_to'] === 'ALL' || citizenship === 'OTHER' || citizenship === 'UNKNOWN';
}

/** Whether the decision itself starts it: where the law says so, and nobody is asked first. Unknown law starts nothing. */
export function startsByItself({ policy }: Reference): boolean {
  const { values, unknown } = policy;
  const stated = !unknown.includes('rrp.start_trigger') && values['rrp.start_trigger'] !== 'SERIOUS_REASONS';
  return stated && values['rrp.applies_to'] === 'ALL' && values['rrp.offer_window'] === 'NONE';
}

/** @throws Rejection `reflection-not-due` or `reflection-not-applicable` */
export function checkOpen(facts: CaseFacts, reference: Reference, trigger: PolicyValues['rrp.start_trigger']): string {
  if (!isOwed(facts, reference)) {
    throw new Rejection('rule-broken', 'reflection-not-applicable', 'the country gives this period to citizens of third countries only');
  }
  const opened = openedAt(facts, trigger);
  if (opened !== undefined) return opened;
  throw new Rejection('rule-broken', 'reflection-not-due', 'the decision that opens the period was not made', { trigger });
}
