/** What a viewer sees of the referrals of a case: who leads it all of them, a provider its own. domain.md 8.3, INV-10, R-14. */
import type { Viewer } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { onlyBroughtIn } from '../../shared/taking-part.js';
import { leaders } from '../../shared/recipients.js';
import { datasetOf } from './dataset.js';
import { episodeIdOf, type EpisodeStatus, type Referral, type Referrals } from './slice.js';
import type { ServiceCode } from '#mechanism';

function summary(referral: Referral) {
  const {
    referralId,
    recipient,
    referrer,
    priority,
    region,
    dataShared,
    status,
    episodes,
    requestedAt,
    replyBy,
    escalated,
  } = referral;
  const { handedOver, deletionOwedSince, deleted, chaseEnded, worker, startFrom, expectedFrom = '', funding = {} } = referral;
  const services = (Object.entries(episodes) as [ServiceCode, EpisodeStatus][]).map(([service, state]) => ({
    episodeId: episodeIdOf(referralId, service),
    service,
    status: state,
    ...(funding[service] === undefined ? {} : { funding: funding[service].state }),
  }));
  return {
    referralId,
    recipient,
    referrer,
    priority,
    region,
    dataShared,
    status,
    services,
    requestedAt,
    replyBy,
    escalated,
    handedOver,
    deletion: deletionOwedSince === undefined ? 'NOT_OWED' : deleted ? 'CONFIRMED' : chaseEnded ? 'ASKED_IN_VAIN' : 'OWED',
    ...(status !== 'QUEUED' || expectedFrom === '' ? {} : { expectedFrom }),
    ...(worker === undefined || startFrom === undefined ? {} : { worker, startFrom }),
  };
}

/** Which provider a person sees for what is no business of the next one. */
export function referralView(referrals: Referrals, facts: CaseFacts, { organisation, scope }: Viewer) {
  const all = Object.values(referrals);
  // What became of it once another leads is no part of a notification.
  const keeps = leaders(facts).length === 0 ? all.filter(({ referrer }) => referrer === organisation) : [];
  if (scope === 'OWN') return { referrals: keeps.map(summary) };
  if (scope === 'FULL' && !onlyBroughtIn(facts, organisation)) return { referrals: all.map(summary) };
  const own = all.filter(({ recipient }) => recipient === organisation);
  return { referrals: own.flatMap((referral) => datasetOf(referral, facts, scope, {}) ?? []) };
}
