/** Who may be told of a case: those who may look at it. Source: domain.md 8.3, 8.4, INV-10; architecture.md 6. */
import { type CaseFacts, isLive, stillStands } from '#casework';
import type { Organisation } from '#mechanism';
import { type Caller, mayAccess } from '#platform';
import type { MayReceive } from './cases.js';

/**
 * The access decision for notices. Whoever may read the case may be told of it; whoever has an offer may be told of it
 * while the consent that it rests on lives, so a withdrawal counts from the moment that it is recorded, before anything
 * was cancelled. A notifier's own notification gives no notices.
 */
export function receivers(entryOf: (organisation: string) => Organisation | undefined): MayReceive {
  return (recipient, facts, thing, now) => {
    const entry = entryOf(recipient);
    if (entry === undefined) return false;
    const { scope } = mayAccess(facts, asCaller(entry), entry, 'read', now);
    return scope === 'FULL' || (scope === 'OFFER' && offers(facts, recipient, thing) && !isShut(facts, recipient, now));
  };
}

/** The organisation as if one of its systems asked. */
function asCaller({ id, roles }: Organisation): Caller {
  return { organisation: id, actor: 'notifier', roles, human: false, client: 'notifier' };
}

const offers = ({ engagements }: CaseFacts, recipient: string, thing: string): boolean =>
  engagements.some((e) => e.organisation === recipient && e.through === thing && e.until === undefined);

/** The offer rested on a consent that does not live any more, and no recorded ground stands in its place. */
function isShut(facts: CaseFacts, recipient: string, now: string): boolean {
  const given = facts.consents.filter((consent) => consent.recipient === recipient);
  const ground = facts.overrides.some((override) => override.recipient === recipient && stillStands(override, facts));
  return given.length > 0 && !ground && !given.some((consent) => isLive(consent, now));
}
