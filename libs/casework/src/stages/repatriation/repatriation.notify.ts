/** Whom a return concerns outside the case: the operator and the receiving body are asked, and told when they must forget. */
import type { Recorded } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import type { Notice } from '../../shared/notice.js';

const ENDS: readonly string[] = ['ReturnCancelled', 'ReturnFoundNotSafe', 'PreDepartureCheckFailed', 'ReturnFailed'];

/** Organisations engaged through a return before it ended. */
function engagedThrough(facts: CaseFacts, returnId: string): readonly string[] {
  return facts.engagements.filter(({ through, until }) => through === returnId && until === undefined).map(({ organisation }) => organisation);
}

export function translate(event: Recorded, before: CaseFacts): readonly Notice[] {
  const { returnId, receiver, operator } = event.data as { returnId?: string; receiver?: string; operator?: string };
  if (returnId === undefined) return [];
  if (event.type === 'ReceivingRequestSent' && receiver !== undefined) return [{ recipient: receiver, thing: returnId, recall: false }];
  if (event.type === 'SendingRiskAssessed' && operator !== undefined) return [{ recipient: operator, thing: returnId, recall: false }];
  if (ENDS.includes(event.type)) return engagedThrough(before, returnId).map((recipient) => ({ recipient, thing: returnId, recall: true }));
  return [];
}
