/**
 * She is told what was disclosed without asking her, when that is safe. Whoever finds it not safe yet looks again.
 * Source: domain.md 12.1 R-3; GDPR art. 13, 14 and 23.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts, Override } from '../../shared/facts.js';
import { reviewDue } from '../../shared/override-review.js';
import { leaders } from '../../shared/recipients.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import { disclosureIn } from './override.js';

export const TELLING_OUTCOMES = ['TOLD', 'NOT_SAFE_YET'] as const;
export type TellingOutcome = (typeof TELLING_OUTCOMES)[number];

export interface TellOfDisclosure {
  overrideId: string;
  outcome: TellingOutcome;
}

/** She knows that she was spoken of without her consent, to whom and why. Not: that she agreed to it afterwards. */
export interface PersonToldOfDisclosure {
  overrideId: string;
}
/** Telling her now could harm her. Not: that she need not be told. */
export interface TellingFoundUnsafe {
  overrideId: string;
  /** When somebody looks again. */
  askAgainAt: string;
}

export interface TellingCommands {
  TellOfDisclosure: TellOfDisclosure;
}
export interface TellingEvents {
  PersonToldOfDisclosure: PersonToldOfDisclosure;
  TellingFoundUnsafe: TellingFoundUnsafe;
}

export const tellingCommands: CommandTable<readonly string[], TellingCommands, TellingEvents> = {
  TellOfDisclosure: {
    when: {
      by: ['CM', 'CP_AUTH', 'SUP', 'NRM_COORD'],
      requires: ['case-exists', 'not-erased', 'not-from-a-partner', 'by-a-person'],
      limit: 'risk.validity',
      otherwise: 'NOT_SAFE_YET is looked at again as a HIGH danger is (R-3)',
    },
    decide({ overrideId, outcome }, _slice, { facts, reference, occurredAt }) {
      if (disclosureIn(facts, overrideId).told === true) return [];
      if (outcome === 'TOLD') return [{ type: 'PersonToldOfDisclosure', data: { overrideId } }];
      const askAgainAt = reference.calendar.due(occurredAt, reference.policy.values['risk.validity'].HIGH);
      return [{ type: 'TellingFoundUnsafe', data: { overrideId, askAgainAt } }];
    },
  },
};

const changed = (facts: CaseFacts, overrideId: string, change: Partial<Override>): CaseFacts => ({
  ...facts,
  overrides: facts.overrides.map((o) => (o.overrideId === overrideId ? { ...o, ...change } : o)),
});

export const tellingEvents: EventTable<readonly string[], TellingEvents> = {
  PersonToldOfDisclosure: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { data: { overrideId } }) => changed(facts, overrideId, { told: true }),
  },
  TellingFoundUnsafe: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote: (facts, { data: { overrideId, askAgainAt } }) => changed(facts, overrideId, { tellBy: askAgainAt }),
  },
};

/** By the time a second person has looked, whoever leads the case tells her or finds that it is not safe yet; before that, who coordinates. */
export function tellingsOwed(facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (facts.erasure !== 'NONE') return [];
  const [leader] = leaders(facts);
  const owedBy = leader === undefined ? { role: 'NRM_COORD' } : { organisation: leader };
  return facts.overrides
    .filter(({ told }) => told !== true)
    .map((override) => ({ name: 'disclosure-told', key: override.overrideId, dueAt: override.tellBy ?? reviewDue(override, reference), owedBy }));
}
