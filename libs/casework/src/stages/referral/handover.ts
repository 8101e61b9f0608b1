/** Around the services: the person arrives, and the provider tells the referrer how it goes. domain.md 5.2 S7, S12. */
import type { Clear, Personal } from '#kernel';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { changed, checkOwn, PROVIDERS, REFERRERS, referralOf, type Referrals } from './slice.js';

export const ESCORTS = ['NONE', 'CASE_MANAGER', 'PROVIDER', 'POLICE', 'MEDICAL', 'OTHER'] as const;
export const FEEDBACK_STATUSES = ['GOING_WELL', 'NEEDS_CHANGE', 'AT_RISK', 'COMPLETED'] as const;

export interface ConfirmHandover {
  referralId: string;
  escort: (typeof ESCORTS)[number];
}
export interface GiveFeedback {
  referralId: string;
  status: (typeof FEEDBACK_STATUSES)[number];
  note?: Personal<string, 'narrative'>;
}

/** The person is with the provider. Not: that a service began. */
export type HandoverCompleted = ConfirmHandover & { recipient: string };
/** The provider told the referrer how it goes. */
export type ReferralFeedbackGiven = Clear<GiveFeedback> & { recipient: string; referrer: string };

export interface HandoverCommands {
  ConfirmHandover: ConfirmHandover;
  GiveFeedback: GiveFeedback;
}
export interface HandoverEvents {
  HandoverCompleted: HandoverCompleted;
  ReferralFeedbackGiven: ReferralFeedbackGiven;
}

export const handoverCommands: CommandTable<Referrals, HandoverCommands, HandoverEvents> = {
  ConfirmHandover: {
    when: {
      from: ['ACCEPTED', 'STARTED'],
      by: [...REFERRERS, ...PROVIDERS],
      requires: ['not-erased'],
      otherwise: 'who does not arrive is looked for the same day',
    },
    decide(body, referrals, { role, organisation }) {
      const referral = referralOf(referrals, body);
      checkOwn(referral, role, organisation);
      return referral.handedOver
        ? []
        : [{ type: 'HandoverCompleted', data: { ...body, recipient: referral.recipient } }];
    },
  },
  GiveFeedback: {
    when: {
      from: ['ACCEPTED', 'STARTED'],
      by: PROVIDERS,
      addressee: true,
      requires: ['not-erased'],
      limit: 'referral.feedback',
      otherwise: 'the referrer is reminded to ask',
    },
    decide({ note, ...clear }, referrals) {
      const { recipient, referrer } = referralOf(referrals, clear);
      const seals = note === undefined ? {} : { seals: ['narrative'] as const };
      return [{ type: 'ReferralFeedbackGiven', data: { ...clear, recipient, referrer }, ...seals }];
    },
  },
};

export const handoverEvents: EventTable<Referrals, HandoverEvents> = {
  HandoverCompleted: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data }) => changed(referrals, data.referralId, () => ({ handedOver: true })),
  },
  ReferralFeedbackGiven: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data }) => changed(referrals, data.referralId, () => ({ feedbackGiven: true })),
  },
};
