/** What a return owes in each state: the next step, her arrival, a search for her, and its own end. Source: domain.md 6.3, 8.2. */
import type { Duty } from '#kernel';
import type { Limit, Reference } from '#mechanism';
import { type CaseFacts, type Consent, underMinorRules } from '../../shared/facts.js';
import { ownerOf } from '../../shared/owners.js';
import { newestRisk } from '../../shared/risk.js';
import { followUpOwed } from './follow-up.js';
import { BEFORE_BOARDING, type Return, isTold } from './slice.js';

/** Whether the return rests, or is to rest, on this consent: for its parties, and across a border for the country of theirs. */
function restsOn(one: Return, { purpose, recipient, countries }: Consent, facts: CaseFacts, { organisations }: Reference): boolean {
  if (recipient === undefined || (recipient !== one.operator && recipient !== one.receiver)) return false;
  const country = organisations.get(recipient)?.country ?? '';
  return purpose === 'RETURN' || (purpose === 'CROSS_BORDER' && country !== facts.country && countries.includes(country));
}

/**
 * 8.2: before boarding, a return whose consent was taken back is cancelled, whoever it was given for, unless she agreed again.
 * What she took back before she asked for the return counts too, once that body was told; a consent that ran out cancels
 * nothing: each step asks for it anew.
 */
function cancellation(one: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (!BEFORE_BOARDING.includes(one.state)) return [];
  const forReturn = facts.consents.filter((consent) => restsOn(one, consent, facts, reference));
  const withdrawn = forReturn.find(({ purpose, recipient, withdrawnAt }) => {
    const again = (at: string): boolean => forReturn.some((o) => o.purpose === purpose && o.recipient === recipient && o.withdrawnAt === undefined && o.givenAt >= at);
    const counts = (at: string): boolean => at >= one.requestedAt || isTold(one, recipient);
    return withdrawnAt !== undefined && counts(withdrawnAt) && !again(withdrawnAt);
  });
  if (withdrawn?.withdrawnAt === undefined) return [];
  const command = { type: 'CancelReturn', body: { returnId: one.returnId, reason: 'CONSENT_WITHDRAWN' } };
  return [{ name: 'return-cancellation', key: one.returnId, dueAt: withdrawn.withdrawnAt, owedBy: { role: 'CLOCK' }, command }];
}

/** What is owed next in each state, by whom, within which limit. On the way that is the next word of her, within a day of the last. */
function step(one: Return, facts: CaseFacts, { policy }: Reference): { name: string; limit: Limit; owedBy: Duty['owedBy'] } | undefined {
  const limits = policy.values;
  if (one.state === 'INFORMED') return { name: 'return-sending-assessment', limit: limits['return.assessment'], owedBy: ownerOf(facts, one.sender) };
  if (one.state === 'SENDING_ASSESSED') return { name: 'return-receiving-request', limit: limits['return.receiving_request'], owedBy: { role: 'NRM_COORD' } };
  if (one.state === 'RECEIVING_ASKED') return { name: 'return-acknowledgement', limit: limits['return.acknowledgement'], owedBy: { organisation: one.receiver } };
  if (one.state === 'RECEIVING_CONFIRMED') return { name: 'return-receiving-assessment', limit: limits['return.inquiry'][underMinorRules(facts) ? 'minor' : 'adult'], owedBy: { organisation: one.receiver } };
  if (one.state === 'RECEIVING_ASSESSED') return { name: 'return-approval', limit: limits['return.approval'], owedBy: { role: 'NRM_COORD' } };
  if (one.state === 'DEPARTED') return { name: 'return-arrival', limit: limits['return.handover'], owedBy: { organisation: one.operator } };
  if (one.state === 'ARRIVED') return { name: 'return-handover', limit: limits['return.handover'], owedBy: { organisation: one.receiver } };
  return undefined;
}

function nextStep(one: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const next = step(one, facts, reference);
  if (next === undefined) return [];
  return [{ name: next.name, key: one.returnId, dueAt: reference.calendar.due(one.since, next.limit), owedBy: next.owedBy }];
}

/**
 * T14: who is missing is looked for at once, and so is who did not come, where minor rules apply or the danger is HIGH. It is
 * done when somebody assessed her danger again: with her where she was found, from the desk where she was not.
 */
function search({ returnId, sender, state, failure, since }: Return, facts: CaseFacts): readonly Duty[] {
  if (state !== 'FAILED') return [];
  const risk = newestRisk(facts, ['FULL', 'FIRST', 'DESK']);
  const inDanger = underMinorRules(facts) || risk?.overall === 'HIGH' || risk?.overall === 'CRITICAL';
  const isSought = failure === 'MISSING' || (inDanger && (failure === 'NO_SHOW' || failure === 'MISSED'));
  if (!isSought || (risk !== undefined && risk.assessedAt > since)) return [];
  return [{ name: 'return-search', key: returnId, dueAt: since, owedBy: ownerOf(facts, sender) }];
}

/** Everything that a return owes. */
export function returnDuties(one: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const cancel = cancellation(one, facts, reference);
  return cancel.length > 0 ? cancel : [...nextStep(one, facts, reference), ...search(one, facts), ...followUpOwed(one, facts, reference)];
}
