/** The provider answers, or does not: acceptance, decline, and what the clock does when nobody answers. domain.md 5.2 S3-S5. */
import { type Clear, CALLER, type Personal, Rejection } from '#kernel';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { disengaged, engaged } from './engagement.js';
import { changed, GROUNDS, PROVIDERS, referralOf, type Referrals } from './slice.js';

export const DECLINE_REASONS = [
  'NO_CAPACITY',
  'NOT_COMPETENT',
  'OUT_OF_AREA',
  'SECURITY',
  'CONFLICT_OF_INTEREST',
  'NO_FUNDING',
  'OTHER',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

export interface AcceptReferral {
  referralId: string;
  /** Opaque reference of the worker who takes it, never a name. */
  worker: string;
  /** From when there is a place. */
  startFrom: string;
  /** Where and when, and who meets the person. */
  meeting: Personal<string, 'contact'>;
}
export interface QueueReferral {
  referralId: string;
  /** From when the provider expects a place, where it can say so. */
  expectedFrom?: string;
}
export interface DeclineReferral {
  referralId: string;
  reason: DeclineReason;
}
export interface AboutReferral {
  referralId: string;
}

/** Whom an answer concerns: who was asked, and who asked. */
interface Parties {
  recipient: string;
  referrer: string;
}
/** The provider takes the referral, and sees the case from now on. Not: that a service began. */
export type ReferralAccepted = Clear<AcceptReferral> & Parties;
/**
 * The provider would take it, and has no place yet: she waits, and may be referred elsewhere meanwhile. Said again, it says how
 * long anew. Not: a refusal, nor access to the case. Source: domain.md 5.2, the Latvian variant.
 */
export type ReferralQueued = QueueReferral & Parties;
/** The provider does not take it, and must delete what it received. Not: a judgement of the person. */
export type ReferralDeclined = DeclineReferral & Parties;
/** The time to answer is over and nobody did. Not: that the provider refused. */
export type ReferralExpired = AboutReferral & Parties;
/** An emergency stands unanswered: those responsible must look now. Not: that the request is over. */
export type ReferralEscalated = AboutReferral & Parties;

export interface AnswerCommands {
  AcceptReferral: AcceptReferral;
  QueueReferral: QueueReferral;
  DeclineReferral: DeclineReferral;
  ExpireReferral: AboutReferral;
  EscalateReferral: AboutReferral;
}
export interface AnswerEvents {
  ReferralAccepted: ReferralAccepted;
  ReferralQueued: ReferralQueued;
  ReferralDeclined: ReferralDeclined;
  ReferralExpired: ReferralExpired;
  ReferralEscalated: ReferralEscalated;
}

function partiesOf(referrals: Referrals, body: AboutReferral): AboutReferral & Parties {
  const { referralId, recipient, referrer } = referralOf(referrals, body);
  return { referralId, recipient, referrer };
}

const notDue = (): Rejection => new Rejection('wrong-state', 'not-due', 'the time to answer is not over yet');

/** Who answers that it will help: the provider that was asked, as long as the person may be shown to it. */
const ASKED_TO_HELP = {
  from: ['REQUESTED', 'QUEUED'],
  by: PROVIDERS,
  addressee: true,
  requires: ['not-erased', 'case-open'],
  consent: { purpose: 'REFERRAL', recipient: CALLER, orGround: GROUNDS },
} as const;

export const answerCommands: CommandTable<Referrals, AnswerCommands, AnswerEvents> = {
  AcceptReferral: {
    when: {
      ...ASKED_TO_HELP,
      limit: 'referral.reply_by',
      otherwise: 'a consent withdrawn meanwhile ends the request; the provider sees nothing',
    },
    decide({ meeting: _sealed, ...clear }, referrals) {
      return [{ type: 'ReferralAccepted', data: { ...clear, ...partiesOf(referrals, clear) }, seals: ['contact'] }];
    },
  },
  QueueReferral: {
    when: {
      ...ASKED_TO_HELP,
      limit: 'service.hold_review',
      otherwise: 'an emergency waits in no queue: the provider takes it, or says no at once',
    },
    decide({ expectedFrom, ...body }, referrals) {
      if (referralOf(referrals, body).priority === 'EMERGENCY')
        throw new Rejection('wrong-state', 'wrong-state', 'an emergency is accepted or declined: it waits in no queue');
      const expected = expectedFrom === undefined ? {} : { expectedFrom: new Date(expectedFrom).toISOString() };
      return [{ type: 'ReferralQueued', data: { ...partiesOf(referrals, body), ...expected } }];
    },
  },
  DeclineReferral: {
    when: {
      from: ['REQUESTED', 'QUEUED'],
      by: PROVIDERS,
      addressee: true,
      limit: 'referral.reply_by',
      otherwise: 'never refused; the next provider is asked',
    },
    decide: ({ reason, ...body }, referrals) => [
      { type: 'ReferralDeclined', data: { ...partiesOf(referrals, body), reason } },
    ],
  },
  ExpireReferral: {
    when: {
      from: ['REQUESTED'],
      by: ['CLOCK'],
      limit: 'referral.reply_by',
      otherwise: 'the case manager asks the next provider',
    },
    decide(body, referrals, { now }) {
      if (now < referralOf(referrals, body).replyBy) throw notDue();
      return [{ type: 'ReferralExpired', data: partiesOf(referrals, body) }];
    },
  },
  EscalateReferral: {
    when: {
      from: ['REQUESTED'],
      by: ['CLOCK'],
      limit: 'referral.fetch_emergency',
      otherwise: 'those who lead the case and the coordination are told; the request stays open',
    },
    decide(body, referrals, { now, reference }) {
      const { escalated, priority, requestedAt } = referralOf(referrals, body);
      if (escalated) return [];
      const due = reference.calendar.due(requestedAt, reference.policy.values['referral.fetch_emergency']);
      if (priority !== 'EMERGENCY' || now < due) throw notDue();
      return [{ type: 'ReferralEscalated', data: partiesOf(referrals, body) }];
    },
  },
};

export const answerEvents: EventTable<Referrals, AnswerEvents> = {
  ReferralAccepted: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data: { referralId, worker, startFrom }, metadata }) =>
      changed(referrals, referralId, () => ({
        status: 'ACCEPTED',
        worker,
        startFrom,
        acceptedAt: metadata.occurredAt,
      })),
    promote: (facts, { data, metadata }) => engaged(facts, data.referralId, data.recipient, metadata.recordedAt),
  },
  ReferralQueued: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data: { referralId, expectedFrom = '' }, metadata }) =>
      changed(referrals, referralId, () => ({ status: 'QUEUED', queuedAt: metadata.occurredAt, expectedFrom })),
  },
  ReferralDeclined: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data, metadata }) =>
      changed(referrals, data.referralId, () => ({ status: 'DECLINED', deletionOwedSince: metadata.recordedAt })),
    promote: (facts, { data, metadata }) => disengaged(facts, data.referralId, metadata.recordedAt),
  },
  ReferralExpired: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data, metadata }) =>
      changed(referrals, data.referralId, () => ({ status: 'EXPIRED', deletionOwedSince: metadata.recordedAt })),
    promote: (facts, { data, metadata }) => disengaged(facts, data.referralId, metadata.recordedAt),
  },
  ReferralEscalated: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data }) => changed(referrals, data.referralId, () => ({ escalated: true })),
  },
};
