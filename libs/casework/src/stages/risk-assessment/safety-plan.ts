/**
 * The individual safety plan that the person agrees to, made for an assessment and again for the next one that speaks of
 * danger. Source: domain.md 4.1, 4.3.
 */
import { type Clear, type Duty, type Personal, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { countingRisk } from './reassessment.js';
import type { RiskSlice } from './slice.js';

export const PLAN_AGREEMENTS = ['SIGNED', 'ORAL_WITNESSED', 'BY_GUARDIAN'] as const;

export interface AgreeSafetyPlan {
  agreement: (typeof PLAN_AGREEMENTS)[number];
  /** Steps, who does what, whom to call. */
  plan: Personal<string, 'narrative'>;
}

/** The person agreed to a plan for the danger that this assessment speaks of. Not: what it says, nor that the danger is over. */
export type SafetyPlanAgreed = Clear<AgreeSafetyPlan> & { planId: string; assessmentId: string };

export interface SafetyPlanCommands {
  AgreeSafetyPlan: AgreeSafetyPlan;
}
export interface SafetyPlanEvents {
  SafetyPlanAgreed: SafetyPlanAgreed;
}

/** MEDIUM and above need a plan of their own, in the time in which the policy wants that level acted on. */
export function safetyPlanDuty({ plan }: RiskSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const risk = countingRisk(facts);
  if (risk === undefined || risk.overall === 'LOW' || plan?.assessmentId === risk.assessmentId) return [];
  const dueAt = calendar.due(risk.assessedAt, policy.values['risk.action'][risk.overall]);
  return [{ name: 'safety-plan', key: risk.assessmentId, dueAt, owedBy: { role: 'CM' } }];
}

export const safetyPlanCommands: CommandTable<RiskSlice, SafetyPlanCommands, SafetyPlanEvents> = {
  AgreeSafetyPlan: {
    when: {
      by: ['CM', 'CP_AUTH'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person'],
      limit: 'risk.action',
      otherwise: 'a plan that the person does not agree to is none; the risk is looked at and help goes on',
    },
    decide({ plan: _sealed, ...clear }, _slice, { facts, newId }) {
      const risk = countingRisk(facts);
      if (risk === undefined) throw new Rejection('rule-broken', 'risk-missing', 'a safety plan answers an assessment');
      return [{ type: 'SafetyPlanAgreed', data: { ...clear, planId: newId, assessmentId: risk.assessmentId }, seals: ['narrative'] }];
    },
  },
};

export const safetyPlanEvents: EventTable<RiskSlice, SafetyPlanEvents> = {
  SafetyPlanAgreed: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data: { planId, assessmentId }, metadata }) => ({ ...slice, plan: { planId, assessmentId, agreedAt: metadata.occurredAt } }),
  },
};
