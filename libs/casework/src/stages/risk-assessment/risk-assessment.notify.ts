/** Who must hear of a risk at once when life is at stake: who leads the case, and who coordinates it. domain.md 4.3. */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { leaders } from '../../shared/recipients.js';
import type { RiskAssessed } from './risk-assessment.js';

export function translate(event: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  if (event.type !== 'RiskAssessed' || (event.data as RiskAssessed).overall !== 'CRITICAL') return [];
  const others = [...leaders(after), ...after.routedTo].filter((organisation) => organisation !== event.metadata.organisation);
  return noticesTo(others, caseOfStream(event.stream) ?? '');
}
