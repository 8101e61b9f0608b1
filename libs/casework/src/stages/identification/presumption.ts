/**
 * A person decides, on reasonable grounds, whether another is presumed to be a victim; no score ever does.
 * Source: domain.md 2.2 A5, A11, 3.1, 12 INV-6 to INV-8, 12.1.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import { presumable, type Role, roleOf, type ScreeningOutcome } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { restsOnProvisional } from '../../shared/provisional.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { SCREENERS } from './screening.js';
import type { IdentificationSlice, Screening } from './slice.js';

export const SCREEN_OUT_REASONS = ['NO_INDICATION', 'OTHER_VULNERABILITY', 'OTHER_CRIME'] as const;
export type ScreenOutReason = (typeof SCREEN_OUT_REASONS)[number];

export interface Presume {
  /** Why the decider holds it. Needed where nothing else carries it: no screening, not her own word, no foreign authority. */
  grounds?: Personal<string, 'narrative'>;
}
export interface ScreenOut {
  reason: ScreenOutReason;
  /** The person was led to other protection (A11). */
  ledToOtherProtection: boolean;
}

/** A person decided that there are reasonable grounds; assistance is owed. Not: proof, nor a confirmation by anyone else. */
export type VictimPresumed = Clear<Presume> & {
  standard: 'REASONABLE_GROUNDS';
  deciderRole: Role;
  /** Newest screening that the decider had; absent where there was none. */
  screeningId?: string;
  outcome?: ScreeningOutcome;
  provisional: boolean;
};
/** A first reader saw no indication; a second one must look. Not: that anything changed for the person. */
export type ScreenOutProposed = ScreenOut;
/** No indication at present. Not: that the person is no victim, nor the end of any help (INV-6). */
export type ScreenedOut = ScreenOut;

export interface PresumptionCommands {
  Presume: Presume;
  ScreenOut: ScreenOut;
}
export interface PresumptionEvents {
  VictimPresumed: VictimPresumed;
  ScreenOutProposed: ScreenOutProposed;
  ScreenedOut: ScreenedOut;
}

/** A screening, her own word, or that of another country's authority permits a presumption (3.1). */
function carriesPresumption(screening: Screening | undefined, { established }: CaseFacts): boolean {
  return presumable(screening?.outcome ?? 'NONE', established);
}

/**
 * INV-8: the role in which the organisation presumes: the one in which it works on the case, or another that the directory says it
 * holds, as a provider does whose commission decides. @throws Rejection when the policy of the case names none of them
 */
function presumingRole({ role, organisation, reference }: Context<CaseWorld>): Role {
  const deciders = reference.policy.values['id.presumption_deciders'];
  const entry = reference.organisations.get(organisation);
  const held = entry?.status === 'ACTIVE' ? entry.roles : [];
  const named = [role, ...held].find((one) => deciders.map(roleOf).includes(one));
  if (named !== undefined) return named;
  throw new Rejection('not-allowed', 'decider-not-authorised', 'the country policy names other deciders', { roles: deciders });
}

/** Two people look before a child, or a person for whom anything ever spoke, is screened out. */
function needsSecondReader({ screenings }: IdentificationSlice, { facts }: Context<CaseWorld>): boolean {
  return underMinorRules(facts) || screenings.some((screening) => carriesPresumption(screening, facts));
}

export const presumptionCommands: CommandTable<IdentificationSlice, PresumptionCommands, PresumptionEvents> = {
  Presume: {
    when: {
      from: ['POTENTIAL', 'RECONSIDERATION'],
      by: [...SCREENERS, 'PROS'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person', 'since-notified'],
      otherwise: 'who contests the label stays POTENTIAL and is helped all the same',
    },
    decide({ grounds }, slice, context) {
      const deciderRole = presumingRole(context);
      const newest = slice.screenings.at(-1);
      if (!carriesPresumption(newest, context.facts) && grounds === undefined) {
        throw new Rejection('rule-broken', 'grounds-missing', 'where nothing else carries it, the decider gives grounds');
      }
      const provisional = newest?.provisional === true || restsOnProvisional(context.reference, 'id.rule', 'id.presumption_deciders');
      const screening = newest === undefined ? {} : { screeningId: newest.screeningId, outcome: newest.outcome };
      const data = { standard: 'REASONABLE_GROUNDS', deciderRole, provisional, ...screening } as const;
      return [{ type: 'VictimPresumed', data, ...(grounds === undefined ? {} : { seals: ['narrative'] as const }) }];
    },
  },
  ScreenOut: {
    when: {
      from: ['POTENTIAL', 'RECONSIDERATION'],
      by: SCREENERS,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person', 'since-notified'],
      otherwise: 'led to other protection; nothing that runs ends by it',
    },
    decide(body, slice, context) {
      if (context.facts.identification === 'RECONSIDERATION' && slice.reconsiders !== 'NOT_PRESUMED') {
        throw new Rejection('wrong-state', 'wrong-state', 'a refused identification is reconsidered by a formal decision');
      }
      if (slice.screenings.length === 0) throw new Rejection('rule-broken', 'screening-missing', 'nobody is screened out unscreened');
      if (!needsSecondReader(slice, context)) return [{ type: 'ScreenedOut', data: body }];
      if (slice.screenOutProposedBy === undefined) return [{ type: 'ScreenOutProposed', data: body }];
      if (slice.screenOutProposedBy !== context.actor) return [{ type: 'ScreenedOut', data: body }];
      throw new Rejection('rule-broken', 'second-person-required', 'another person reads it a second time');
    },
  },
};

function settled(slice: IdentificationSlice): IdentificationSlice {
  const { screenOutProposedBy: _done, screenOutProposedAt: _when, ...rest } = slice;
  return rest;
}

export const presumptionEvents: EventTable<IdentificationSlice, PresumptionEvents> = {
  VictimPresumed: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { metadata }) => ({ ...settled(slice), presumedAt: metadata.occurredAt }),
    promote: ({ decidedAt: _before, ...facts }, { metadata }) => ({ ...facts, identification: 'PRESUMED', presumedAt: metadata.occurredAt }),
  },
  ScreenOutProposed: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { metadata }) => ({ ...slice, screenOutProposedBy: metadata.actor, screenOutProposedAt: metadata.occurredAt }),
  },
  ScreenedOut: {
    schema: 1,
    sensitivity: 3,
    evolve: settled,
    promote: (facts, { metadata }) => ({ ...facts, identification: 'NOT_PRESUMED', kept: { ...facts.kept, screenedOutAt: metadata.recordedAt } }),
  },
};
