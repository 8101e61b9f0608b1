/**
 * Emergency access: a person who has no ground to see a case opens it, says why, and is looked at afterwards. It shows what
 * saves a life, for the hours that the country's policy gives, and records nothing else. Source: domain.md 8.3; docs/adr/0016.
 */
import { type Clear, type Context, type Duty, type Personal, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import { BREAK_GLASS_ROLES, isGlassBroken } from '../../shared/break-glass.js';
import type { CaseFacts, Opening } from '../../shared/facts.js';
import { leaders } from '../../shared/recipients.js';
import { type CaseWorld, caseStage, unchanged } from '../../shared/world.js';

export const BREAK_GLASS_REASONS = ['RISK_TO_LIFE', 'MEDICAL_EMERGENCY', 'CHILD_IN_DANGER', 'MISSING_PERSON', 'IMMEDIATE_THREAT'] as const;
export type BreakGlassReason = (typeof BREAK_GLASS_REASONS)[number];
export const OPENING_REVIEWS = ['UPHELD', 'NOT_UPHELD'] as const;

export interface BreakGlass {
  reason: BreakGlassReason;
  /** What happened, in words: whoever reviews reads it. */
  account: Personal<string, 'narrative'>;
}
export interface ReviewBreakGlass {
  openingId: string;
  result: (typeof OPENING_REVIEWS)[number];
}

/**
 * The actor of the envelope may look at this case until then; events of schema 1 do not say it, and gave four hours. Not: that
 * anything was read, nor that it was right.
 */
export type GlassBroken = Clear<BreakGlass> & { openingId: string; openUntil?: string };
/** Another person looked at it. NOT_UPHELD ends what is left of the time. */
export type GlassReviewed = ReviewBreakGlass;

interface Commands {
  BreakGlass: BreakGlass;
  ReviewBreakGlass: ReviewBreakGlass;
}
interface Events {
  GlassBroken: GlassBroken;
  GlassReviewed: GlassReviewed;
}

/** How long glass stayed open before a policy said it. */
const fourHoursAfter = (openedAt: string): string => new Date(Date.parse(openedAt) + 4 * 3_600_000).toISOString();

/** One answer for a case that is not there and for one that can not be opened: who asks learns nothing by asking. */
function checkThere({ facts }: Context<CaseWorld>): void {
  if (facts.notifiedAt !== '' && !facts.statisticsOnly && facts.erasure === 'NONE') return;
  throw new Rejection('unknown', 'not-found', 'there is no such case');
}

/** Whoever was not upheld by another person does not look again by its own word: a colleague may, and is reviewed too. */
function checkUpheld({ facts, organisation, actor }: Context<CaseWorld>): void {
  const last = facts.openings.findLast((one) => one.organisation === organisation && one.actor === actor);
  if (last?.review !== 'NOT_UPHELD') return;
  throw new Rejection('rule-broken', 'second-person-required', 'a second person did not agree to the last time: somebody else looks');
}

function known({ openings }: CaseFacts, openingId: string): Opening {
  const opening = openings.find((one) => one.openingId === openingId);
  if (opening === undefined) throw new Rejection('unknown', 'not-found', 'there is no such opening of this case');
  return opening;
}

/** The data protection officer of a house that leads the case, where there is one; else who coordinates. */
function reviewer(facts: CaseFacts, { organisations }: Reference): 'DPO' | 'NRM_COORD' {
  return leaders(facts).some((id) => organisations.get(id)?.roles.includes('DPO')) ? 'DPO' : 'NRM_COORD';
}

function reviewsOwed(facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (facts.erasure !== 'NONE') return [];
  const { calendar, policy } = reference;
  return facts.openings.filter(({ review }) => review === undefined).map(({ openingId, openedAt }) => ({
    name: 'break-glass-review', key: openingId, dueAt: calendar.due(openedAt, policy.values['override.review']), owedBy: { role: reviewer(facts, reference) },
  }));
}

/** What who works on the case sees of it: the person who opened it is named in the history only. */
function openingsShown({ openings }: CaseFacts) {
  return openings.map(({ openingId, organisation, reason, openedAt, review }) => ({ openingId, organisation, reason, openedAt, review: review ?? ('DUE' as const) }));
}

export const breakGlass = caseStage<null, Commands, Events>({
  name: 'break-glass',
  initial: null,
  commands: {
    BreakGlass: {
      when: { by: BREAK_GLASS_ROLES, uninvited: true, requires: ['by-a-person'], limit: 'break_glass.open', otherwise: 'whoever leads the case is called; danger is for 112' },
      decide({ reason }, _slice, context) {
        checkThere(context);
        if (isGlassBroken(context.facts, context, context.now)) return [];
        checkUpheld(context);
        const { calendar, policy } = context.reference;
        const openUntil = calendar.due(context.now, policy.values['break_glass.open']);
        return [{ type: 'GlassBroken', data: { reason, openingId: context.newId, openUntil }, seals: ['narrative'] }];
      },
    },
    ReviewBreakGlass: {
      when: {
        by: ['DPO', 'NRM_COORD', 'SUP'],
        requires: ['case-exists', 'not-from-a-partner', 'by-a-person'],
        limit: 'override.review',
        otherwise: 'NOT_UPHELD ends what is left of the time',
      },
      decide({ openingId, result }, _slice, { facts, actor }) {
        const opening = known(facts, openingId);
        if (opening.actor === actor) throw new Rejection('rule-broken', 'second-person-required', 'another person reviews');
        return opening.review === undefined ? [{ type: 'GlassReviewed', data: { openingId, result } }] : [];
      },
    },
  },
  events: {
    GlassBroken: {
      schema: 2,
      upcast: (data) => data as GlassBroken,
      sensitivity: 3,
      evolve: unchanged,
      promote(facts, { metadata: { organisation, actor, recordedAt }, data: { openingId, reason, openUntil = fourHoursAfter(recordedAt) } }) {
        return { ...facts, openings: [...facts.openings, { openingId, organisation, actor, reason, openedAt: recordedAt, openUntil }] };
      },
    },
    GlassReviewed: {
      schema: 1,
      sensitivity: 2,
      evolve: unchanged,
      promote: (facts, { data }) => ({ ...facts, openings: facts.openings.map((o) => (o.openingId === data.openingId ? { ...o, review: data.result } : o)) }),
    },
  },
  view: (_slice, facts, { scope }) => (scope === 'FULL' && facts.openings.length > 0 ? { openings: openingsShown(facts) } : {}),
  duties: (_slice, facts, reference) => reviewsOwed(facts, reference),
});
