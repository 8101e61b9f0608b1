/**
 * Consent: given for one purpose and one recipient, expired by the clock, withdrawn at any time by anyone in contact; and
 * the assent of a child. Source: domain.md 8.2, 12.1, INV-1, INV-9, INV-12, INV-16.
 */
import { type Clear, type Compartment, type Context, type Duty, type Personal, Rejection } from '#kernel';
import type { AgeBand, ConsentGiver, ConsentPurpose, Role } from '#mechanism';
import type { CaseFacts, Consent } from '../../shared/facts.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { unchanged } from '../../shared/world.js';
import { checkOpening } from './oneself.js';
import { speaksForHer, takenBackBefore } from './withdrawal.js';

export const CONSENT_FORMS = ['WRITTEN', 'ORAL_WITNESSED', 'SIGN_LANGUAGE', 'THUMB'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];
export const WITHDRAWN_BY = ['PERSON', 'GUARDIAN'] as const;
export const ASSENT_OUTCOMES = ['ASSENTED', 'OBJECTED', 'BELOW_ASSENT_AGE'] as const;
export type AssentOutcome = (typeof ASSENT_OUTCOMES)[number];

/** Kinds of personal data that a consent may let its recipient see. What has no name here is shown to no recipient. */
export const DATA_CATEGORIES = ['identity', 'contact', 'health', 'assessment', 'proceedings'] as const satisfies readonly Compartment[];
export type DataCategory = (typeof DATA_CATEGORIES)[number];

export interface GiveConsent {
  purpose: ConsentPurpose;
  recipient?: string;
  countries?: readonly string[];
  /** What of the person the recipient may see; nothing when absent (domain.md 8.4, last column). */
  dataCategories?: readonly DataCategory[];
  giver: ConsentGiver;
  form: ConsentForm;
  infoSheetVersion: string;
  /** Who witnessed, where the signed sheet lies, words of the person, which relative may be spoken to. */
  evidence?: Personal<string, 'evidence'>;
  /** Number of the decision and court, where a court gives it: whoever claims one can be asked to show it. */
  courtDecision?: Personal<string, 'proceedings'>;
}
export interface WithdrawConsent {
  consentId: string;
  by: (typeof WITHDRAWN_BY)[number];
}
export interface ExpireConsent {
  consentId: string;
}
export interface RecordAssent {
  outcome: AssentOutcome;
  /** What the child said. */
  views?: Personal<string, 'narrative'>;
}

/** The person (or who acts lawfully for a minor) agreed to one purpose and recipient. Not: that anything was shared. */
export type ConsentGiven = Clear<GiveConsent> & { consentId: string; expiresAt?: string };
/** From this moment nothing new may be shared under the consent. Not: that what was shared is gone. */
export type ConsentWithdrawn = WithdrawConsent;
/** The consent's time is over, by itself. Not: that the person changed their mind. */
export type ConsentExpired = ExpireConsent;
/** The child was heard, or is too young for it to be asked. ASSENTED is not a consent; OBJECTED bars a guardian's. */
export type ChildAssentRecorded = Clear<RecordAssent>;

export interface AgreementCommands {
  GiveConsent: GiveConsent;
  WithdrawConsent: WithdrawConsent;
  ExpireConsent: ExpireConsent;
  RecordAssent: RecordAssent;
}
export interface AgreementEvents {
  ConsentGiven: ConsentGiven;
  ConsentWithdrawn: ConsentWithdrawn;
  ConsentExpired: ConsentExpired;
  ChildAssentRecorded: ChildAssentRecorded;
}

export const IN_CONTACT: readonly Role[] = ['CM', 'DETECT', 'SP', 'CP_AUTH', 'LEGAL', 'RET_ORG', 'NRM_COORD', 'HEALTH', 'CONS'];

/** Purposes whose consent is worth nothing without the body that may act on it (domain.md 8.2, column "per recipient"). */
const PER_RECIPIENT: readonly ConsentPurpose[] = [
  'REFERRAL', 'SERVICE_DELIVERY', 'FORMAL_IDENTIFICATION_REQUEST', 'LAW_ENFORCEMENT_SHARING', 'CROSS_BORDER', 'RETURN', 'GROUP',
];
/** Purposes that no organisation receives. */
const WITHOUT_RECIPIENT: readonly ConsentPurpose[] = ['INTERVIEW', 'RESEARCH_STATS', 'CONTACT_FAMILY'];

/** @throws Rejection where the purpose is received by nobody */
export function checkRecipientFits({ purpose, recipient }: Pick<GiveConsent, 'purpose' | 'recipient'>): void {
  if (recipient !== undefined && WITHOUT_RECIPIENT.includes(purpose)) {
    throw new Rejection('invalid', 'recipient-not-fitting', 'consent for this purpose has no recipient', { purpose });
  }
}

function checkAddress({ purpose, recipient, countries = [] }: GiveConsent): void {
  checkRecipientFits({ purpose, ...(recipient === undefined ? {} : { recipient }) });
  if (recipient === undefined && PER_RECIPIENT.includes(purpose)) {
    throw new Rejection('invalid', 'recipient-missing', 'consent for this purpose names one recipient', { purpose });
  }
  if (countries.length === 0 && purpose === 'CROSS_BORDER') {
    throw new Rejection('invalid', 'country-missing', 'consent across borders names the countries', { purpose });
  }
}

function checkCourt({ giver, courtDecision }: GiveConsent): void {
  if (giver !== 'COURT' || courtDecision !== undefined) return;
  throw new Rejection('invalid', 'court-decision-missing', 'a court consents by a decision that can be found', { fields: ['/courtDecision'] });
}

/** In her hand: who does not write marks it with her thumb, in front of whoever records it. */
const BY_HAND: readonly ConsentForm[] = ['WRITTEN', 'THUMB'];

/** 6.1, 6.3 T3: nobody is taken to another place on a word that somebody else says she gave. */
function checkWritten({ purpose, form }: GiveConsent): void {
  if (purpose !== 'RETURN' || BY_HAND.includes(form)) return;
  throw new Rejection('rule-broken', 'consent-not-written', 'consent to a return is written, or marked by her hand', { fields: ['/form'] });
}

/** Youngest age of each band below 18. */
const YOUNGEST: Readonly<Partial<Record<AgeBand, number>>> = { '14-17': 14 };

function checkAssent({ outcome }: RecordAssent, { facts, reference }: Context<CaseWorld>): void {
  const asked = reference.policy.values['minor.assent_age'];
  if (outcome !== 'BELOW_ASSENT_AGE' || (YOUNGEST[facts.ageBand] ?? 0) < asked) return;
  throw new Rejection('rule-broken', 'child-must-be-heard', 'a child of this age is heard', { assentAge: asked });
}

function known(facts: CaseFacts, consentId: string): Consent {
  const consent = facts.consents.find((c) => c.consentId === consentId);
  if (consent === undefined) throw new Rejection('unknown', 'not-found', 'there is no such consent in this case');
  return consent;
}

/** Help is not taken from her by a word that is not hers. @throws Rejection where a guardian may not speak, or not about a court's consent */
function checkSpeaker({ by, giver }: Pick<WithdrawConsent, 'by'> & Pick<Consent, 'giver'>, facts: CaseFacts): void {
  if (by === 'PERSON' || (giver !== 'COURT' && speaksForHer(by, facts))) return;
  throw new Rejection('rule-broken', 'withdrawal-not-hers', 'a guardian takes back what a guardian may give: not for an adult, not in conflict, not what a court gave (INV-16)');
}

export const agreementCommands: CommandTable<readonly string[], AgreementCommands, AgreementEvents> = {
  GiveConsent: {
    when: {
      by: IN_CONTACT,
      requires: [
        'case-exists', 'about-a-person', 'not-erased', 'case-open', 'interpreter-where-needed', 'rights-informed', 'lawful-giver', 'known-recipient',
      ],
      limit: 'consent.expiry',
      otherwise: 'nothing is shared; help goes on and the offer is repeated at the next review',
    },
    decide(body, _slice, context) {
      const { newId, occurredAt, reference } = context;
      checkAddress(body);
      checkCourt(body);
      checkWritten(body);
      if (body.dataCategories !== undefined && body.dataCategories.length > 0) checkOpening(body, context);
      const { evidence, courtDecision, ...clear } = body;
      const expiry = reference.policy.values['consent.expiry'][clear.purpose];
      const expiresAt = expiry === undefined ? {} : { expiresAt: reference.calendar.due(occurredAt, expiry) };
      const seals = [...(evidence === undefined ? [] : (['evidence'] as const)), ...(courtDecision === undefined ? [] : (['proceedings'] as const))];
      return [{ type: 'ConsentGiven', data: { ...clear, consentId: newId, ...expiresAt }, ...(seals.length === 0 ? {} : { seals }) }];
    },
  },
  WithdrawConsent: {
    when: {
      by: [...IN_CONTACT, 'GUARD', 'PERSON', 'LE', 'PROS', 'BORDER', 'IMM', 'LAB', 'ID_AUTH', 'SUP', 'DPO'],
      firstContact: true,
      requires: ['case-exists'],
      otherwise: 'her own word is never refused, on a closed and on an erased case too (INV-12)',
    },
    decide({ consentId, by }, _slice, { facts }) {
      const { withdrawnAt, giver } = known(facts, consentId);
      checkSpeaker({ by, giver }, facts);
      return withdrawnAt === undefined ? [{ type: 'ConsentWithdrawn', data: { consentId, by } }] : [];
    },
  },
  ExpireConsent: {
    when: { by: ['CLOCK'], requires: ['case-exists'], limit: 'consent.expiry', otherwise: 'a new consent is asked for' },
    decide({ consentId }, expired, { facts, now }) {
      const { expiresAt, withdrawnAt } = known(facts, consentId);
      if (withdrawnAt !== undefined || expired.includes(consentId)) return [];
      if (expiresAt !== undefined && expiresAt <= now) return [{ type: 'ConsentExpired', data: { consentId } }];
      throw new Rejection('wrong-state', 'not-due', 'the consent is not over yet');
    },
  },
  RecordAssent: {
    when: {
      by: ['CM', 'CP_AUTH', 'SP', 'LEGAL', 'DETECT'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'under-minor-rules', 'interpreter-where-needed', 'by-a-person'],
      otherwise: 'an objection is recorded too; then a court or child protection decides in the best interests',
    },
    decide({ outcome, views }, _slice, context) {
      checkAssent({ outcome }, context);
      return [{ type: 'ChildAssentRecorded', data: { outcome }, ...(views === undefined ? {} : { seals: ['narrative'] as const }) }];
    },
  },
};

export const agreementEvents: EventTable<readonly string[], AgreementEvents> = {
  ConsentGiven: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const { consentId, purpose, giver, countries = [] } = data;
      const recipient = data.recipient === undefined ? {} : { recipient: data.recipient };
      const expiresAt = data.expiresAt === undefined ? {} : { expiresAt: data.expiresAt };
      const given = { consentId, purpose, countries, dataCategories: data.dataCategories ?? [], giver, givenAt: metadata.occurredAt, ...recipient, ...expiresAt };
      return { ...facts, consents: [...facts.consents, takenBackBefore(given, facts)] };
    },
  },
  ConsentWithdrawn: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const withdraw = (c: Consent) => (c.consentId === data.consentId ? { ...c, withdrawnAt: metadata.occurredAt } : c);
      return { ...facts, consents: facts.consents.map(withdraw) };
    },
  },
  ConsentExpired: { schema: 1, sensitivity: 2, evolve: (expired, { data }) => [...expired, data.consentId] },
  ChildAssentRecorded: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: ({ objectedAt, ...facts }, { data, metadata }) =>
      data.outcome === 'OBJECTED' ? { ...facts, assented: false, objectedAt: objectedAt ?? metadata.occurredAt } : { ...facts, assented: true },
  },
};

/** The clock says when a consent is over, so that history and reactions hear of it; the door shuts by time alone. */
export function expiriesOwed(expired: readonly string[], { consents }: CaseFacts): readonly Duty[] {
  return consents.flatMap(({ consentId, expiresAt, withdrawnAt }) =>
    expiresAt === undefined || withdrawnAt !== undefined || expired.includes(consentId)
      ? []
      : [{
          name: 'consent-expiry',
          key: consentId,
          dueAt: expiresAt,
          owedBy: { role: 'CLOCK' },
          command: { type: 'ExpireConsent', body: { consentId } },
        }],
  );
}
