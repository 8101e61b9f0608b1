/**
 * Taking a referral back before it starts, and the proof that what was received is gone. A consent that ended takes it
 * back by itself. Source: domain.md 5.2 S4, S6, 8.2, appendix C 3, 4.
 */
import { type Context, Rejection } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { askedNoMore } from '../../shared/holders.js';
import { leaders } from '../../shared/recipients.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { shutSince } from './door.js';
import { disengaged } from './engagement.js';
import { changed, PROVIDERS, REFERRERS, referralOf, type Referral, type Referrals } from './slice.js';

export const CANCEL_REASONS = ['CONSENT_WITHDRAWN', 'NEED_MET', 'MOVED', 'ERROR'] as const;
/** CASE_CLOSED: the clock alone. */
export type CancelReason = (typeof CANCEL_REASONS)[number] | 'CASE_CLOSED';

export interface CancelReferral {
  referralId: string;
  /** CONSENT_WITHDRAWN also where the consent ran out, or the disclosure without consent was not upheld. */
  reason: CancelReason;
}
export interface ConfirmDeletion {
  referralId: string;
}

/** The request is taken back before any service began; the provider must delete what it received. */
export type ReferralCancelled = CancelReferral & { recipient: string; referrer: string };
/** The provider says that it deleted what it received. Not: that anybody checked. */
export type ReceivedDataDeleted = ConfirmDeletion & { recipient: string; referrer: string };

export interface RecallCommands {
  CancelReferral: CancelReferral;
  ConfirmDeletion: ConfirmDeletion;
}
export interface RecallEvents {
  ReferralCancelled: ReferralCancelled;
  ReceivedDataDeleted: ReceivedDataDeleted;
}

/** Since when nothing opens the door for a referral that has not started; `undefined` while something does. */
export function recalledSince({ recipient, requestedAt }: Referral, facts: CaseFacts): string | undefined {
  return shutSince(facts, 'REFERRAL', recipient, requestedAt);
}

/**
 * Since when the provider must delete what it received; `undefined` when it need not, or has, or nobody asks any more. An erasure reaches whoever
 * was ever told, also where the service ended long ago (GDPR art. 17, 19).
 */
export function owesDeletionSince(
  { deleted, deletionOwedSince, chaseEnded }: Referral,
  { erasure, erasureOrderedAt }: CaseFacts,
): string | undefined {
  if (chaseEnded) return undefined;
  return deletionOwedSince ?? (erasure === 'NONE' || deleted ? undefined : erasureOrderedAt);
}

/** Since when a request asks for nobody: its case was closed while it was open (DECEASED, DUPLICATE). */
export const closedSince = ({ assistance, kept }: CaseFacts): string | undefined => (assistance === 'CLOSED' ? kept.closedAt : undefined);

function checkClosed(facts: CaseFacts, now: string): void {
  const since = closedSince(facts);
  if (since === undefined || since > now) throw new Rejection('wrong-state', 'not-due', 'the case goes on');
}

function checkWithdrawn(referral: Referral, facts: CaseFacts, now: string): void {
  const since = recalledSince(referral, facts);
  if (since !== undefined && since <= now) return;
  throw new Rejection('rule-broken', 'consent-still-live', 'record the withdrawal of the consent first');
}

/** Whoever keeps only its notification takes back what it asked itself; what others asked is unknown to it. */
function checkAsker({ referrer }: Referral, { facts, role, organisation }: Context<CaseWorld>): void {
  const wholeCase = (role !== 'CM' && role !== 'DETECT') || leaders(facts).includes(organisation);
  if (!wholeCase && organisation !== referrer) throw new Rejection('unknown', 'not-found', 'there is no such referral in this case');
}

export const recallCommands: CommandTable<Referrals, RecallCommands, RecallEvents> = {
  CancelReferral: {
    when: {
      from: ['REQUESTED', 'QUEUED', 'ACCEPTED', 'CANCELLED'],
      by: [...REFERRERS, 'SUP', 'CLOCK'],
      requires: ['not-from-a-partner'],
      otherwise: 'after the start a service is ended, not cancelled',
    },
    decide({ referralId, reason }, referrals, context) {
      const { facts, now, role } = context;
      const referral = referralOf(referrals, { referralId });
      checkAsker(referral, context);
      if (referral.status === 'CANCELLED') return [];
      if (reason === 'CASE_CLOSED') checkClosed(facts, now);
      else if (reason === 'CONSENT_WITHDRAWN' || role === 'CLOCK') checkWithdrawn(referral, facts, now);
      const { recipient, referrer } = referral;
      return [{ type: 'ReferralCancelled', data: { referralId, reason, recipient, referrer } }];
    },
  },
  ConfirmDeletion: {
    when: {
      from: ['DECLINED', 'EXPIRED', 'CANCELLED', 'ENDED'],
      by: PROVIDERS,
      addressee: true,
      limit: 'deletion.confirmation',
      otherwise: 'stays on the board of who owes it, and of who referred; after an erasure somebody looks after it',
    },
    decide(body, referrals, { facts }) {
      const referral = referralOf(referrals, body);
      if (owesDeletionSince(referral, facts) === undefined)
        throw new Rejection('wrong-state', 'deletion-not-owed', 'what was received may be kept');
      const { referralId, recipient, referrer, deleted } = referral;
      return deleted ? [] : [{ type: 'ReceivedDataDeleted', data: { referralId, recipient, referrer } }];
    },
  },
};

export const recallEvents: EventTable<Referrals, RecallEvents> = {
  ReferralCancelled: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data, metadata }) =>
      changed(referrals, data.referralId, () => ({
        status: 'CANCELLED',
        deletionOwedSince: metadata.recordedAt,
        ...(data.reason === 'NEED_MET' && { needMet: true }),
      })),
    promote: (facts, { data, metadata }) => disengaged(facts, data.referralId, metadata.recordedAt),
  },
  ReceivedDataDeleted: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data }) => changed(referrals, data.referralId, () => ({ deleted: true })),
    promote: (facts, { data }) => askedNoMore(facts, data.referralId),
  },
};
