/** The invariants of domain.md 12 as predicates over what was recorded. Each answers the events that break it. */
import type { Recorded } from '#kernel';
import { type History, ableGuardians, consented, dataOf, isMinor, of, overridden, together, withPast } from './history.js';
import { SECRET } from './story.js';

export type Invariant = (history: History) => History;

/** Status, not help: what these decide ends no service, referral, consent or case. */
const STATUS_ONLY = ['FormalIdentificationRefused', 'FormalIdentificationDeclined', 'ScreenedOut'];

function consentFor(type: string, purpose: string, recipientField: string): Invariant {
  return (history) =>
    withPast(history, type)
      .filter(([event, past]) => {
        const recipient = dataOf(event)[recipientField];
        return !consented(past, purpose, recipient, event.metadata.occurredAt) && !overridden(past, recipient);
      })
      .map(([event]) => event);
}

/** Whether an event stands on a person's decision of its own, not on another event of the same command or on the clock. */
function decidedAlone(history: History, event: Recorded): boolean {
  return event.metadata.role !== 'CLOCK' && together(history, event).length === 0;
}

export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'INV-1 no referral without a live consent for it, or a standing override': consentFor('ReferralRequested', 'REFERRAL', 'recipient'),

  'INV-1 no authority is asked without a live consent for it, or a standing override': consentFor(
    'FormalIdentificationRequested', 'FORMAL_IDENTIFICATION_REQUEST', 'authority',
  ),

  'INV-6 a refusal, a declining or a screening out changes nothing but the status': (history) =>
    of(history, ...STATUS_ONLY).filter((event) => together(history, event).length > 0),

  'INV-7 a person presumes; no screening does': (history) =>
    of(history, 'VictimPresumed').filter((event) => !decidedAlone(history, event)),

  'INV-9 nobody consents in person while minor rules apply': (history) =>
    withPast(history, 'ConsentGiven')
      .filter(([event, past]) => dataOf(event)['giver'] === 'SELF' && isMinor(past))
      .map(([event]) => event),

  'INV-9 minor rules never end by a claim': (history) =>
    withPast(history, 'AgeRecorded')
      .filter(([event, past]) => isMinor(past) && dataOf(event)['ageStatus'] === 'CLAIMED' && !isMinor([...past, event]))
      .map(([event]) => event),

  'INV-12 a consent is withdrawn once': (history) =>
    withPast(history, 'ConsentWithdrawn')
      .filter(([event, past]) => of(past, 'ConsentWithdrawn').some((other) => dataOf(other)['consentId'] === dataOf(event)['consentId']))
      .map(([event]) => event),

  'INV-15 nothing personal stands in clear, ever': (history) => history.filter((event) => JSON.stringify(event).includes(SECRET)),

  'INV-15 nothing personal is added once erasure was ordered, and none is erased unordered': (history) => [
    ...withPast(history, ...history.map(({ type }) => type))
      .filter(([event, past]) => 'personal' in event.data && of(past, 'ErasureOrdered').length > 0)
      .map(([event]) => event),
    ...withPast(history, 'IdentityErased').filter(([, past]) => of(past, 'ErasureOrdered').length !== 1).map(([event]) => event),
  ],

  'INV-16 no guardian in conflict consents, and no guardian for an adult': (history) =>
    withPast(history, 'ConsentGiven')
      .filter(([event, past]) => {
        const giver = dataOf(event)['giver'];
        if (giver !== 'GUARDIAN' && giver !== 'PUBLIC_GUARDIAN') return false;
        return !isMinor(past) || !ableGuardians(past).some(({ type }) => (type === 'PUBLIC') === (giver === 'PUBLIC_GUARDIAN'));
      })
      .map(([event]) => event),

  'R-1 who has no person behind it takes nothing more': (history) =>
    history.filter(({ type }, index) => index > 0 && type !== 'CaseNotified' && dataOf(history[0]!)['statisticsOnly'] === true),
};
