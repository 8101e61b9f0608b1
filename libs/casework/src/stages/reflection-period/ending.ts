/** A reflection period nears its end, or is over. Help never ends with it (INV-6). Source: domain.md 2.3 B5, 12.1 R-7. */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { deciderRole } from '../../shared/deciders.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { endOf, minimumUntil } from './days.js';
import type { EndCause, ReflectionSlice } from './slice.js';

/** Who decides so: she herself, or an authority that the policy names. */
const CAUSES = {
  COOPERATION_DECIDED: 'BY_PERSON',
  PERSON_REQUEST: 'BY_PERSON',
  TERMINATED_PUBLIC_ORDER: 'BY_AUTHORITY',
  IMPROPER_CLAIM: 'BY_AUTHORITY',
  PERSON_RETURNED: 'RETURNED',
} as const satisfies Readonly<Record<string, EndCause>>;
export type EndReason = keyof typeof CAUSES;
/** EXPIRED is the sixth way to end, and nobody's decision. */
export const END_REASONS = Object.keys(CAUSES) as readonly EndReason[];

const causeOf = (reason: EndReason): EndCause => CAUSES[reason];

export interface EndReflectionPeriod {
  /** Authority that decided so; who records may be another. */
  authority?: string;
  /** Sealed: it tells her part in proceedings, or shames her. */
  reason: Personal<EndReason, 'proceedings'>;
}
export type ExpireReflectionPeriod = Record<never, never>;
export interface WarnOfReflectionPeriodEnd {
  daysLeft: number;
}

/** The end is near, and whoever leads the case is told. Not: that anything must be decided by then. */
export type ReflectionPeriodExpiryWarned = WarnOfReflectionPeriodEnd;
/** The period is over. Not: that any help ends (INV-6), that she must leave, nor that she decided anything. */
export type ReflectionPeriodEnded = Clear<EndReflectionPeriod> & { because: EndCause };

export interface EndingCommands {
  EndReflectionPeriod: EndReflectionPeriod;
  ExpireReflectionPeriod: ExpireReflectionPeriod;
  WarnOfReflectionPeriodEnd: WarnOfReflectionPeriodEnd;
}
export interface EndingEvents {
  ReflectionPeriodExpiryWarned: ReflectionPeriodExpiryWarned;
  ReflectionPeriodEnded: ReflectionPeriodEnded;
}

/** @throws Rejection where the country does not say so, and before the Convention's days are over */
function checkCooperation({ from }: ReflectionSlice, { reference, occurredAt }: Context<CaseWorld>): void {
  if (!reference.policy.values['rrp.ends_on_cooperation']) {
    throw new Rejection('rule-broken', 'cooperation-ends-nothing', 'a decision to cooperate does not end the period in this country');
  }
  const minimum = minimumUntil(from ?? occurredAt, reference);
  if (occurredAt < minimum) throw new Rejection('rule-broken', 'reflection-too-short', 'the days of the Convention are not over', { minimum });
}

/** Who knows by itself that she is gone; everybody else sees that a return of hers departed. */
const KNOW: readonly Role[] = ['CM', 'PERSON'];

/** INV-5: nobody takes her time away by saying that she left. */
function checkReturned({ facts, role }: Context<CaseWorld>): void {
  if (facts.departed || KNOW.includes(role)) return;
  throw new Rejection('rule-broken', 'not-departed', 'no return of the person departed');
}

export const endingCommands: CommandTable<ReflectionSlice, EndingCommands, EndingEvents> = {
  EndReflectionPeriod: {
    when: {
      from: ['RUNNING', 'EXTENDED'], by: ['CM', 'CP_AUTH', 'NRM_COORD', 'ID_AUTH', 'LE', 'PROS', 'LEGAL', 'GUARD', 'PERSON'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
      otherwise: 'it runs on',
    },
    decide({ reason, authority }, slice, context) {
      const because = causeOf(reason);
      if (reason === 'COOPERATION_DECIDED') checkCooperation(slice, context);
      if (because === 'RETURNED') checkReturned(context);
      if (because !== 'BY_AUTHORITY') return [{ type: 'ReflectionPeriodEnded', data: { because }, seals: ['proceedings'] }];
      const decider = authority ?? '';
      deciderRole(decider, context);
      return [{ type: 'ReflectionPeriodEnded', data: { because, authority: decider }, seals: ['proceedings'] }];
    },
  },
  ExpireReflectionPeriod: {
    when: { from: ['RUNNING', 'EXTENDED'], by: ['CLOCK'], requires: ['not-erased'], otherwise: 'help goes on (INV-6)' },
    decide(_body, slice, { facts, reference, now }) {
      const end = endOf(slice, facts, reference);
      if (end !== undefined && end <= now) return [{ type: 'ReflectionPeriodEnded', data: { because: 'EXPIRED' } }];
      throw new Rejection('wrong-state', 'wrong-state', 'the period still runs');
    },
  },
  WarnOfReflectionPeriodEnd: {
    when: { from: ['RUNNING', 'EXTENDED'], by: ['CLOCK'], requires: ['not-erased'], otherwise: 'the end itself is told too' },
    decide: (body, { warned }) => (warned.includes(body.daysLeft) ? [] : [{ type: 'ReflectionPeriodExpiryWarned', data: body }]),
  },
};

export const endingEvents: EventTable<ReflectionSlice, EndingEvents> = {
  ReflectionPeriodExpiryWarned: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data: { daysLeft } }) => ({ ...slice, warned: [...slice.warned, daysLeft] }),
  },
  ReflectionPeriodEnded: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data: { because } }) => ({ ...slice, spent: true, because }),
    promote: (facts) => ({ ...facts, reflection: 'ENDED' }),
  },
};
