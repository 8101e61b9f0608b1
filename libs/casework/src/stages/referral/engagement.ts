/**
 * What a referral changes in the shared facts: who may look at the case, and what is not finished yet. Times are those of
 * recording: that is when somebody could look. Source: domain.md 8.3, INV-10, R-14.
 */
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import { told } from '../../shared/holders.js';

/** The recipient of an open request sees the offer, and nothing else. */
export function offered(facts: CaseFacts, referralId: string, organisation: string, since: string): CaseFacts {
  const offer: Engagement = { organisation, role: 'SP', through: referralId, scope: 'OFFER', since };
  return {
    ...told(facts, { organisation, kind: 'REFERRAL', thingId: referralId }),
    engagements: [...facts.engagements, offer],
    openServices: [...facts.openServices, referralId],
  };
}

/** From its acceptance on the provider sees the case. */
export function engaged(facts: CaseFacts, referralId: string, organisation: string, since: string): CaseFacts {
  const engagement: Engagement = { organisation, role: 'SP', through: referralId, scope: 'FULL', since };
  return { ...facts, engagements: [...ended(facts.engagements, referralId, since), engagement] };
}

/** From now on the organisation does not see the case any more, through this referral. */
export function disengaged(facts: CaseFacts, referralId: string, until: string): CaseFacts {
  return {
    ...facts,
    kept: { ...facts.kept, helpEndedAt: until },
    engagements: ended(facts.engagements, referralId, until),
    openServices: facts.openServices.filter((open) => open !== referralId),
  };
}

function ended(engagements: readonly Engagement[], through: string, until: string): readonly Engagement[] {
  return engagements.map((e) => (e.through === through && e.until === undefined ? { ...e, until } : e));
}
