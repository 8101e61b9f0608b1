/**
 * Whether the return may happen: both halves of the risk assessment, a plan for the reception, a second mind where the risk
 * is HIGH; and every way out of it. Source: domain.md 6.3 T10, INV-4, 12.1 R-16; ODIHR principles 1 and 3.
 */
import { type Context, type Personal, Rejection } from '#kernel';
import type { Organisation, RiskLevel } from '#mechanism';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { BOTH, activeEntry, checkAgreed, checkNotCritical, checkReturnRisk, highHalves, returnRisk } from './gate.js';
import { BEFORE_BOARDING, type RepatriationSlice, type Return, change, endReturn, reaches, returnOf, theReturn } from './slice.js';

export const NOT_SAFE_REASONS = ['SENDING_ASSESSMENT', 'RECEIVING_ASSESSMENT', 'NO_RECEPTION', 'NO_STATE_PROTECTION'] as const;
export type NotSafeReason = (typeof NOT_SAFE_REASONS)[number];
export const RETURN_CANCELLATION_REASONS = ['PERSON_DECLINED', 'CONSENT_WITHDRAWN', 'PRE_DEPARTURE_CHECK', 'NO_RECEPTION', 'ERROR'] as const;
export type ReturnCancellationReason = (typeof RETURN_CANCELLATION_REASONS)[number];

export interface OverrideReturnRisk {
  returnId: string;
  reason: Personal<string, 'assessment'>;
}
export interface ApproveReturn {
  returnId: string;
  /** Who meets the person, where she sleeps the first night, who she can call. */
  receptionPlan: Personal<string, 'contact'>;
}
export interface FindReturnNotSafe {
  returnId: string;
  reason: NotSafeReason;
}
export interface CancelReturn {
  returnId: string;
  reason: ReturnCancellationReason;
}

/** The operator holds that a HIGH risk can be carried, for reasons it states. Alone it approves nothing: another approves. */
export interface ReturnRiskOverridden {
  returnId: string;
  level: RiskLevel;
  /** The halves that were HIGH. An override from before they were named carries no approval. */
  sendingAssessmentId?: string;
  receivingAssessmentId?: string;
}
/** The coordinator approved: both halves looked at, a reception planned, services accepted. Not: that it happened. */
export interface ReturnApproved {
  returnId: string;
  /** The approval rests on an override of a HIGH risk. */
  overridden: boolean;
}
/** The return is not safe. The person is protected where she is. */
export type ReturnFoundNotSafe = FindReturnNotSafe;
/** The return will not happen. Assistance goes on. */
export type ReturnCancelled = CancelReturn;

export interface ApprovalCommands {
  OverrideReturnRisk: OverrideReturnRisk;
  ApproveReturn: ApproveReturn;
  FindReturnNotSafe: FindReturnNotSafe;
  CancelReturn: CancelReturn;
}
export interface ApprovalEvents {
  ReturnRiskOverridden: ReturnRiskOverridden;
  ReturnApproved: ReturnApproved;
  ReturnFoundNotSafe: ReturnFoundNotSafe;
  ReturnCancelled: ReturnCancelled;
}

/** T10: referrals that a provider took on where she arrives; the receiving body's part in this return is none of them. */
function acceptedServices({ returnId, receiver }: Return, context: Context<CaseWorld>): number {
  const there = activeEntry(receiver, context);
  const isThere = (organisation: string): boolean => {
    const entry = context.reference.organisations.get(organisation);
    return entry !== undefined && entry.country === there.country && shareRegion(entry, there);
  };
  const taken = context.facts.engagements.filter((e) => e.role === 'SP' && e.scope === 'FULL' && e.until === undefined && e.through !== returnId);
  return taken.filter(({ organisation }) => isThere(organisation)).length;
}

/** Who names no region works in the whole country. */
function shareRegion({ regions }: Organisation, { regions: others }: Organisation): boolean {
  return regions.length === 0 || others.length === 0 || regions.some((region) => others.includes(region));
}

export const approvalCommands: CommandTable<RepatriationSlice, ApprovalCommands, ApprovalEvents> = {
  OverrideReturnRisk: {
    when: {
      from: ['RECEIVING_ASSESSED'], by: ['RET_ORG'],
      requires: ['party-of-the-return', 'not-erased', 'case-open', 'by-a-person'],
      otherwise: 'HIGH stays blocked; CRITICAL always is (R-16)',
    },
    decide({ returnId }, _slice, context) {
      const level = returnRisk(context);
      checkNotCritical(level);
      return level === 'HIGH' ? [{ type: 'ReturnRiskOverridden', data: { returnId, level, ...highHalves(context) }, seals: ['assessment'] }] : [];
    },
  },
  ApproveReturn: {
    when: {
      from: ['RECEIVING_ASSESSED'], by: ['NRM_COORD'],
      requires: ['not-erased', 'case-open', 'own-wish-while-reflecting', 'by-a-person', 'in-order'],
      consent: { purpose: 'RETURN', recipient: 'receiver' },
      limit: 'return.approval',
      otherwise: 'not safe, or waits; assistance goes on',
    },
    decide({ returnId }, slice, context) {
      const one = theReturn(slice, { returnId });
      checkAgreed(one, BOTH, context);
      checkReturnRisk(context, one);
      const needed = context.reference.policy.values['return.accepted_services'];
      if (acceptedServices(one, context) < needed) {
        throw new Rejection('rule-broken', 'reception-not-ready', 'too few services are accepted for the first days', { needed });
      }
      return [{ type: 'ReturnApproved', data: { returnId, overridden: returnRisk(context) === 'HIGH' }, seals: ['contact'] }];
    },
  },
  FindReturnNotSafe: {
    when: {
      from: BEFORE_BOARDING, by: ['CM', 'NRM_COORD', 'RET_ORG', 'SUP'],
      requires: ['party-of-the-return', 'not-from-a-partner', 'by-a-person'],
      otherwise: 'protection measures where the person is',
    },
    decide: (body) => [{ type: 'ReturnFoundNotSafe', data: body }],
  },
  CancelReturn: {
    when: {
      from: [...BEFORE_BOARDING, 'CANCELLED'], by: ['PERSON', 'CM', 'NRM_COORD', 'RET_ORG', 'CLOCK'],
      requires: ['case-exists', 'party-of-the-return'],
      otherwise: 'never refused before boarding; a partner of another part of the case records what she takes back',
    },
    decide: (body, slice) => (returnOf(slice, body)?.state === 'CANCELLED' ? [] : [{ type: 'ReturnCancelled', data: body }]),
  },
};

export const approvalEvents: EventTable<RepatriationSlice, ApprovalEvents> = {
  ReturnRiskOverridden: {
    schema: 1,
    sensitivity: 3,
    evolve(slice, { data: { returnId, sendingAssessmentId, receivingAssessmentId }, metadata }) {
      const overridden = [sendingAssessmentId, receivingAssessmentId].filter((id) => id !== undefined);
      return change(slice, returnId, { overriddenBy: metadata.actor, overridden });
    },
  },
  ReturnApproved: { schema: 1, sensitivity: 3, evolve: reaches('APPROVED') },
  ReturnFoundNotSafe: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('NOT_SAFE'),
    promote: endReturn,
  },
  ReturnCancelled: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('CANCELLED'),
    promote: endReturn,
  },
};
