/**
 * The narrow door beside consent: danger to life, child protection, a court's order, the law. It opens at once and a
 * second person looks afterwards. Source: domain.md 8.2, 12.1 R-3, CoE 197 art. 33.
 */
import { type Clear, type Context, type Duty, type Personal, Rejection } from '#kernel';
import type { DisclosureGround, Reference } from '#mechanism';
import { type CaseFacts, type Override, underMinorRules } from '../../shared/facts.js';
import { reviewDue } from '../../shared/override-review.js';
import { type CaseWorld, type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import { checkNotToOneself } from './oneself.js';
import { endedBefore } from './withdrawal.js';

export const CONTENT_CODES = ['SERVICE_NEED', 'AGE_BAND', 'PRECAUTIONS', 'LOCATION', 'IDENTITY', 'MEDICAL_URGENCY'] as const;
export type ContentCode = (typeof CONTENT_CODES)[number];
export const REVIEW_RESULTS = ['UPHELD', 'NOT_UPHELD'] as const;

export interface DiscloseWithoutConsent {
  ground: DisclosureGround;
  recipient: string;
  /** What was told, by kind: the least that averts the danger. */
  contents: readonly ContentCode[];
  reason: Personal<string, 'narrative'>;
}
export interface ReviewOverride {
  overrideId: string;
  result: (typeof REVIEW_RESULTS)[number];
}
export interface ReportOverdueReview {
  overrideId: string;
}

/** Minimal facts went to a recipient because life or a child was in danger, or the law ordered it. Not: a consent. */
export type DisclosureWithoutConsentMade = Clear<DiscloseWithoutConsent> & { overrideId: string };
/** A second person looked at the disclosure afterwards. NOT_UPHELD shuts the door again; it can not undo what was told. */
export type OverrideReviewed = ReviewOverride;
/** No second person looked at the disclosure in time: nothing new rests on it but an emergency. Not: that it was wrong. */
export type OverrideReviewOverdue = ReportOverdueReview;

export interface OverrideCommands {
  DiscloseWithoutConsent: DiscloseWithoutConsent;
  ReviewOverride: ReviewOverride;
  ReportOverdueReview: ReportOverdueReview;
}
export interface OverrideEvents {
  DisclosureWithoutConsentMade: DisclosureWithoutConsentMade;
  OverrideReviewed: OverrideReviewed;
  OverrideReviewOverdue: OverrideReviewOverdue;
}

function checkGround(ground: DisclosureGround, { facts }: Context<CaseWorld>): void {
  if (ground !== 'CHILD_PROTECTION_DUTY' || underMinorRules(facts)) return;
  throw new Rejection('rule-broken', 'ground-does-not-fit', 'child-protection duty holds where minor rules apply');
}

/** @throws Rejection `not-found` when the case has no such disclosure */
export function disclosureIn({ overrides }: CaseFacts, overrideId: string): Override {
  const override = overrides.find((o) => o.overrideId === overrideId);
  if (override === undefined) throw new Rejection('unknown', 'not-found', 'there is no such disclosure in this case');
  return override;
}

export const overrideCommands: CommandTable<readonly string[], OverrideCommands, OverrideEvents> = {
  DiscloseWithoutConsent: {
    when: {
      by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'SUP', 'NRM_COORD', 'HEALTH'],
      firstContact: true,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'known-recipient', 'by-a-person'],
      limit: 'override.review',
      otherwise: 'acts at once; a second person reviews afterwards (R-3)',
    },
    decide({ reason: _sealed, ...clear }, _slice, context) {
      checkGround(clear.ground, context);
      checkNotToOneself(clear.recipient, context);
      return [{ type: 'DisclosureWithoutConsentMade', data: { ...clear, overrideId: context.newId }, seals: ['narrative'] }];
    },
  },
  ReviewOverride: {
    when: {
      by: ['SUP', 'NRM_COORD', 'DPO'],
      requires: ['case-exists', 'not-from-a-partner', 'by-a-person'],
      limit: 'override.review',
      otherwise: 'NOT_UPHELD shuts the door from then on',
    },
    decide({ overrideId, result }, _slice, { facts, actor }) {
      const override = disclosureIn(facts, overrideId);
      if (override.madeBy === actor) throw new Rejection('rule-broken', 'second-person-required', 'another person reviews');
      return override.review === undefined ? [{ type: 'OverrideReviewed', data: { overrideId, result } }] : [];
    },
  },
  ReportOverdueReview: {
    when: { by: ['CLOCK'], requires: ['case-exists'], limit: 'override.review', otherwise: 'nothing new rests on it but an emergency, until it is reviewed' },
    decide({ overrideId }, ended, { facts, reference, now }) {
      const override = disclosureIn(facts, overrideId);
      if (override.review !== undefined || ended.includes(overrideId)) return [];
      if (reviewDue(override, reference) <= now) return [{ type: 'OverrideReviewOverdue', data: { overrideId } }];
      throw new Rejection('wrong-state', 'not-due', 'the time to review is not over yet');
    },
  },
};

export const overrideEvents: EventTable<readonly string[], OverrideEvents> = {
  DisclosureWithoutConsentMade: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote(facts, { data: { overrideId, ground, recipient, contents }, metadata }) {
      const made = { overrideId, ground, recipient, contents, madeBy: metadata.actor, madeAt: metadata.occurredAt };
      return { ...facts, overrides: [...facts.overrides, endedBefore(made, facts)] };
    },
  },
  OverrideReviewed: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { data }) => ({
      ...facts,
      overrides: facts.overrides.map((o) => (o.overrideId === data.overrideId ? { ...o, review: data.result } : o)),
    }),
  },
  OverrideReviewOverdue: { schema: 1, sensitivity: 2, evolve: (ended, { data }) => [...ended, data.overrideId] },
};

/** Each disclosure owes the look of a second person; the coordination finds one once it is overdue. */
export function reviewsOwed(ended: readonly string[], { overrides }: CaseFacts, reference: Reference): readonly Duty[] {
  return overrides.filter(({ review }) => review === undefined).flatMap((override): readonly Duty[] => {
    const { overrideId } = override;
    const dueAt = reviewDue(override, reference);
    const review = { name: 'override-review', key: overrideId, dueAt, owedBy: { role: 'SUP' } };
    if (!ended.includes(overrideId)) return [{ ...review, command: { type: 'ReportOverdueReview', body: { overrideId } } }];
    return [review, { name: 'override-review-overdue', key: overrideId, dueAt, owedBy: { role: 'NRM_COORD' } }];
  });
}
