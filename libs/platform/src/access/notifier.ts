/** Who notified a case. Source: domain.md 8.3; docs/adr/0016. */
import type { CaseFacts, Engagement } from '#casework';
import type { Caller } from '../caller.js';

type Asking = Pick<Caller, 'organisation' | 'actor'>;

/** Whether an engagement lets this very person in: people who share a channel are strangers to each other. */
export function isOfCaller({ organisation, actor }: Engagement, caller: Asking): boolean {
  return organisation === caller.organisation && (actor === undefined || actor === caller.actor);
}

/** Whether the caller notified the case: its organisation, or through a channel of persons this very person. */
export function hasNotified({ notifiedBy, engagements }: CaseFacts, caller: Asking): boolean {
  return notifiedBy === caller.organisation && engagements.every((e) => e.organisation !== notifiedBy || isOfCaller(e, caller));
}

/** The person of an organisation who sees most of a case: who notified it through a channel, or anybody where there is none. */
export function actorSeeingMost({ engagements }: CaseFacts, organisation: string): string {
  return engagements.find((e) => e.organisation === organisation && e.actor !== undefined)?.actor ?? 'any';
}
