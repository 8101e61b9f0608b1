/**
 * Formal identification: asked for with consent, declined without loss, decided by whom the country policy names, and
 * reconsidered. Source: domain.md 2.2 A7-A10, 12 INV-6, INV-8, 12.1.
 */
import { type Clear, type Personal, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { liveConsent } from '../../shared/consents.js';
import { DECIDERS, deciderRole } from '../../shared/deciders.js';
import type { ExploitationForm } from '../../shared/exploitation-forms.js';
import { restsOnProvisional } from '../../shared/provisional.js';
import type { CommandTable } from '../../shared/world.js';
import { admitted, afterRefusal, checkEarliest, routeTaken } from './formal-rules.js';
import type { CommissionMember, DecisionRoute, LateReason } from './formal-rules.js';
import type { IdentificationSlice } from './slice.js';

export const DECLINE_REASONS = ['FEAR', 'DISTRUST', 'NOT_NOW', 'NO_WISH_FOR_PROCEEDINGS', 'NOT_SAID', 'CONSENT_WITHDRAWN'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
export const REFUSAL_REASONS = ['CRITERIA_NOT_MET', 'NOT_ENOUGH_INFORMATION', 'OTHER_CRIME', 'OUTSIDE_JURISDICTION'] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];
export const RECONSIDERATION_REQUESTERS = ['PERSON', 'GUARDIAN', 'LAWYER', 'SERVICE_PROVIDER'] as const;

export interface RequestFormalIdentification {
  authority: string;
}
export interface DeclineFormalIdentification {
  reason: DeclineReason;
}
export interface RecordFormalDecision {
  /** Organisation that decided; who records may be another. */
  authority: string;
  decision: 'IDENTIFIED' | 'REFUSED';
  /** Where the country knows several. Absent: the one that the policy gives the authority. */
  route?: DecisionRoute;
  /** Who sat in the commission. */
  membersPresent?: readonly CommissionMember[];
  /** Of a refusal. */
  reason?: RefusalReason;
  /** As the decision says. Absent: as the country policy does. */
  contestUntil?: string;
  decisionNumber: Personal<string, 'proceedings'>;
  forms?: Personal<readonly ExploitationForm[], 'statistics'>;
  transnational?: Personal<boolean, 'statistics'>;
  attempt?: Personal<boolean, 'statistics'>;
}
export interface RequestReconsideration {
  requestedBy: (typeof RECONSIDERATION_REQUESTERS)[number];
  /** Out of time: why the supervisor admits it. */
  lateBecause?: LateReason;
  newInformation: Personal<string, 'narrative'>;
}

/** The authority was asked, with the person's consent or on a lawful ground. Not: an answer. */
export interface FormalIdentificationRequested {
  requestId: string;
  authority: string;
  deciderRole: Role;
  /** Consent that the request rests on; absent where a lawful ground opened the door. */
  consentId?: string;
}
/** The person wants no formal identification. Not: that any help ends (INV-6), nor that it can not be asked for later. */
export type FormalIdentificationDeclined = DeclineFormalIdentification;
/** An authority that the policy names decided that the person is a victim. Not: a finding against anyone. */
export interface VictimFormallyIdentified {
  authority: string;
  deciderRole: Role;
  provisional: boolean;
  /** Where the country knows several. */
  route?: DecisionRoute;
  membersPresent?: readonly CommissionMember[];
}
/** The authority decided not to identify. Not: that services end (INV-6), nor that it is final before reconsideration. */
export type FormalIdentificationRefused = VictimFormallyIdentified & {
  reason: RefusalReason;
  contestUntil?: string;
  /** Until when nothing that runs may end for it, and her way on is planned (A8). */
  moveOnUntil?: string;
};
/** The decision is looked at again. Not: that it was wrong. */
export type ReconsiderationRequested = Clear<RequestReconsideration> & { of: 'NOT_PRESUMED' | 'NOT_IDENTIFIED' };

export interface FormalCommands {
  RequestFormalIdentification: RequestFormalIdentification;
  DeclineFormalIdentification: DeclineFormalIdentification;
  RecordFormalDecision: RecordFormalDecision;
  RequestReconsideration: RequestReconsideration;
}
export interface FormalEvents {
  FormalIdentificationRequested: FormalIdentificationRequested;
  FormalIdentificationDeclined: FormalIdentificationDeclined;
  VictimFormallyIdentified: VictimFormallyIdentified;
  FormalIdentificationRefused: FormalIdentificationRefused;
  ReconsiderationRequested: ReconsiderationRequested;
}

function statisticsOf({ forms, transnational, attempt }: RecordFormalDecision) {
  const any = forms !== undefined || transnational !== undefined || attempt !== undefined;
  return any ? (['proceedings', 'statistics'] as const) : (['proceedings'] as const);
}

export const formalCommands: CommandTable<IdentificationSlice, FormalCommands, FormalEvents> = {
  RequestFormalIdentification: {
    when: {
      from: ['PRESUMED', 'PRESUMED_DECLINED'],
      by: ['CM', 'NRM_COORD', 'CP_AUTH', 'LEGAL', 'SP'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      consent: {
        purpose: 'FORMAL_IDENTIFICATION_REQUEST', recipient: 'authority', orGround: ['CHILD_PROTECTION_DUTY', 'LEGAL_DUTY'], reviewedInTime: true,
      },
      otherwise: 'the person declines and keeps all help',
    },
    decide({ authority }, slice, context) {
      if (slice.request?.authority === authority) return [];
      const role = deciderRole(authority, context);
      const consent = liveConsent(context.facts, 'FORMAL_IDENTIFICATION_REQUEST', authority, context.now);
      const basis = consent === undefined ? {} : { consentId: consent.consentId };
      return [{ type: 'FormalIdentificationRequested', data: { requestId: context.newId, authority, deciderRole: role, ...basis } }];
    },
  },
  DeclineFormalIdentification: {
    when: {
      from: ['PRESUMED', 'PRESUMED_DECLINED'],
      by: ['CM', 'DETECT', 'SP', 'LEGAL', 'CP_AUTH', 'NRM_COORD', 'GUARD', 'PERSON', 'CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'never refused: help stays (INV-6) and the way stays open',
    },
    decide(body, _slice, { facts }) {
      return facts.identification === 'PRESUMED_DECLINED' ? [] : [{ type: 'FormalIdentificationDeclined', data: body }];
    },
  },
  RecordFormalDecision: {
    when: {
      from: ['PRESUMED', 'PRESUMED_DECLINED', 'RECONSIDERATION'],
      by: [...DECIDERS, 'CM', 'NRM_COORD', 'CP_AUTH'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
      otherwise: 'a refusal can be reconsidered and ends no service',
    },
    decide(body, slice, context) {
      const { authority, decision, reason, contestUntil } = body;
      const provisional = restsOnProvisional(context.reference, 'id.formal_deciders');
      const role = deciderRole(authority, context);
      const decided = { authority, deciderRole: role, provisional, ...routeTaken(body, role, context) };
      checkEarliest(slice, context);
      const seals = statisticsOf(body);
      if (decision === 'IDENTIFIED') return [{ type: 'VictimFormallyIdentified', data: decided, seals }];
      if (reason === undefined) throw new Rejection('invalid', 'reason-missing', 'a refusal states its reason');
      return [{ type: 'FormalIdentificationRefused', data: { ...decided, reason, ...afterRefusal(contestUntil, context) }, seals }];
    },
  },
  RequestReconsideration: {
    when: {
      from: ['NOT_PRESUMED', 'NOT_IDENTIFIED'],
      by: ['CM', 'SP', 'LEGAL', 'CP_AUTH', 'GUARD', 'PERSON', 'SUP'],
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'out of time: a supervisor may admit it',
    },
    decide({ requestedBy, lateBecause }, slice, context) {
      const of = context.facts.identification === 'NOT_PRESUMED' ? 'NOT_PRESUMED' : 'NOT_IDENTIFIED';
      const late = of === 'NOT_IDENTIFIED' ? admitted(slice, lateBecause, context) : {};
      return [{ type: 'ReconsiderationRequested', data: { requestedBy, ...late, of }, seals: ['narrative'] }];
    },
  },
};
