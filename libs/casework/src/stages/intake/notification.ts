/**
 * A person is notified as a potential victim, or counted without a person; someone opens the notification.
 * Source: domain.md 2.2 A1, 2.4 C1, 12.1.
 */
import { type Clear, type Personal, Rejection } from '#kernel';
import type { AgeBand, CitizenshipGroup, FormGroup, Reference, Region, Role, Sex } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import type { ExploitationForm } from '../../shared/exploitation-forms.js';
import type { CommandTable } from '../../shared/world.js';
import type { CaseManagerEvents, IntakeSlice } from './case-manager.js';
import { routing } from './routing.js';

export const CHANNELS = ['IN_PERSON', 'OUTREACH', 'HELPLINE', 'ONLINE', 'INSPECTION', 'CONTROL', 'SELF_REPORT', 'FOREIGN_AUTHORITY'] as const;
export type Channel = (typeof CHANNELS)[number];
/** At least one is needed (A1). */
export const NOTIFICATION_GROUNDS = ['OBSERVED_SIGNS', 'SELF_IDENTIFIED', 'THIRD_PARTY', 'FOREIGN_AUTHORITY'] as const;
export type NotificationGround = (typeof NOTIFICATION_GROUNDS)[number];

/** There is deliberately no field for who the person is: identity is recorded separately and never a precondition. */
export interface NotifyCase {
  channel: Channel;
  grounds: readonly NotificationGround[];
  region: Region;
  ageBand: AgeBand;
  signsOfChildhood: boolean;
  sex: Sex;
  citizenship: CitizenshipGroup;
  form: FormGroup;
  danger: boolean;
  interpreterNeeded: boolean;
  /** Observable signs (domain.md 3.3): they shame as answers do. */
  signs?: Personal<readonly string[], 'assessment'>;
  /** How to talk with the person. Not a statistic: no report needs it. */
  language?: Personal<string, 'contact'>;
  /** Opaque reference in the submitter's own files. */
  ownReference?: Personal<string, 'contact'>;
  county?: Personal<string, 'statistics'>;
  citizenshipCountry?: Personal<string, 'statistics'>;
  formDetail?: Personal<ExploitationForm, 'statistics'>;
  /** What was seen or told. */
  account?: Personal<string, 'narrative'>;
}

/** All that a notification for statistics can say. What it has no field for can not be told. */
export interface NotifyForStatistics {
  /** Calendar month of the contact, YYYY-MM. */
  month: string;
  region: Region;
  ageBand: AgeBand;
  /** Where the age is not known: whether anything spoke for a child. */
  signsOfChildhood: boolean;
  form: FormGroup;
}
export type OpenNotification = Record<never, never>;
export type EscalateNotification = Record<never, never>;

/**
 * Someone saw grounds to think that a person may be a victim; from now on the person is POTENTIAL and help needs nothing
 * more. Not: that the person is a victim, agreed to anything, or is known by name. With `statisticsOnly` it is
 * a count in one region and month: there is no person, and nothing can be added.
 */
export type CaseNotified = NotifiedPerson | NotifiedForStatistics;
export type NotifiedPerson = Clear<NotifyCase> & {
  statisticsOnly: false;
  /** Opaque reference of the person, random, one a case. */
  person: string;
  country: string;
  /** Organisations that must look: the coordination of the region, and child protection where minor rules apply. */
  routedTo: readonly string[];
};
export type NotifiedForStatistics = Omit<NotifyForStatistics, 'signsOfChildhood'> & { statisticsOnly: true; country: string };
/** Assistance may start. Not: that a case manager was found. */
export type CaseOpened = Record<never, never>;
/** Someone other than the notifier looked at the notification. Not: that anyone acted on it. */
export type NotificationOpened = Record<never, never>;
/** Danger was notified and nobody opened it for minutes: the coordination is told again. Not: that nobody helped. */
export type NotificationEscalated = Record<never, never>;

export interface NotificationCommands {
  NotifyCase: NotifyCase;
  NotifyForStatistics: NotifyForStatistics;
  OpenNotification: OpenNotification;
  EscalateNotification: EscalateNotification;
}
export interface NotificationEvents {
  CaseNotified: CaseNotified;
  CaseOpened: CaseOpened;
  NotificationOpened: NotificationOpened;
  NotificationEscalated: NotificationEscalated;
}

/** domain.md 2.2 A1: any institution or organisation may notify; so may the person. */
const NOTIFIERS: readonly Role[] = [
  'DETECT', 'CM', 'SP', 'LE', 'PROS', 'LAB', 'BORDER', 'IMM', 'CONS', 'HEALTH', 'LEGAL', 'CP_AUTH', 'RET_ORG', 'NRM_COORD', 'ID_AUTH', 'PERSON',
];

function sealed(body: NotifyCase) {
  const { signs, language, ownReference, county, citizenshipCountry, formDetail, account } = body;
  const has = (...values: readonly unknown[]) => values.some((value) => value !== undefined);
  return [
    ...(has(language, ownReference) ? (['contact'] as const) : []),
    ...(has(account) ? (['narrative'] as const) : []),
    ...(has(signs) ? (['assessment'] as const) : []),
    ...(has(county, citizenshipCountry, formDetail) ? (['statistics'] as const) : []),
  ];
}

/**
 * When danger that nobody opened is told to the coordination again; `undefined` where it was opened, or told. The policy has
 * one limit for an emergency that nobody looks at.
 */
export function openingOverdue(facts: CaseFacts, { calendar, policy }: Reference): string | undefined {
  const { danger, openedBy, dangerEscalatedAt, notifiedAt } = facts;
  if (!danger || openedBy !== undefined || dangerEscalatedAt !== undefined) return undefined;
  return calendar.due(notifiedAt, policy.values['referral.fetch_emergency']);
}

export const notificationCommands: CommandTable<IntakeSlice, NotificationCommands, NotificationEvents & Pick<CaseManagerEvents, 'CaseManagerAssigned'>> = {
  NotifyCase: {
    when: {
      from: ['NONE'],
      by: NOTIFIERS,
      otherwise: 'an adult who wants not to be known is notified without identity; basic needs are covered all the same',
    },
    decide(body, _slice, context) {
      const { signs = [], language: _b, ownReference: _c, county: _d, citizenshipCountry: _e, formDetail: _f, account: _g, ...clear } = body;
      const { newId, organisation, role, reference } = context;
      if (!signs.every((code) => reference.catalogue.has(code))) throw new Rejection('invalid', 'sign-unknown', 'the catalogue has no such sign');
      const own = { person: newId, country: reference.policy.country, routedTo: routing({ ...context.facts, ageBand: body.ageBand, signsOfChildhood: body.signsOfChildhood, region: body.region }, context), statisticsOnly: false as const };
      const seals = sealed(body);
      return [
        { type: 'CaseNotified', data: { ...clear, ...own }, ...(seals.length > 0 ? { seals } : {}) },
        { type: 'CaseOpened', data: {} },
        ...(role === 'CM' ? [{ type: 'CaseManagerAssigned' as const, data: { manager: organisation } }] : []),
      ];
    },
  },
  NotifyForStatistics: {
    when: { from: ['NONE'], by: NOTIFIERS, otherwise: 'impossible for a child and where signs speak for one (R-4): notify the case' },
    decide({ signsOfChildhood, ...counted }, _slice, { facts, reference }) {
      if (underMinorRules({ ...facts, ageBand: counted.ageBand, signsOfChildhood })) {
        throw new Rejection('rule-broken', 'child-needs-case', 'a child, or a person who may be one, is never only counted');
      }
      return [{ type: 'CaseNotified', data: { ...counted, statisticsOnly: true, country: reference.policy.country } }];
    },
  },
  OpenNotification: {
    when: {
      by: ['NRM_COORD', 'CM', 'CP_AUTH', 'SUP', 'SP'],
      requires: ['case-exists', 'about-a-person', 'by-a-person'],
      otherwise: 'shows "not opened yet" until someone opens it (R-8)',
    },
    decide(_body, _slice, { facts, organisation }) {
      if (organisation === facts.notifiedBy) throw new Rejection('rule-broken', 'own-notification', 'another organisation opens it');
      return facts.openedBy === undefined ? [{ type: 'NotificationOpened', data: {} }] : [];
    },
  },
  EscalateNotification: {
    when: {
      by: ['CLOCK'],
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      limit: 'referral.fetch_emergency',
      otherwise: 'shows "not opened yet", and is pushed again; whoever is in danger calls 112 (R-8)',
    },
    decide(_body, _slice, { facts, reference, now }) {
      const dueAt = openingOverdue(facts, reference);
      if (dueAt === undefined) return [];
      if (dueAt <= now) return [{ type: 'NotificationEscalated', data: {} }];
      throw new Rejection('wrong-state', 'not-due', 'the time to open it is not over yet');
    },
  },
};
