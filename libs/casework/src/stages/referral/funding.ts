/**
 * Whether the state pays for a service: who coordinates the mechanism decides, where the country's policy has such a decision.
 * Help waits for none of it: a provider may begin before the answer, and a refusal ends nothing by itself. Source: domain.md
 * 1.3, 5.2 (the Latvian variant), INV-6, 12.1 R-1; Latvia, Cabinet Regulation 344 p. 13, 15.
 */
import { type Clear, type Context, type Duty, Rejection } from '#kernel';
import type { Limit, Reference, ServiceCode } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { changed, episodeIdOf, episodeOf, isOpen, type Referral, type Referrals } from './slice.js';

export const FUNDING_DECISIONS = ['GRANTED', 'QUEUED', 'REFUSED'] as const;
export type FundingDecision = (typeof FUNDING_DECISIONS)[number];

export interface RequestServiceFunding {
  episodeId: string;
}
export interface DecideServiceFunding {
  episodeId: string;
  /** REFUSED says one thing only: the criteria are not met. */
  decision: FundingDecision;
}

interface Line {
  referralId: string;
  service: ServiceCode;
}
/** Who coordinates was asked whether the state pays for this service, and owes an answer. Not: that the service waits for it. */
export type ServiceFundingRequested = RequestServiceFunding & Line & {
  /** By when the answer is owed. */
  dueAt: string;
};
/**
 * The state pays, pays once it has the means, or does not, because the criteria are not met. Said again of who waits, it says
 * that she still does. Not: that the service begins or ends (INV-6), nor that it may not be asked for anew.
 */
export type ServiceFundingDecided = Clear<DecideServiceFunding> & Line;

export interface FundingCommands {
  RequestServiceFunding: RequestServiceFunding;
  DecideServiceFunding: DecideServiceFunding;
}
export interface FundingEvents {
  ServiceFundingRequested: ServiceFundingRequested;
  ServiceFundingDecided: ServiceFundingDecided;
}

/** What is known of the state's decision on one service. */
export interface Funding {
  readonly state: 'REQUESTED' | FundingDecision;
  /** Since when it stands so. */
  readonly since: string;
  readonly dueAt: string;
}

/** A default that stands in for what nobody knows makes no authority decide: the country has to say so. */
function decisionLimit({ policy }: Reference): Limit {
  const limit = policy.values['service.decision_days'];
  if (limit !== 'NONE' && !policy.unknown.includes('service.decision_days')) return limit;
  throw new Rejection('rule-broken', 'funding-decision-not-provided', 'the policy of the country has no decision on who pays for a service');
}

/** Whom police, prosecutor or court certified meets the criteria: the only ground to refuse is gone. */
function checkRoute({ decision }: DecideServiceFunding, { facts }: Context<CaseWorld>): void {
  if (decision !== 'REFUSED' || facts.certified !== true) return;
  throw new Rejection('rule-broken', 'certificate-never-refuses', 'who was certified meets the criteria, and there is no other ground');
}

function lineOf(referrals: Referrals, { episodeId }: RequestServiceFunding): RequestServiceFunding & Line & { known?: Funding | undefined } {
  const { referral, service } = episodeOf(referrals, { episodeId });
  return { episodeId, referralId: referral.referralId, service, known: referral.funding?.[service] };
}

/** Services that are asked for, accepted or delivered. */
const NOT_OVER = ['REQUESTED', 'QUEUED', 'PENDING', 'STARTED', 'ON_HOLD'] as const;

export const fundingCommands: CommandTable<Referrals, FundingCommands, FundingEvents> = {
  RequestServiceFunding: {
    when: {
      from: NOT_OVER,
      by: ['CM', 'CP_AUTH'],
      requires: ['not-erased', 'case-open'],
      limit: 'service.decision_days',
      otherwise: 'nothing waits for it: the provider helps meanwhile; what was refused can be asked for anew',
    },
    decide(body, referrals, { reference, occurredAt }) {
      const limit = decisionLimit(reference);
      const { known, ...line } = lineOf(referrals, body);
      if (known !== undefined && known.state !== 'REFUSED') return [];
      return [{ type: 'ServiceFundingRequested', data: { ...line, dueAt: reference.calendar.due(occurredAt, limit) } }];
    },
  },
  DecideServiceFunding: {
    when: {
      from: NOT_OVER,
      by: ['NRM_COORD'],
      requires: ['not-erased', 'by-a-person'],
      limit: 'service.decision_days',
      otherwise: 'a refusal ends no service by itself (INV-6), and is never one of who was certified',
    },
    decide(body, referrals, context) {
      const { known, ...line } = lineOf(referrals, body);
      if (known === undefined) throw new Rejection('wrong-state', 'wrong-state', 'nobody asked whether the state pays for this service');
      const { decision } = body;
      // Who waits is looked at again and again; everything else is said once.
      if (known.state === decision && decision !== 'QUEUED') return [];
      if (known.state === 'GRANTED') throw new Rejection('wrong-state', 'wrong-state', 'what was granted stands');
      checkRoute(body, context);
      return [{ type: 'ServiceFundingDecided', data: { ...line, decision } }];
    },
  },
};

/** The referrals with what is known of who pays for one service. */
function settled(referrals: Referrals, { referralId, service }: Line, by: Partial<Funding> & Pick<Funding, 'state' | 'since'>): Referrals {
  return changed(referrals, referralId, ({ funding = {} }) => ({ funding: { ...funding, [service]: { dueAt: by.since, ...funding[service], ...by } } }));
}

/** The facts of it that the person is told. */
function told({ fundings = [], ...facts }: CaseFacts, { episodeId }: RequestServiceFunding, by: Funding): CaseFacts {
  return { ...facts, fundings: [...fundings.filter((one) => one.episodeId !== episodeId), { episodeId, ...by }] };
}

export const fundingEvents: EventTable<Referrals, FundingEvents> = {
  ServiceFundingRequested: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data, metadata: { occurredAt: since } }) => settled(referrals, data, { state: 'REQUESTED', since, dueAt: data.dueAt }),
    promote: (facts, { data, metadata: { occurredAt: since } }) => told(facts, data, { state: 'REQUESTED', since, dueAt: data.dueAt }),
  },
  ServiceFundingDecided: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data, metadata: { occurredAt: since } }) => settled(referrals, data, { state: data.decision, since }),
    promote: (facts, { data, metadata: { occurredAt: since } }) => told(facts, data, { state: data.decision, since, dueAt: since }),
  },
};

/** An answer is owed in the time of the policy; who waits for it is looked at again, as who waits for a place is. */
export function fundingOwed(referral: Referral, { assistance, erasure }: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (!isOpen(referral) || assistance === 'CLOSED' || erasure !== 'NONE') return [];
  const owedBy = { role: 'NRM_COORD' };
  return (Object.entries(referral.funding ?? {}) as [ServiceCode, Funding][]).flatMap(([service, { state, since, dueAt }]): readonly Duty[] => {
    const episodeId = episodeIdOf(referral.referralId, service);
    if (referral.episodes[service] === 'ENDED') return [];
    if (state === 'REQUESTED') return [{ name: 'service-funding-decision', key: episodeId, dueAt, owedBy }];
    if (state !== 'QUEUED') return [];
    return [{ name: 'service-funding-queue', key: episodeId, dueAt: calendar.due(since, policy.values['service.hold_review']), owedBy }];
  });
}
