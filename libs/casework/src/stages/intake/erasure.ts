/**
 * Legal hold and erasure. The order is fixed: `ErasureOrdered`, then the vault forgets, then `IdentityErased`.
 * Source: domain.md 8.5, 12 INV-15, architecture.md 5.
 */
import { type Context, Rejection } from '#kernel';
import { type CaseWorld, type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import type { IntakeSlice } from './case-manager.js';
import { keptUntil } from './retention.js';

export const HOLD_GROUNDS = ['LEGAL_CLAIM', 'CRIMINAL_PROCEEDINGS', 'COURT_ORDER', 'SUPERVISORY_AUTHORITY'] as const;
export type HoldGround = (typeof HOLD_GROUNDS)[number];
export const ERASURE_REASONS = ['PERSON_REQUEST', 'RETENTION_OVER', 'UNLAWFUL_PROCESSING', 'RECORDED_IN_ERROR'] as const;
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export interface PlaceLegalHold {
  ground: HoldGround;
}
export interface LiftLegalHold {
  holdId: string;
}
export interface OrderErasure {
  reason: ErasureReason;
}
export type ConfirmErasure = Record<never, never>;

/** Erasure is suspended for a ground (GDPR art. 17(3)). Not: that more may be done with the data. */
export type LegalHoldPlaced = PlaceLegalHold & { holdId: string };
/** This hold suspends no longer. Not: that no other does. */
export type LegalHoldLifted = LiftLegalHold;
/** Everything that singles the person out must go, and nothing may be added. Not: that it is gone. */
export type ErasureOrdered = OrderErasure;
/** Rows, salts and keys of the person are destroyed in the live stores. Not: that old backups are unreadable already. */
export type IdentityErased = Record<never, never>;

export interface ErasureCommands {
  PlaceLegalHold: PlaceLegalHold;
  LiftLegalHold: LiftLegalHold;
  OrderErasure: OrderErasure;
  ConfirmErasure: ConfirmErasure;
}
export interface ErasureEvents {
  LegalHoldPlaced: LegalHoldPlaced;
  LegalHoldLifted: LegalHoldLifted;
  ErasureOrdered: ErasureOrdered;
  IdentityErased: IdentityErased;
}

/** Who only notified her does not keep her from being forgotten: the officer of a house that holds her data does, at its word. */
function checkWorksOnIt({ role, organisation, facts: { engagements } }: Context<CaseWorld>): void {
  if (role === 'DPO' || engagements.some((e) => e.organisation === organisation && e.scope === 'FULL' && e.until === undefined)) return;
  throw new Rejection('not-allowed', 'role-not-allowed', 'who only notified the case asks the data protection officer for a hold', { roles: ['DPO'] });
}

/** The clock orders an erasure only because the time is over that data is kept. */
function checkClock(reason: ErasureReason, { role, facts, reference, now }: Context<CaseWorld>): void {
  if (role !== 'CLOCK') return;
  const until = keptUntil(facts, reference);
  if (reason === 'RETENTION_OVER' && until !== undefined && until <= now) return;
  throw new Rejection('wrong-state', 'not-due', 'the time that data is kept is not over');
}

export const erasureCommands: CommandTable<IntakeSlice, ErasureCommands, ErasureEvents> = {
  PlaceLegalHold: {
    when: {
      by: ['DPO', 'PROS', 'LEGAL'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
      otherwise: 'comes too late once erasure was ordered; who only notified asks the data protection officer',
    },
    decide({ ground }, _slice, context) {
      checkWorksOnIt(context);
      return [{ type: 'LegalHoldPlaced', data: { ground, holdId: context.newId } }];
    },
  },
  LiftLegalHold: {
    when: { by: ['DPO'], requires: ['case-exists', 'not-from-a-partner', 'by-a-person'], otherwise: 'erasure stays suspended' },
    decide({ holdId }, _slice, { facts }) {
      return facts.legalHolds.some((hold) => hold.holdId === holdId) ? [{ type: 'LegalHoldLifted', data: { holdId } }] : [];
    },
  },
  OrderErasure: {
    when: {
      by: ['DPO', 'CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-from-a-partner', 'by-a-person'],
      limit: 'retention.identity',
      otherwise: 'under legal hold refused with the reason; asked again once the hold is lifted',
    },
    decide({ reason }, _slice, context) {
      const { facts } = context;
      if (facts.erasure !== 'NONE') return [];
      checkClock(reason, context);
      if (!facts.legalHold) return [{ type: 'ErasureOrdered', data: { reason } }];
      throw new Rejection('rule-broken', 'legal-hold', 'a legal hold suspends erasure (GDPR art. 17(3))', {
        grounds: facts.legalHolds.map(({ ground }) => ground),
      });
    },
  },
  ConfirmErasure: {
    when: {
      by: ['CLOCK'],
      requires: ['case-exists', 'about-a-person'],
      otherwise: 'sent only when the vault forgot; a restart finishes what was begun',
    },
    decide(_body, _slice, { facts }) {
      if (facts.erasure === 'NONE') throw new Rejection('wrong-state', 'erasure-not-ordered', 'nobody ordered an erasure');
      return facts.erasure === 'ERASED' ? [] : [{ type: 'IdentityErased', data: {} }];
    },
  },
};

export const erasureEvents: EventTable<IntakeSlice, ErasureEvents> = {
  LegalHoldPlaced: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { data }) => ({ ...facts, legalHold: true, legalHolds: [...facts.legalHolds, { holdId: data.holdId, ground: data.ground }] }),
  },
  LegalHoldLifted: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data }) {
      const legalHolds = facts.legalHolds.filter(({ holdId }) => holdId !== data.holdId);
      return { ...facts, legalHolds, legalHold: legalHolds.length > 0 };
    },
  },
  ErasureOrdered: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { metadata }) => ({ ...facts, erasure: 'ORDERED', erasureOrderedAt: metadata.occurredAt }),
  },
  IdentityErased: {
    schema: 1,
    sensitivity: 1,
    evolve: unchanged,
    promote: (facts) => ({ ...facts, erasure: 'ERASED', identityRecorded: false }),
  },
};
