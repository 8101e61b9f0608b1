/**
 * How long the person can be singled out by what is kept. When that time is over the clock orders the erasure: nobody has to
 * remember it. A legal hold suspends it, and so does help that goes on. Of whoever was no presumed victim no more than that
 * counts, a child among them: the case was never hers, and neither an open file nor 21 years are a reason to keep her name.
 * Whoever leads the case is warned, and what is new is screened anew. Source: domain.md 2.2 A11, 8.5.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { latest } from '../../shared/moments.js';

/** A child of the case is kept until an age, however soon the case was closed. */
function untilGrownUp({ kept: { child } }: CaseFacts, { calendar, policy }: Reference): string | undefined {
  const years = child && Math.max(0, policy.values['retention.minor_until_age'] - child.age);
  return years === undefined ? undefined : calendar.due(child?.at ?? '', { months: years * 12 });
}

/** The moment at which the time is over; `undefined` while the case goes on. */
export function keptUntil(facts: CaseFacts, reference: Reference): string | undefined {
  const { calendar, policy } = reference;
  const { closedAt, screenedOutAt, helpEndedAt } = facts.kept;
  if (facts.identification === 'NOT_PRESUMED' && screenedOutAt !== undefined) {
    if (facts.openServices.length > 0) return undefined;
    return calendar.due(latest(screenedOutAt, helpEndedAt) ?? screenedOutAt, policy.values['retention.not_presumed']);
  }
  if (closedAt === undefined) return undefined;
  return latest(calendar.due(closedAt, policy.values['retention.identity']), untilGrownUp(facts, reference));
}

/** On the board of whoever answers for the data, until the clock does it. */
export function retentionOwed(facts: CaseFacts, reference: Reference): readonly Duty[] {
  const dueAt = keptUntil(facts, reference);
  if (dueAt === undefined || facts.legalHold || facts.erasure !== 'NONE') return [];
  return [{ name: 'retention', key: 'case', dueAt, owedBy: { role: 'DPO' }, command: { type: 'OrderErasure', body: { reason: 'RETENTION_OVER' } } }];
}
