/**
 * Who leads the case. An organisation that is asked sees an offer and no more until it accepts; from its acceptance on it is
 * the manager. Source: domain.md 2.4 C2, 8.3, 8.4 (S1); docs/adr/0016.
 */
import { type Context, type Duty, Rejection } from '#kernel';
import type { AgeBand, Reference, Region } from '#mechanism';
import { checkManager } from '../../shared/case-managers.js';
import { type CaseFacts, type Engagement, underMinorRules } from '../../shared/facts.js';
import { firstInLine } from '../../shared/owners.js';
import { newestRisk } from '../../shared/risk.js';
import { type CaseWorld, type CommandTable, type EventTable, unchanged } from '../../shared/world.js';

export const MANAGEMENT_DECLINE_REASONS = ['NO_CAPACITY', 'NOT_COMPETENT', 'OUT_OF_AREA', 'SECURITY', 'CONFLICT_OF_INTEREST', 'OTHER'] as const;
export type ManagementDeclineReason = (typeof MANAGEMENT_DECLINE_REASONS)[number];

export interface AssignCaseManager {
  manager: string;
  /** Opaque reference of the worker, never a name. */
  worker?: string;
}
export interface AcceptCaseManagement {
  offerId: string;
  /** Opaque reference of the worker who takes it, never a name. */
  worker?: string;
}
export interface DeclineCaseManagement {
  offerId: string;
  reason: ManagementDeclineReason;
}

/** An organisation was asked to lead the case. It sees the offer; an earlier offer is over. Not: that it leads anything. */
export type CaseManagementOffered = AssignCaseManager & { offerId: string; replyBy: string };
/** The organisation takes the case. Not: that it may open what others recorded about the person. */
export interface CaseManagementAccepted {
  offerId: string;
  manager: string;
}
/** The organisation does not take the case. Not: a judgement of the person. */
export type CaseManagementDeclined = DeclineCaseManagement & { manager: string };
/** From now on this organisation leads the case, and the one before it does not. Not: consent to share identity with it. */
export type CaseManagerAssigned = AssignCaseManager;

export interface CaseManagerCommands {
  AssignCaseManager: AssignCaseManager;
  AcceptCaseManagement: AcceptCaseManagement;
  DeclineCaseManagement: DeclineCaseManagement;
}
export interface CaseManagerEvents {
  CaseManagementOffered: CaseManagementOffered;
  CaseManagementAccepted: CaseManagementAccepted;
  CaseManagementDeclined: CaseManagementDeclined;
  CaseManagerAssigned: CaseManagerAssigned;
}

/** The last offer. Whether it still stands the shared facts say: what ends work on a case ends it too. */
export interface Offer {
  readonly offerId: string;
  readonly manager: string;
  readonly replyBy: string;
}
export interface IntakeSlice {
  readonly offer?: Offer;
  /** Basic needs were recorded as met, or as refused. */
  readonly needsSeenTo?: true;
}

/** What an organisation is told before it takes a case: domain.md 8.4, column S1. */
export interface OfferDataset extends Offer {
  readonly danger: boolean;
  readonly region: Region;
  readonly ageBand: AgeBand;
  readonly underMinorRules: boolean;
  readonly interpreterNeeded: boolean;
  /** Staff and house must be able to prepare; no level, no story. */
  readonly raisedRisk: boolean;
}

/** Engagements of the case itself, not of a referral or a return. */
export const THROUGH_CASE = 'case';

/** Whoever leads, however it came to lead: by notifying, by acceptance, by the handover of a return, by reopening. */
const leads = (e: Engagement): boolean => e.role === 'CM' && e.scope === 'FULL' && e.until === undefined;
const isOffered = (e: Engagement): boolean => e.role === 'CM' && e.scope === 'OFFER' && e.until === undefined;

/** Whether the organisation leads the case now. */
export function leadsCase({ engagements }: CaseFacts, organisation: string): boolean {
  return engagements.some((e) => leads(e) && e.organisation === organisation);
}

/** The offer that stands; `undefined` where none does. */
export function openOffer({ offer }: IntakeSlice, { engagements }: CaseFacts): Offer | undefined {
  return engagements.some((e) => isOffered(e) && e.through === offer?.offerId) ? offer : undefined;
}

/** What is told of the offer that stands. */
export function offerDataset(slice: IntakeSlice, facts: CaseFacts): OfferDataset | undefined {
  const offer = openOffer(slice, facts);
  if (offer === undefined) return undefined;
  const { danger, region, ageBand, interpreterNeeded } = facts;
  const level = newestRisk(facts, ['FULL', 'FIRST'])?.overall;
  const raisedRisk = danger || level === 'HIGH' || level === 'CRITICAL';
  return { ...offer, danger, region, ageBand, underMinorRules: underMinorRules(facts), interpreterNeeded, raisedRisk };
}

/** The answer that is waited for. */
export function answerOwed(slice: IntakeSlice, facts: CaseFacts): readonly Duty[] {
  const offer = openOffer(slice, facts);
  if (offer === undefined || facts.erasure !== 'NONE') return [];
  return [{ name: 'case-management-reply', key: offer.offerId, dueAt: offer.replyBy, owedBy: { organisation: offer.manager } }];
}

/** C2: somebody leads the case within a working day; until then the coordination owes it. */
export function managerOwed({ assistance, erasure, notifiedAt, engagements }: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (assistance !== 'OPEN_INTAKE' || erasure !== 'NONE' || engagements.some(leads)) return [];
  return [{ name: 'case-manager', key: 'case', dueAt: calendar.due(notifiedAt, policy.values['case_manager.limit']), owedBy: { role: 'NRM_COORD' } }];
}

/** A3: food, clothing, urgent care and a safe place come first, from whoever leads the case or found the person. */
export function basicNeedsOwed({ needsSeenTo }: IntakeSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const isOpen = facts.assistance === 'OPEN_INTAKE' || facts.assistance === 'ACTIVE';
  if (!isOpen || needsSeenTo === true || facts.erasure !== 'NONE') return [];
  return [{ name: 'basic-needs', key: 'case', dueAt: calendar.due(facts.notifiedAt, policy.values['basic_needs.limit']), owedBy: firstInLine(facts) }];
}

/** Offers that stand are over. */
function withdrawn(engagements: readonly Engagement[], until: string): readonly Engagement[] {
  return engagements.map((e) => (isOffered(e) ? { ...e, until } : e));
}

/** The case manager of before leads no longer; who also notified keeps its own notification. */
function handOver(facts: CaseFacts, manager: string, since: string): readonly Engagement[] {
  const notifier = facts.engagements.find((e) => leads(e) && e.organisation === facts.notifiedBy);
  return [
    ...withdrawn(facts.engagements, since).map((e) => (leads(e) ? { ...e, until: since } : e)),
    ...(notifier === undefined ? [] : [{ ...notifier, scope: 'OWN' as const, since }]),
    { organisation: manager, role: 'CM', through: THROUGH_CASE, scope: 'FULL', since },
  ];
}

/** Who once led, and keeps no more than its notification, decides on nobody's lead any more. */
function checkLead({ facts, organisation, role }: Context<CaseWorld>): void {
  if (role !== 'CM' || leadsCase(facts, organisation)) return;
  throw new Rejection('not-allowed', 'role-not-allowed', 'a case manager hands over the case that it leads');
}

function theOffer(slice: IntakeSlice, facts: CaseFacts): Offer {
  const offer = openOffer(slice, facts);
  if (offer === undefined) throw new Rejection('unknown', 'not-found', 'there is no such offer');
  return offer;
}

export const caseManagerCommands: CommandTable<IntakeSlice, CaseManagerCommands, CaseManagerEvents> = {
  AssignCaseManager: {
    when: {
      by: ['NRM_COORD', 'CM', 'CP_AUTH'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      otherwise: 'the person may ask for another; until somebody accepts, who leads goes on leading',
    },
    decide(body, slice, context) {
      const { facts, reference, organisation, newId, occurredAt } = context;
      checkLead(context);
      checkManager(body.manager, reference);
      if (leadsCase(facts, body.manager) || openOffer(slice, facts)?.manager === body.manager) return [];
      if (body.manager === organisation) return [{ type: 'CaseManagerAssigned', data: body }];
      const replyBy = reference.calendar.due(occurredAt, reference.policy.values['case_manager.reply']);
      return [{ type: 'CaseManagementOffered', data: { ...body, offerId: newId, replyBy } }];
    },
  },
  AcceptCaseManagement: {
    when: {
      from: ['OFFERED'],
      by: ['CM'],
      addressee: true,
      requires: ['not-erased', 'by-a-person'],
      otherwise: 'another organisation is asked; what others recorded stays shut without her consent',
    },
    decide({ worker }, slice, { facts }) {
      const { offerId, manager } = theOffer(slice, facts);
      return [
        { type: 'CaseManagementAccepted', data: { offerId, manager } },
        { type: 'CaseManagerAssigned', data: { manager, ...(worker === undefined ? {} : { worker }) } },
      ];
    },
  },
  DeclineCaseManagement: {
    when: { from: ['OFFERED'], by: ['CM'], addressee: true, otherwise: 'never refused; another is asked' },
    decide({ reason }, slice, { facts }) {
      const { offerId, manager } = theOffer(slice, facts);
      return [{ type: 'CaseManagementDeclined', data: { offerId, manager, reason } }];
    },
  },
};

export const caseManagerEvents: EventTable<IntakeSlice, CaseManagerEvents> = {
  CaseManagementOffered: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data: { offerId, manager, replyBy } }) => ({ ...slice, offer: { offerId, manager, replyBy } }),
    promote(facts, { data: { offerId, manager }, metadata: { recordedAt } }) {
      const offer = { organisation: manager, role: 'CM', through: offerId, scope: 'OFFER', since: recordedAt } as const;
      return { ...facts, engagements: [...withdrawn(facts.engagements, recordedAt), offer] };
    },
  },
  CaseManagementAccepted: { schema: 1, sensitivity: 2, evolve: unchanged },
  CaseManagementDeclined: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts, { metadata }) => ({ ...facts, engagements: withdrawn(facts.engagements, metadata.recordedAt) }),
  },
  CaseManagerAssigned: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const assistance = facts.assistance === 'OPEN_INTAKE' ? 'ACTIVE' : facts.assistance;
      if (leadsCase(facts, data.manager)) return { ...facts, assistance };
      return { ...facts, assistance, engagements: handOver(facts, data.manager, metadata.occurredAt) };
    },
  },
};
