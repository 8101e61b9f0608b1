/**
 * When an assessment no longer says how things are: it runs out, or something happens that calls for a new look. What others
 * record shows some of it; the rest is told. Source: domain.md 4.3.
 */
import { type Duty, Rejection } from '#kernel';
import { type CaseFacts, type RiskFact, underMinorRules } from '../../shared/facts.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import type { CommandTable, EventTable } from '../../shared/world.js';
import type { RiskSlice } from './slice.js';

/** Told by whoever learns of it. */
export const TOLD_CAUSES = [
  'NEW_THREAT', 'EXPLOITER_ARRESTED', 'EXPLOITER_RELEASED', 'COURT_DATE_SET', 'ADDRESS_CHANGED', 'LEFT_SHELTER', 'MISSING_EPISODE',
  'DATA_BREACH', 'DECLINED_BY_ALL_PROVIDERS', 'RETURN_DATE_SET',
] as const;
/** Seen in what is recorded on the case. */
export const SEEN_CAUSES = ['CONSENT_WITHDRAWN', 'ARRIVED', 'MAJORITY_REACHED', 'IDENTIFICATION_REFUSED'] as const;
export const REASSESSMENT_CAUSES = [...TOLD_CAUSES, ...SEEN_CAUSES] as const;
export type ReassessmentCause = (typeof REASSESSMENT_CAUSES)[number];

export interface TriggerReassessment {
  cause: ReassessmentCause;
}
export interface ExpireRiskAssessment {
  assessmentId: string;
}

/**
 * Something happened after which the risk may be another; until `dueAt` somebody looks again, and no assessment made before
 * holds for longer. Not: that the risk is higher, nor what happened.
 */
export type ReassessmentTriggered = TriggerReassessment & { dueAt: string };
/** The assessment ran out and nobody had looked again. Not: that any help ends. */
export type RiskAssessmentExpired = ExpireRiskAssessment;

export interface ReassessmentCommands {
  TriggerReassessment: TriggerReassessment;
  ExpireRiskAssessment: ExpireRiskAssessment;
}
export interface ReassessmentEvents {
  ReassessmentTriggered: ReassessmentTriggered;
  RiskAssessmentExpired: RiskAssessmentExpired;
}

/** The assessment that counts, whatever its form. */
export function countingRisk(facts: CaseFacts): RiskFact | undefined {
  return newestRisk(facts, ['FULL', 'FIRST', 'DESK']);
}

function withdrawnSince({ consents, withdrawals }: CaseFacts, moment: string): boolean {
  return consents.some(({ withdrawnAt }) => withdrawnAt !== undefined && withdrawnAt > moment) || withdrawals.some(({ statedAt }) => statedAt > moment);
}

/** What the case shows that was not so when it was assessed. */
function seenSince(risk: RiskFact, facts: CaseFacts): readonly ReassessmentCause[] {
  const { under, assessedAt } = risk;
  const seen: Readonly<Record<(typeof SEEN_CAUSES)[number], boolean>> = {
    CONSENT_WITHDRAWN: withdrawnSince(facts, assessedAt),
    ARRIVED: under !== undefined && facts.arrived && !under.arrived,
    MAJORITY_REACHED: under !== undefined && under.minor && !underMinorRules(facts),
    IDENTIFICATION_REFUSED: facts.identification === 'NOT_IDENTIFIED' && under !== undefined && under.identification !== 'NOT_IDENTIFIED',
  };
  return SEEN_CAUSES.filter((cause) => seen[cause]);
}

/** Whoever leads the case looks again before the assessment runs out; the clock says, once, what the case shows and that it ran out. */
export function reassessmentDuties(slice: RiskSlice, facts: CaseFacts): readonly Duty[] {
  const risk = countingRisk(facts);
  if (risk === undefined) return [];
  const { assessmentId, assessedAt, validUntil } = risk;
  const again = { name: 'risk-reassessment', key: assessmentId, dueAt: validUntil, owedBy: { role: 'CM' } };
  const owedBy = { role: 'CLOCK' };
  const said = new Set(slice.pending.map(({ cause }) => cause));
  const triggers = seenSince(risk, facts).filter((cause) => !said.has(cause)).map((cause): Duty => ({
    name: 'risk-trigger', key: `${assessmentId}/${cause}`, dueAt: assessedAt, owedBy, command: { type: 'TriggerReassessment', body: { cause } },
  }));
  if (slice.expired.includes(assessmentId)) return [again, ...triggers];
  const expiry = { name: 'risk-expiry', key: assessmentId, dueAt: validUntil, owedBy, command: { type: 'ExpireRiskAssessment', body: { assessmentId } } };
  return [again, ...triggers, expiry];
}

export const reassessmentCommands: CommandTable<RiskSlice, ReassessmentCommands, ReassessmentEvents> = {
  TriggerReassessment: {
    when: {
      by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'NRM_COORD', 'RET_ORG', 'HEALTH', 'LE', 'LEGAL', 'DPO', 'SUP', 'CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      limit: 'risk.reassessment',
      otherwise: 'help goes on; what is booked or newly asked for waits for the new look',
    },
    decide({ cause }, slice, { facts, reference, occurredAt }) {
      if (slice.pending.some((one) => one.cause === cause) || countingRisk(facts) === undefined) return [];
      return [{ type: 'ReassessmentTriggered', data: { cause, dueAt: reference.calendar.due(occurredAt, reference.policy.values['risk.reassessment']) } }];
    },
  },
  ExpireRiskAssessment: {
    when: {
      by: ['CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      otherwise: 'never refused: what ran out ran out, and help goes on',
    },
    decide({ assessmentId }, slice, { facts, now }) {
      const risk = countingRisk(facts);
      if (risk?.assessmentId !== assessmentId || slice.expired.includes(assessmentId)) return [];
      if (isValid(risk, now)) throw new Rejection('wrong-state', 'not-due', 'the assessment still holds');
      return [{ type: 'RiskAssessmentExpired', data: { assessmentId } }];
    },
  },
};

/** No assessment made before holds for longer than until somebody had to look again. */
function shortened(risk: RiskFact, at: string, dueAt: string): RiskFact {
  return risk.assessedAt <= at && dueAt < risk.validUntil ? { ...risk, validUntil: dueAt } : risk;
}

export const reassessmentEvents: EventTable<RiskSlice, ReassessmentEvents> = {
  ReassessmentTriggered: {
    schema: 1,
    sensitivity: 2,
    // Told late of a time before the newest look, it asks for nothing, and stands in the way of nothing that is told anew.
    evolve(slice, { data: { cause, dueAt }, metadata: { occurredAt: at } }) {
      return slice.lookedAt !== undefined && at < slice.lookedAt ? slice : { ...slice, pending: [...slice.pending, { cause, dueAt, at }] };
    },
    promote: (facts, { data: { dueAt }, metadata }) => ({ ...facts, risks: facts.risks.map((risk) => shortened(risk, metadata.occurredAt, dueAt)) }),
  },
  RiskAssessmentExpired: {
    schema: 1,
    sensitivity: 1,
    evolve: (slice, { data: { assessmentId } }) => ({ ...slice, expired: [...slice.expired, assessmentId] }),
  },
};
