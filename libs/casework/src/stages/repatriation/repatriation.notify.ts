/**
 * Whom a return concerns: the operator and the receiving body are asked, and told when they must forget; who leads the case and
 * who coordinates hear at once that she is missing (domain.md 6.3 T14).
 */
import type { Recorded } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { recalls } from '../../shared/holders.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';

/** Who must look. */
function toLook({ type, data }: Recorded, before: CaseFacts): readonly Notice[] {
  const { returnId, receiver, operator, reason } = data as { returnId?: string; receiver?: string; operator?: string; reason?: string };
  if (returnId === undefined) return [];
  if (type === 'ReceivingRequestSent' && receiver !== undefined) return noticesTo([receiver], returnId);
  if (type === 'SendingRiskAssessed' && operator !== undefined) return noticesTo([operator], returnId);
  return type === 'ReturnFailed' && reason === 'MISSING' ? noticesTo([...leaders(before), ...coordination(before)], returnId) : [];
}

export function translate(event: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  return [...recalls('RETURN', before, after), ...toLook(event, before)];
}
