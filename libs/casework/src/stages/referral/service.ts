/**
 * Delivering what was accepted: a service begins, is delivered, rests, ends. One episode a service of the referral.
 * Source: domain.md 5.2 S8-S11, 8.2, INV-10, 12.1 R-9.
 */
import { CALLER, type Context, Rejection } from '#kernel';
import { type ServiceCode, type ServiceUnit, unitOf } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { movesOnUntil } from '../../shared/move-on.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { shutSince } from './door.js';
import { disengaged } from './engagement.js';
import { closedSince } from './recall.js';
import {
  changed,
  checkOwn,
  episodeIdOf,
  episodeOf,
  type EpisodeStatus,
  GROUNDS,
  PROVIDERS,
  type Referral,
  type Referrals,
} from './slice.js';

export const AGREEMENTS = ['WRITTEN', 'ORAL', 'NOT_YET'] as const;
export const BENEFICIARIES = ['DIRECT', 'INDIRECT'] as const;
export const HOLD_REASONS = ['PERSON_REQUEST', 'ABSENCE', 'HOSPITAL', 'SAFETY', 'PROVIDER'] as const;
export const SERVICE_OUTCOMES = [
  'NEED_MET',
  'PARTLY',
  'NOT_MET',
  'LEFT_BY_CHOICE',
  'TRANSFERRED',
  'DECLINED_BY_PERSON',
  'MAX_DURATION',
  'PROVIDER_STOPPED',
] as const;
/** CASE_CLOSED: the clock alone; it tells a provider no more than that. */
export type ServiceOutcome = (typeof SERVICE_OUTCOMES)[number] | 'CASE_CLOSED';
/** Ends that neither the person chose nor her need: they wait until a refused person could move on (A8). */
const BY_THE_PROVIDER: readonly ServiceOutcome[] = ['NOT_MET', 'MAX_DURATION', 'PROVIDER_STOPPED'];

interface AboutEpisode {
  episodeId: string;
}
export interface StartService extends AboutEpisode {
  /** Opaque reference of the worker, never a name. */
  worker: string;
  agreement: (typeof AGREEMENTS)[number];
}
/** There is deliberately no field for what was said or done. */
export interface RecordSession extends AboutEpisode {
  /** How many of the service's unit. */
  quantity: number;
  beneficiary: (typeof BENEFICIARIES)[number];
  /** Funding programmes it counts for, none or several. */
  programmes: readonly string[];
}
export interface HoldService extends AboutEpisode {
  reason: (typeof HOLD_REASONS)[number];
}
export type ResumeService = AboutEpisode;
export interface EndService extends AboutEpisode {
  outcome: ServiceOutcome;
}

interface Episode extends AboutEpisode {
  referralId: string;
  service: ServiceCode;
  provider: string;
}
/** The provider began to deliver this service. Not: that a session took place. */
export type ServiceStarted = StartService & Episode;
/** So much of the service was delivered at the event's `occurredAt`. Not: what was said in it. */
export type ServiceSessionDelivered = RecordSession & Episode & { unit: ServiceUnit };
/** The service rests; the engagement does not end. */
export type ServicePutOnHold = HoldService & Episode;
/** The service goes on. */
export type ServiceResumed = Episode;
/** The service is over, with its outcome. `last`: no other service of the referral is open, the provider sees the case no more. */
export type ServiceEnded = EndService & Episode & { referrer: string; last: boolean };

export interface ServiceCommands {
  StartService: StartService;
  RecordSession: RecordSession;
  HoldService: HoldService;
  ResumeService: ResumeService;
  EndService: EndService;
}
export interface ServiceEvents {
  ServiceStarted: ServiceStarted;
  ServiceSessionDelivered: ServiceSessionDelivered;
  ServicePutOnHold: ServicePutOnHold;
  ServiceResumed: ServiceResumed;
  ServiceEnded: ServiceEnded;
}

/** Since when nothing allows to go on with a service that began; `undefined` while something does. */
export function serviceShutSince({ recipient, startedAt }: Referral, facts: CaseFacts): string | undefined {
  return startedAt === undefined ? undefined : shutSince(facts, 'SERVICE_DELIVERY', recipient, startedAt);
}

function episode(referrals: Referrals, body: AboutEpisode): Episode {
  const { referral, service } = episodeOf(referrals, body);
  return { episodeId: body.episodeId, referralId: referral.referralId, service, provider: referral.recipient };
}

/** Ends that take back what the provider was told: it sees the case no more, and deletes what it received. */
export const TAKEN_BACK: readonly ServiceOutcome[] = ['DECLINED_BY_PERSON', 'CASE_CLOSED'];

/** The clock ends a service only because its consent or its case ended, and says nothing else about it. */
function checkClock({ outcome }: EndService, referral: Referral, { role, facts, now }: Context<CaseWorld>): void {
  if (role !== 'CLOCK' && outcome !== 'CASE_CLOSED') return;
  const since = outcome === 'CASE_CLOSED' ? closedSince(facts) : serviceShutSince(referral, facts);
  if (TAKEN_BACK.includes(outcome) && since !== undefined && since <= now) return;
  throw new Rejection('wrong-state', 'not-due', 'the consent for this service is live, and so is its case');
}

function ended(body: EndService, referrals: Referrals, context: Context<CaseWorld>): ServiceEnded {
  const { referral, service } = episodeOf(referrals, body);
  checkOwn(referral, context.role, context.organisation);
  checkClock(body, referral, context);
  // How she was identified is not a provider's to know (8.4): the answer says whom to talk to, and not why.
  if (BY_THE_PROVIDER.includes(body.outcome) && movesOnUntil(context) !== undefined)
    throw new Rejection('rule-broken', 'service-goes-on', 'this end is agreed with who leads the case first');
  const last = Object.entries(referral.episodes).every(([code, status]) => code === service || status === 'ENDED');
  return { ...body, ...episode(referrals, body), referrer: referral.referrer, last };
}

export const serviceCommands: CommandTable<Referrals, ServiceCommands, ServiceEvents> = {
  StartService: {
    when: {
      from: ['PENDING'],
      by: PROVIDERS,
      addressee: true,
      requires: ['not-erased', 'case-open'],
      consent: { purpose: 'SERVICE_DELIVERY', recipient: CALLER, orGround: GROUNDS },
      limit: 'service.start',
      otherwise: 'the person may decline the service and keeps every other one',
    },
    decide: (body, referrals) => [{ type: 'ServiceStarted', data: { ...body, ...episode(referrals, body) } }],
  },
  RecordSession: {
    when: {
      from: ['STARTED', 'ON_HOLD'],
      by: PROVIDERS,
      addressee: true,
      requires: ['not-erased'],
      otherwise: 'what was delivered before the end is recorded before the end',
    },
    decide(body, referrals) {
      const about = episode(referrals, body);
      return [{ type: 'ServiceSessionDelivered', data: { ...body, ...about, unit: unitOf(about.service) } }];
    },
  },
  HoldService: {
    when: {
      from: ['STARTED'],
      by: PROVIDERS,
      addressee: true,
      limit: 'service.hold_review',
      otherwise: 'the place is kept, or the service ends',
    },
    decide: (body, referrals) => [{ type: 'ServicePutOnHold', data: { ...body, ...episode(referrals, body) } }],
  },
  ResumeService: {
    when: {
      from: ['ON_HOLD'],
      by: PROVIDERS,
      addressee: true,
      requires: ['not-erased'],
      otherwise: 'the service ends',
    },
    decide: (body, referrals) => [{ type: 'ServiceResumed', data: episode(referrals, body) }],
  },
  EndService: {
    when: {
      from: ['PENDING', 'STARTED', 'ON_HOLD'],
      by: [...PROVIDERS, 'CM', 'NRM_COORD', 'CLOCK'],
      otherwise: 'a need that is not met is referred anew',
    },
    decide: (body, referrals, context) => [{ type: 'ServiceEnded', data: ended(body, referrals, context) }],
  },
};

function moved(
  referrals: Referrals,
  { referralId, service }: Episode,
  status: EpisodeStatus,
  more: Partial<Referral> = {},
): Referrals {
  return changed(referrals, referralId, ({ episodes }) => ({ episodes: { ...episodes, [service]: status }, ...more }));
}

export const serviceEvents: EventTable<Referrals, ServiceEvents> = {
  ServiceStarted: {
    schema: 1,
    sensitivity: 2,
    evolve(referrals, { data, metadata }) {
      const startedAt = referrals[data.referralId]?.startedAt ?? metadata.occurredAt;
      return moved(referrals, data, 'STARTED', { status: 'STARTED', startedAt });
    },
  },
  ServiceSessionDelivered: { schema: 1, sensitivity: 2, evolve: (referrals) => referrals },
  ServicePutOnHold: {
    schema: 1,
    sensitivity: 2,
    evolve(referrals, { data, metadata }) {
      const heldSince = { ...referrals[data.referralId]?.heldSince, [data.service]: metadata.occurredAt };
      return moved(referrals, data, 'ON_HOLD', { heldSince });
    },
  },
  ServiceResumed: { schema: 1, sensitivity: 2, evolve: (referrals, { data }) => moved(referrals, data, 'STARTED') },
  ServiceEnded: {
    schema: 1,
    sensitivity: 2,
    evolve(referrals, { data, metadata }) {
      const owed = data.last && TAKEN_BACK.includes(data.outcome) ? { deletionOwedSince: metadata.recordedAt } : {};
      return moved(referrals, data, 'ENDED', { ...(data.last ? { status: 'ENDED' } : {}), ...owed });
    },
    promote: (facts, { data, metadata }) =>
      data.last ? disengaged(facts, data.referralId, metadata.recordedAt) : facts,
  },
};

/** Identifiers of the services of a referral that are not over. */
export function openEpisodes({
  referralId,
  episodes,
}: Referral): readonly { episodeId: string; service: ServiceCode; status: EpisodeStatus }[] {
  return (Object.entries(episodes) as [ServiceCode, EpisodeStatus][])
    .filter(([, status]) => status !== 'ENDED')
    .map(([service, status]) => ({ episodeId: episodeIdOf(referralId, service), service, status }));
}
