/**
 * What the person needs, and the plan for support and safety that is agreed with them. Services start one by one without either.
 * Which needs are special is sealed, as is what the plan says. Source: domain.md 2.4 C2-C4; Directive 2011/36/EU art. 11(7).
 */
import type { Clear, Duty, Personal } from '#kernel';
import type { Reference, ServiceCode } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { moveOnFrom } from '../../shared/move-on.js';
import { leaders } from '../../shared/recipients.js';
import { caseStage } from '../../shared/world.js';
import { type ContactCommands, type ContactEvents, contactCommands, contactEvents } from './contact.js';
import type { ManagementSlice } from './slice.js';

export const SPECIAL_NEEDS = ['PREGNANCY', 'HEALTH_CONDITION', 'DISABILITY', 'MENTAL_DISORDER', 'SERIOUS_VIOLENCE'] as const;
export type SpecialNeed = (typeof SPECIAL_NEEDS)[number];
export const SUPPORT_PLAN_AGREEMENTS = ['SIGNED', 'ORAL_WITNESSED', 'BY_GUARDIAN'] as const;
export type SupportPlanAgreement = (typeof SUPPORT_PLAN_AGREEMENTS)[number];

export interface AssessNeeds {
  needs: readonly ServiceCode[];
  /** Not everything could be asked yet. */
  partial: boolean;
  specialNeeds?: Personal<readonly SpecialNeed[], 'health'>;
}
export interface AgreeSupportPlan {
  /** Absent: the person did not sign, and the plan stays a draft. */
  agreement?: SupportPlanAgreement;
  /** Immediate needs, steps, whom to turn to, how to stay safe, until when. */
  plan: Personal<string, 'narrative'>;
}
export interface AskForOtherManager {
  /** What the person wishes, in their words. */
  wish?: Personal<string, 'narrative'>;
}

/** Somebody asked what the person needs. A later assessment replaces it. Not: that a service was asked for. */
export type NeedsAssessed = Clear<AssessNeeds>;
/** A plan stands that the person did not agree to. Not: that any help waits for it. */
export interface SupportAndSafetyPlanDrafted {
  planId: string;
  version: number;
}
/** The person agreed to this version of the plan. Not: that anything of it was done. */
export type SupportAndSafetyPlanAgreed = SupportAndSafetyPlanDrafted & { agreement: SupportPlanAgreement };
/** The person wants another to lead the case. Not: a complaint; who leads goes on until another does. */
export type OtherManagerAsked = Clear<AskForOtherManager>;

interface Commands extends ContactCommands {
  AssessNeeds: AssessNeeds;
  AgreeSupportPlan: AgreeSupportPlan;
  AskForOtherManager: AskForOtherManager;
}
interface Events extends ContactEvents {
  NeedsAssessed: NeedsAssessed;
  SupportAndSafetyPlanDrafted: SupportAndSafetyPlanDrafted;
  SupportAndSafetyPlanAgreed: SupportAndSafetyPlanAgreed;
  OtherManagerAsked: OtherManagerAsked;
}
const BY = ['CM', 'CP_AUTH'] as const;
const REQUIRES = ['case-exists', 'about-a-person', 'not-erased', 'case-open'] as const;

/** A8: an authority refused, and a plan says how she goes on before what runs may end for it. A draft that she does not sign will do. */
function moveOnDuty(madeAt: string | undefined, { identification, decidedAt }: CaseFacts, owedBy: Duty['owedBy'], reference: Reference): readonly Duty[] {
  if (identification !== 'NOT_IDENTIFIED' || decidedAt === undefined || (madeAt !== undefined && madeAt >= decidedAt)) return [];
  return [{ name: 'move-on-plan', key: 'case', dueAt: moveOnFrom(decidedAt, reference), owedBy }];
}

/** C3, C4, counted from when somebody took the lead; who found the person owes none of it. */
function duties({ needs, plan, otherAskedAt }: ManagementSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const { calendar, policy } = reference;
  const isOpen = facts.assistance === 'OPEN_INTAKE' || facts.assistance === 'ACTIVE';
  const leader = facts.engagements.find((e) => e.role === 'CM' && e.scope === 'FULL' && e.until === undefined);
  if (!isOpen || facts.erasure !== 'NONE' || leader === undefined) return [];
  const dueAt = (limit: 'needs.limit' | 'plan.limit'): string => calendar.due(leader.since, policy.values[limit]);
  const owedBy = { organisation: leader.organisation };
  const other = otherAskedAt !== undefined && otherAskedAt >= leader.since;
  return [
    ...(needs === undefined ? [{ name: 'needs-assessment', key: 'case', dueAt: dueAt('needs.limit'), owedBy }] : []),
    ...(plan?.status === 'AGREED' ? [] : [{ name: 'support-plan', key: 'case', dueAt: dueAt('plan.limit'), owedBy }]),
    ...moveOnDuty(plan?.madeAt, facts, owedBy, reference),
    ...(other ? [{ name: 'other-case-manager', key: 'case', dueAt: calendar.due(otherAskedAt, policy.values['case_manager.limit']), owedBy: { role: 'NRM_COORD' } }] : []),
  ];
}

/** To who leads: the ways that she called safe, and the attempts in vain since she was last reached. Who coordinates looks for nobody (8.3). */
function shownContact(facts: CaseFacts, organisation: string) {
  if (facts.contact === undefined || !leaders(facts).includes(organisation)) return {};
  const { channels, sought, heardAt } = facts.contact;
  return { contact: { channels, soughtInVain: sought.filter((at) => at > heardAt) } };
}

export const caseManagement = caseStage<ManagementSlice, Commands, Events>({
  name: 'case-management',
  initial: {},
  commands: {
    ...contactCommands,
    AssessNeeds: {
      when: { by: BY, requires: REQUIRES, limit: 'needs.limit', otherwise: 'what the person does not want to speak of is asked later' },
      decide: ({ needs, partial, specialNeeds }) => [
        { type: 'NeedsAssessed', data: { needs, partial }, ...(specialNeeds === undefined ? {} : { seals: ['health'] as const }) },
      ],
    },
    AgreeSupportPlan: {
      when: { by: BY, requires: [...REQUIRES, 'by-a-person'], limit: 'plan.limit', otherwise: 'the plan stays a draft, and services go on one by one' },
      decide({ agreement }, { plan }, { newId }) {
        const data = { planId: newId, version: (plan?.version ?? 0) + 1 };
        return agreement === undefined
          ? [{ type: 'SupportAndSafetyPlanDrafted', data, seals: ['narrative'] }]
          : [{ type: 'SupportAndSafetyPlanAgreed', data: { ...data, agreement }, seals: ['narrative'] }];
      },
    },
    AskForOtherManager: {
      when: { by: [...BY, 'SP', 'LEGAL', 'SUP', 'PERSON', 'GUARD', 'NRM_COORD'], firstContact: true, requires: ['case-exists', 'about-a-person', 'not-erased'], limit: 'case_manager.limit', otherwise: 'never refused; who leads goes on until another does' },
      decide: ({ wish }) => [{ type: 'OtherManagerAsked', data: {}, ...(wish === undefined ? {} : { seals: ['narrative'] as const }) }],
    },
  },
  events: {
    ...contactEvents,
    NeedsAssessed: { schema: 1, sensitivity: 2, evolve: (slice, { data: { needs, partial } }) => ({ ...slice, needs, partial }) },
    SupportAndSafetyPlanDrafted: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { planId, version }, metadata }) => ({ ...slice, plan: { planId, version, status: 'DRAFT', madeAt: metadata.occurredAt } }),
    },
    SupportAndSafetyPlanAgreed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { planId, version }, metadata }) => ({ ...slice, plan: { planId, version, status: 'AGREED', madeAt: metadata.occurredAt } }),
    },
    OtherManagerAsked: { schema: 1, sensitivity: 2, evolve: (slice, { metadata }) => ({ ...slice, otherAskedAt: metadata.occurredAt }) },
  },
  view: (slice, facts, { organisation, scope }) => (scope === 'FULL' ? { ...slice, ...shownContact(facts, organisation) } : {}),
  duties,
});
