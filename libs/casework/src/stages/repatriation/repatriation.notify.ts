/**
 * Whom a return concerns: the operator and the receiving body are asked, and told when they must forget; who leads the case and
 * who coordinates hear at once that she is missing (domain.md 6.3 T14).
 */
import type { Recorded } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';

const ENDS: readonly string[] = ['ReturnCancelled', 'ReturnFoundNotSafe', 'PreDepartureCheckFailed', 'ReturnFailed'];

/** Organisations engaged through a return before it ended. */
function engagedThrough(facts: CaseFacts, returnId: string): readonly string[] {
  return facts.engagements.filter(({ through, until }) => through === returnId && until === undefined).map(({ organisation }) => organisation);
}

export function translate(event: Recorded, before: CaseFacts): readonly Notice[] {
  const { returnId, receiver, operator, reason } = event.data as { returnId?: string; receiver?: string; operator?: string; reason?: string };
  if (returnId === undefined) return [];
  if (event.type === 'ReceivingRequestSent' && receiver !== undefined) return [{ recipient: receiver, thing: returnId, recall: false }];
  if (event.type === 'SendingRiskAssessed' && operator !== undefined) return [{ recipient: operator, thing: returnId, recall: false }];
  const missing = event.type === 'ReturnFailed' && reason === 'MISSING' ? noticesTo([...leaders(before), ...coordination(before)], returnId) : [];
  if (ENDS.includes(event.type)) return [...engagedThrough(before, returnId).map((recipient) => ({ recipient, thing: returnId, recall: true })), ...missing];
  return [];
}
