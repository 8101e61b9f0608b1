/**
 * Somebody asks after a return how she is: at the intervals that the country names, with her consent to be asked by whoever
 * leads her case, until the last of them. Source: domain.md 6.3 T17, 8.2 FOLLOW_UP.
 */
import { CALLER, type Clear, type Context, type Duty, type Personal, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import { checkChannel, type ContactChannel, notReached, reached } from '../../shared/contact.js';
import { type CaseFacts, type Consent, isLive } from '../../shared/facts.js';
import { leaders } from '../../shared/recipients.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { change, type RepatriationSlice, type Return, returnOf } from './slice.js';

export const FOLLOW_UP_RESULTS = ['GOING_WELL', 'NEEDS_HELP', 'NOT_REACHED'] as const;
export type FollowUpResult = (typeof FOLLOW_UP_RESULTS)[number];

export interface FollowUpReturn {
  returnId: string;
  result: FollowUpResult;
  /** How she was looked for; one that she called safe. Without it, that nobody reached her is no attempt that counts (7.6). */
  channel?: ContactChannel;
  /** What she said, or how she was looked for. */
  note?: Personal<string, 'narrative'>;
}

/** Somebody asked, or tried to. NOT_REACHED: nobody heard from her. Not: that anything of what she needs was done. */
export type ReturnFollowedUp = Clear<FollowUpReturn> & {
  /** Which of the intervals of the country it stands for, from 1. */
  interval: number;
  last: boolean;
};

export interface FollowUpCommands {
  FollowUpReturn: FollowUpReturn;
}
export interface FollowUpEvents {
  ReturnFollowedUp: ReturnFollowedUp;
}

/** When each interval ends, from the moment at which the receiving body took over. */
function endsOf({ since }: Return, { calendar, policy }: Reference): readonly string[] {
  return policy.values['return.follow_up'].map((limit) => calendar.due(since, limit));
}

const endedBy = (ends: readonly string[], moment: string): number => ends.filter((end) => end <= moment).length;

/** The interval that a contact stands for: the newest that ended without one, else the one that runs. */
function intervalAt(one: Return, { reference, occurredAt }: Context<CaseWorld>): Pick<ReturnFollowedUp, 'interval' | 'last'> {
  const ends = endsOf(one, reference);
  const ended = endedBy(ends, occurredAt);
  const interval = Math.min(ends.length, ended > (one.followedUp ?? 0) ? ended : ended + 1);
  return { interval, last: interval === ends.length };
}

/** Whoever leads the case, and what lets it ask her; `undefined` where nobody may. */
function asking(facts: CaseFacts): { readonly leader: string; readonly consent: Consent } | undefined {
  const [leader] = leaders(facts);
  const consent = facts.consents.findLast((one) => one.purpose === 'FOLLOW_UP' && one.recipient === leader && one.withdrawnAt === undefined);
  return leader === undefined || consent === undefined ? undefined : { leader, consent };
}

/** Whether she was asked since: she agreed, took it back again, or said no. */
function wasAsked({ consents, refusals = [] }: CaseFacts, leader: string, since: string): boolean {
  const agreed = consents.some(({ purpose, recipient, withdrawnAt }) => purpose === 'FOLLOW_UP' && recipient === leader && (withdrawnAt === undefined || withdrawnAt >= since));
  return agreed || refusals.some(({ purpose, recipient, at }) => purpose === 'FOLLOW_UP' && (recipient === undefined || recipient === leader) && at >= since);
}

/** T17: whoever leads asks her, before the first interval ends, whether she may be asked later. Nothing waits for her answer. */
function questionOwed(one: Return, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const lead = facts.engagements.find(({ role, scope, until }) => role === 'CM' && scope === 'FULL' && until === undefined);
  const [limit] = policy.values['return.follow_up'];
  if (lead === undefined || limit === undefined || wasAsked(facts, lead.organisation, one.since)) return [];
  const since = lead.since > one.since ? lead.since : one.since;
  return [{ name: 'follow-up-consent', key: one.returnId, dueAt: calendar.due(since, limit), owedBy: { organisation: lead.organisation } }];
}

/** What is owed next. Where she did not agree to be asked nothing is; nor for what ended before she agreed. */
export function followUpOwed(one: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const isOver = facts.assistance === 'CLOSED' || facts.assistance === 'CLOSED_REFERRED';
  if (one.state !== 'HANDED_OVER' || isOver) return [];
  const who = asking(facts);
  if (who === undefined) return questionOwed(one, facts, reference);
  const ends = endsOf(one, reference);
  const dueAt = ends[Math.max(one.followedUp ?? 0, endedBy(ends, who.consent.givenAt))];
  return dueAt === undefined || !isLive(who.consent, dueAt) ? [] : [{ name: 'return-follow-up', key: one.returnId, dueAt, owedBy: { organisation: who.leader } }];
}

export const followUpCommands: CommandTable<RepatriationSlice, FollowUpCommands, FollowUpEvents> = {
  FollowUpReturn: {
    when: {
      from: ['HANDED_OVER'], by: ['CM'],
      requires: ['not-erased', 'case-open', 'by-a-person', 'in-order'],
      consent: { purpose: 'FOLLOW_UP', recipient: CALLER },
      limit: 'return.follow_up',
      otherwise: 'who does not want to be asked is not; who was not reached is looked for again',
    },
    decide({ note, ...clear }, slice, context) {
      const one = returnOf(slice, clear);
      if (one === undefined) throw new Rejection('unknown', 'not-found', 'there is no such return in this case');
      if (clear.channel !== undefined) checkChannel(clear.channel, context);
      const data = { ...clear, ...intervalAt(one, context) };
      return [{ type: 'ReturnFollowedUp', data, ...(note === undefined ? {} : { seals: ['narrative'] as const }) }];
    },
  },
};

export const followUpEvents: EventTable<RepatriationSlice, FollowUpEvents> = {
  ReturnFollowedUp: {
    schema: 1,
    sensitivity: 2,
    promote(facts, { data: { result, channel }, metadata: { occurredAt } }) {
      if (result !== 'NOT_REACHED') return reached(facts, occurredAt);
      return channel === undefined ? facts : notReached(facts, occurredAt);
    },
    evolve(slice, { data: { returnId, result, interval, last } }) {
      if (result === 'NOT_REACHED') return slice;
      const before = slice.find((one) => one.returnId === returnId)?.followedUp ?? 0;
      return change(slice, returnId, { followedUp: Math.max(before, interval), ...(last ? { state: 'FOLLOWED_UP' } : {}) });
    },
  },
};
