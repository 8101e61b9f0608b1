/**
 * Who must hear that she said stop, or that something was told without her consent: who leads the case, and who may review.
 * What is said is fixed elsewhere (domain.md 8.4): a reference, and to look. Source: 12.1.
 */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';
import { overrideCommands } from './override.js';

const REVIEWERS = overrideCommands.ReviewOverride.when.by;

/** Roles that oversee are held in the house that leads the case; the coordination stands beside it. */
function reviewing(facts: CaseFacts): readonly string[] {
  const overseeing = REVIEWERS.includes('SUP') || REVIEWERS.includes('DPO') ? leaders(facts) : [];
  return [...overseeing, ...(REVIEWERS.includes('NRM_COORD') ? coordination(facts) : [])];
}

/** Whoever leads, and who coordinates: a stop waits neither for somebody to lead nor for a house that may not look any more. */
const answering = (facts: CaseFacts): readonly string[] => [...new Set([...leaders(facts), ...coordination(facts)])];

/** Notices of one event. A review is done by another person, not by another house: who made the disclosure hears of it too. */
export function translate(
  { type, data, stream, metadata }: Recorded,
  _before: CaseFacts,
  after: CaseFacts,
): readonly Notice[] {
  const { overrideId = '' } = data as { overrideId?: string };
  if (type === 'DisclosureWithoutConsentMade') return noticesTo(reviewing(after), overrideId);
  if (type === 'OverrideReviewOverdue') return noticesTo(coordination(after), overrideId);
  if (type !== 'WithdrawalStated') return [];
  return noticesTo(
    answering(after).filter((organisation) => organisation !== metadata.organisation),
    caseOfStream(stream) ?? '',
  );
}
