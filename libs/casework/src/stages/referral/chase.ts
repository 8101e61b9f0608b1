/**
 * The end of asking a recipient to delete. After an erasure the house keeps, of a recipient that has not confirmed, the name
 * under which it knows the referral, and nothing else: it asks under that name. It may not ask for ever either: once the time
 * to confirm has passed twice, its data protection officer states how the asking ended, and then that name is forgotten too.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { askedInVainFrom, askedNoMore, type ChaseEnd, checkAskedInVain } from '../../shared/holders.js';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { owesDeletionSince } from './recall.js';
import { changed, referralOf, type Referral, type Referrals } from './slice.js';

export interface EndDeletionChase {
  referralId: string;
  reason: ChaseEnd;
}

/** The house asked this recipient to delete, and asks no more. Not: that anything was deleted there. */
export type DeletionChaseEnded = EndDeletionChase & { recipient: string; referrer: string };

export interface ChaseCommands {
  EndDeletionChase: EndDeletionChase;
}
export interface ChaseEvents {
  DeletionChaseEnded: DeletionChaseEnded;
}

/** From when the asking may end; `undefined` where nothing is asked for, or no person was erased. */
function mayEndFrom(referral: Referral, facts: CaseFacts, reference: Reference): string | undefined {
  const since = owesDeletionSince(referral, facts);
  return since === undefined || referral.deleted ? undefined : askedInVainFrom(since, facts, reference);
}

/** Somebody has to look after a recipient that says nothing: the deadline of whoever answers for the data. */
export function chaseOwed(referral: Referral, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const dueAt = mayEndFrom(referral, facts, reference);
  if (dueAt === undefined) return [];
  return [{ name: 'deletion-chase', key: referral.referralId, dueAt, owedBy: { role: 'DPO' } }];
}

export const chaseCommands: CommandTable<Referrals, ChaseCommands, ChaseEvents> = {
  EndDeletionChase: {
    when: {
      from: ['DECLINED', 'EXPIRED', 'CANCELLED', 'ENDED'],
      by: ['DPO'],
      requires: ['not-from-a-partner', 'by-a-person'],
      limit: 'deletion.confirmation',
      otherwise: 'the recipient is asked on, under the name that it knows',
    },
    decide({ referralId, reason }, referrals, { facts, now, reference }) {
      const referral = referralOf(referrals, { referralId });
      if (referral.chaseEnded) return [];
      checkAskedInVain(mayEndFrom(referral, facts, reference), now);
      const { recipient, referrer } = referral;
      return [{ type: 'DeletionChaseEnded', data: { referralId, reason, recipient, referrer } }];
    },
  },
};

export const chaseEvents: EventTable<Referrals, ChaseEvents> = {
  DeletionChaseEnded: {
    schema: 1,
    sensitivity: 2,
    evolve: (referrals, { data }) => changed(referrals, data.referralId, () => ({ chaseEnded: true })),
    promote: (facts, { data }) => askedNoMore(facts, data.referralId),
  },
};
