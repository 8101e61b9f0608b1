/**
 * The end of asking the bodies of a return, or an authority that was asked to identify her, to delete what they received of an erased
 * person: the same as of a referral, whatever else they were told with. Source: domain.md 8.5; GDPR art. 19.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts, Holder } from '../../shared/facts.js';
import { askedInVainFrom, askedNoMore, type ChaseEnd, checkAskedInVain } from '../../shared/holders.js';
import { latest } from '../../shared/moments.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import type { IntakeSlice } from './case-manager.js';

export interface EndReceivedDataChase {
  /** The return, or the formal request. */
  thingId: string;
  reason: ChaseEnd;
}

/** The house asked these to delete what they were told with one thing, and asks no more. Not: that anything was deleted there. */
export type ReceivedDataChaseEnded = EndReceivedDataChase & { recipients: readonly string[] };

export interface ChaseCommands {
  EndReceivedDataChase: EndReceivedDataChase;
}
export interface ChaseEvents {
  ReceivedDataChaseEnded: ReceivedDataChaseEnded;
}

/** A referral has a chase of its own. */
const askedWith = ({ holders }: CaseFacts, thingId: string): readonly Holder[] => holders.filter((held) => held.kind !== 'REFERRAL' && held.thingId === thingId);

function mayEndFrom(holders: readonly Holder[], facts: CaseFacts, reference: Reference): string | undefined {
  return holders.length === 0 ? undefined : askedInVainFrom(latest(...holders.map(({ owedSince }) => owedSince)), facts, reference);
}

/** Somebody has to look after recipients that say nothing: the deadline of whoever answers for the data. */
export function receivedDataChased(facts: CaseFacts, reference: Reference): readonly Duty[] {
  return [...new Set(facts.holders.map(({ thingId }) => thingId))].flatMap((thingId) => {
    const dueAt = mayEndFrom(askedWith(facts, thingId), facts, reference);
    return dueAt === undefined ? [] : [{ name: 'received-data-chase', key: thingId, dueAt, owedBy: { role: 'DPO' } }];
  });
}

export const chaseCommands: CommandTable<IntakeSlice, ChaseCommands, ChaseEvents> = {
  EndReceivedDataChase: {
    when: {
      by: ['DPO'],
      requires: ['case-exists', 'about-a-person', 'not-from-a-partner', 'by-a-person'],
      limit: 'deletion.confirmation',
      otherwise: 'they are asked on, under the name that they know',
    },
    decide({ thingId, reason }, _slice, { facts, now, reference }) {
      const asked = askedWith(facts, thingId);
      checkAskedInVain(mayEndFrom(asked, facts, reference), now);
      return [{ type: 'ReceivedDataChaseEnded', data: { thingId, reason, recipients: asked.map(({ organisation }) => organisation) } }];
    },
  },
};

export const chaseEvents: EventTable<IntakeSlice, ChaseEvents> = {
  ReceivedDataChaseEnded: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { data }) => askedNoMore(facts, data.thingId),
  },
};
