/** Who must hear of a case: those it is routed to, and who is asked to lead it. The thing is the case itself. */
import type { Recorded } from '#kernel';
import type { Notice } from '../../shared/notice.js';
import type { CaseManagerAssigned, CaseNotified } from './notification.js';

const STREAM = 'case-';

function recipientsOf(event: Recorded): readonly string[] {
  if (event.type === 'CaseManagerAssigned') return [(event.data as CaseManagerAssigned).manager];
  if (event.type !== 'CaseNotified') return [];
  const notified = event.data as CaseNotified;
  return notified.statisticsOnly ? [] : notified.routedTo;
}

export function translate(event: Recorded): readonly Notice[] {
  return recipientsOf(event)
    .filter((recipient) => recipient !== event.metadata.organisation)
    .map((recipient) => ({ recipient, thing: event.stream.slice(STREAM.length), recall: false }));
}
