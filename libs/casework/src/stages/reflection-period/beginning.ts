/** A reflection period is offered, started, declined, made longer. Source: domain.md 2.3 B1-B4. */
import type { Clear, Personal } from '#kernel';
import type { PolicyValues, Role } from '#mechanism';
import { restsOnProvisional } from '../../shared/provisional.js';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { extendedUntil, periodUntil } from './days.js';
import { checkOpen, startsByItself } from './opening.js';
import type { ReflectionSlice } from './slice.js';

export const OFFER_MEDIA = ['ORAL', 'WRITTEN'] as const;
export type OfferMedium = (typeof OFFER_MEDIA)[number];
export const EXTENSION_REASONS = ['MINOR', 'HEALTH', 'NEEDS_MORE_TIME'] as const;
export type ExtensionReason = (typeof EXTENSION_REASONS)[number];

export interface OfferReflectionPeriod {
  media: readonly OfferMedium[];
}
export type StartReflectionPeriod = Record<never, never>;
export type DeclineReflectionPeriod = Record<never, never>;
export interface ExtendReflectionPeriod {
  reason: Personal<ExtensionReason, 'health'>;
}

/** The person was told of the time to recover and of its length. Not: that she wants it, nor that it runs. */
export type ReflectionPeriodOffered = OfferReflectionPeriod;
/** The person has this time to recover and to decide in freedom. Not: that she must decide anything at its end. */
export interface ReflectionPeriodStarted {
  from: string;
  /** First moment after the last day. */
  until: string;
  trigger: PolicyValues['rrp.start_trigger'];
  /** It goes on until the authority decides, where that comes later. */
  untilDecision: boolean;
  provisional: boolean;
}
/** The person wants no such period now. Not: that any help ends (INV-6), nor that it can not be started later. */
export type ReflectionPeriodDeclined = Record<never, never>;
/** The period ends later, then. Why, is sealed. */
export type ReflectionPeriodExtended = Clear<ExtendReflectionPeriod> & { until: string };

export interface BeginningCommands {
  OfferReflectionPeriod: OfferReflectionPeriod;
  StartReflectionPeriod: StartReflectionPeriod;
  DeclineReflectionPeriod: DeclineReflectionPeriod;
  ExtendReflectionPeriod: ExtendReflectionPeriod;
}
export interface BeginningEvents {
  ReflectionPeriodOffered: ReflectionPeriodOffered;
  ReflectionPeriodStarted: ReflectionPeriodStarted;
  ReflectionPeriodDeclined: ReflectionPeriodDeclined;
  ReflectionPeriodExtended: ReflectionPeriodExtended;
}

/** B1, B2, B4: identifying authorities and the coordination. Which of them decides in a country, the policy says. */
const AUTHORITIES: readonly Role[] = ['ID_AUTH', 'NRM_COORD', 'LE', 'PROS', 'CP_AUTH'];

export const beginningCommands: CommandTable<ReflectionSlice, BeginningCommands, BeginningEvents> = {
  OfferReflectionPeriod: {
    when: {
      from: ['NOT_APPLICABLE', 'OFFERED', 'DECLINED', 'ENDED'], by: [...AUTHORITIES, 'BORDER', 'SP', 'CM'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'interpreter-where-needed', 'rights-informed'],
      otherwise: 'help needs no reflection period (R-1)',
    },
    decide(body, _slice, { facts, reference }) {
      if (facts.reflection === 'OFFERED') return [];
      checkOpen(facts, reference, 'PRESUMPTION');
      return [{ type: 'ReflectionPeriodOffered', data: body }];
    },
  },
  StartReflectionPeriod: {
    when: {
      from: ['NOT_APPLICABLE', 'OFFERED', 'DECLINED'], by: [...AUTHORITIES, 'CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      otherwise: 'help needs no reflection period (R-1)',
    },
    decide(_body, { spent }, { facts, reference, occurredAt }) {
      const values = reference.policy.values;
      const trigger = values['rrp.start_trigger'];
      const opened = checkOpen(facts, reference, trigger);
      const from = (startsByItself(reference) && !spent) || occurredAt < opened ? opened : occurredAt;
      const untilDecision = values['rrp.end_rule'] === 'LATER_OF_DECISION';
      const provisional = restsOnProvisional(reference, 'rrp.days', 'rrp.start_trigger', 'rrp.count_mode', 'rrp.end_rule', 'rrp.applies_to');
      return [{ type: 'ReflectionPeriodStarted', data: { from, until: periodUntil(from, reference), trigger, untilDecision, provisional } }];
    },
  },
  DeclineReflectionPeriod: {
    when: {
      from: ['OFFERED', 'DECLINED'], by: ['CM', 'SP', 'LEGAL', 'CP_AUTH', 'NRM_COORD', 'ID_AUTH', 'GUARD', 'PERSON'],
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'never refused: help stays (INV-6), and it can still be started while she is presumed',
    },
    decide: (_body, _slice, { facts }) => (facts.reflection === 'DECLINED' ? [] : [{ type: 'ReflectionPeriodDeclined', data: {} }]),
  },
  ExtendReflectionPeriod: {
    when: {
      from: ['RUNNING', 'EXTENDED'], by: AUTHORITIES,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
      otherwise: 'it ends as it stands; help goes on (INV-6)',
    },
    decide(_sealed, { until }, { reference, now }) {
      return [{ type: 'ReflectionPeriodExtended', data: { until: extendedUntil(until ?? now, reference) }, seals: ['health'] }];
    },
  },
};

export const beginningEvents: EventTable<ReflectionSlice, BeginningEvents> = {
  ReflectionPeriodOffered: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice) => slice,
    promote: (facts) => ({ ...facts, reflection: 'OFFERED' }),
  },
  ReflectionPeriodStarted: {
    schema: 1,
    sensitivity: 3,
    evolve: ({ spent }, { data: { from, until, untilDecision } }) => ({ from, until, untilDecision, spent, warned: [] }),
    promote: (facts) => ({ ...facts, reflection: 'RUNNING' }),
  },
  ReflectionPeriodDeclined: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice) => ({ ...slice, spent: true }),
    promote: (facts) => ({ ...facts, reflection: 'DECLINED' }),
  },
  ReflectionPeriodExtended: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data: { until } }) => ({ ...slice, until, warned: [] }),
    promote: (facts) => ({ ...facts, reflection: 'EXTENDED' }),
  },
};
