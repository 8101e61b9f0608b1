/** Who must hear of a case: those it is routed to, and who is asked to lead it. The thing is the case itself. */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import type { Notice } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';
import type { CaseManagementOffered, CaseManagerAssigned } from './case-manager.js';
import type { CaseNotified } from './notification.js';
import type { AgeRecorded } from './person.js';

const isOffer = ({ role, scope, until }: Engagement): boolean => role === 'CM' && scope === 'OFFER' && until === undefined;

/** Offers that this event ended, but for the one that was answered: who did not answer must hear that nobody waits any more. */
function takenBack(event: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const over = before.engagements.filter((e) => isOffer(e) && !after.engagements.some((now) => isOffer(now) && now.through === e.through));
  return over.filter(({ organisation }) => organisation !== event.metadata.organisation)
    .map(({ organisation, through }) => ({ recipient: organisation, thing: through, recall: true }));
}

function offered({ data }: Recorded): readonly Notice[] {
  const { manager, offerId, replyBy } = data as CaseManagementOffered;
  return [{ recipient: manager, thing: offerId, replyBy, recall: false }];
}

function recipientsOf(event: Recorded, after: CaseFacts): readonly string[] {
  if (event.type === 'NotificationEscalated') return coordination(after);
  if (event.type === 'CaseManagementDeclined') return [...new Set([...leaders(after), ...coordination(after)])];
  if (event.type === 'CaseManagerAssigned') return [(event.data as CaseManagerAssigned).manager];
  if (event.type === 'AgeRecorded') return (event.data as AgeRecorded).routedTo ?? [];
  if (event.type !== 'CaseNotified') return [];
  const notified = event.data as CaseNotified;
  return notified.statisticsOnly ? [] : notified.routedTo;
}

export function translate(event: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const told = recipientsOf(event, after)
    .filter((recipient) => recipient !== event.metadata.organisation)
    .map((recipient) => ({ recipient, thing: caseOfStream(event.stream) ?? '', recall: false }));
  return [...takenBack(event, before, after), ...(event.type === 'CaseManagementOffered' ? offered(event) : told)];
}
