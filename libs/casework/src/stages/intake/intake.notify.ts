/** Who must hear of a case: those it is routed to, and who is asked to lead it. The thing is the case itself. */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import type { Notice } from '../../shared/notice.js';
import { coordination } from '../../shared/recipients.js';
import type { CaseManagerAssigned, CaseNotified } from './notification.js';

function recipientsOf(event: Recorded, after: CaseFacts): readonly string[] {
  if (event.type === 'NotificationEscalated') return coordination(after);
  if (event.type === 'CaseManagerAssigned') return [(event.data as CaseManagerAssigned).manager];
  if (event.type !== 'CaseNotified') return [];
  const notified = event.data as CaseNotified;
  return notified.statisticsOnly ? [] : notified.routedTo;
}

export function translate(event: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  return recipientsOf(event, after)
    .filter((recipient) => recipient !== event.metadata.organisation)
    .map((recipient) => ({ recipient, thing: caseOfStream(event.stream) ?? '', recall: false }));
}
