/**
 * Consent: given for one purpose and one recipient, withdrawn at any time by anyone in contact, and the narrow door
 * beside it for danger to life and for child protection. Source: domain.md 8.2, 12.1, INV-1, INV-12, INV-16.
 */
import { type Clear, type Personal, Rejection } from '#kernel';
import type { ConsentGiver, ConsentPurpose, DisclosureGround } from '#mechanism';
import type { CaseFacts, Consent } from '../../shared/facts.js';
import { caseStage } from '../../shared/world.js';

export const CONSENT_FORMS = ['WRITTEN', 'ORAL_WITNESSED', 'SIGN_LANGUAGE', 'THUMB'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];
export const WITHDRAWN_BY = ['PERSON', 'GUARDIAN'] as const;
export const CONTENT_CODES = ['SERVICE_NEED', 'AGE_BAND', 'PRECAUTIONS', 'LOCATION', 'IDENTITY', 'MEDICAL_URGENCY'] as const;
export type ContentCode = (typeof CONTENT_CODES)[number];

export interface GiveConsent {
  purpose: ConsentPurpose;
  recipient?: string;
  countries?: readonly string[];
  giver: ConsentGiver;
  form: ConsentForm;
  infoSheetVersion: string;
  /** Who witnessed, where the signed sheet lies, words of the person. */
  evidence?: Personal<string, 'evidence'>;
}
export interface WithdrawConsent {
  consentId: string;
  by: (typeof WITHDRAWN_BY)[number];
}
export interface DiscloseWithoutConsent {
  ground: DisclosureGround;
  recipient: string;
  contents: readonly ContentCode[];
  reason: Personal<string, 'narrative'>;
}
export interface ReviewOverride {
  overrideId: string;
  result: 'UPHELD' | 'NOT_UPHELD';
}

/** The person (or who acts lawfully for a minor) agreed to one purpose and recipient. Not: that anything was shared. */
export type ConsentGiven = Clear<GiveConsent> & { consentId: string; expiresAt?: string };
/** From this moment nothing new may be shared under the consent. Not: that what was shared is gone. */
export interface ConsentWithdrawn {
  consentId: string;
  by: WithdrawConsent['by'];
}
/** Minimal facts went to a recipient because life or a child was in danger, or the law ordered it. Not: a consent. */
export type DisclosureWithoutConsentMade = Clear<DiscloseWithoutConsent> & { overrideId: string };
/** A second person looked at the disclosure afterwards. NOT_UPHELD shuts the door again; it can not undo what was told. */
export type OverrideReviewed = ReviewOverride;

interface Commands {
  GiveConsent: GiveConsent;
  WithdrawConsent: WithdrawConsent;
  DiscloseWithoutConsent: DiscloseWithoutConsent;
  ReviewOverride: ReviewOverride;
}
interface Events {
  ConsentGiven: ConsentGiven;
  ConsentWithdrawn: ConsentWithdrawn;
  DisclosureWithoutConsentMade: DisclosureWithoutConsentMade;
  OverrideReviewed: OverrideReviewed;
}

function changeConsent(facts: CaseFacts, consentId: string, change: Partial<Consent>): CaseFacts {
  const consents = facts.consents.map((c) => (c.consentId === consentId ? { ...c, ...change } : c));
  return { ...facts, consents };
}

export const consent = caseStage<null, Commands, Events>({
  name: 'consent',
  initial: null,
  commands: {
    GiveConsent: {
      when: {
        by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'LEGAL', 'RET_ORG', 'NRM_COORD'],
        requires: [
          'case-exists', 'about-a-person', 'not-erased', 'case-open', 'rights-informed', 'interpreter-where-needed', 'lawful-giver', 'known-recipient',
        ],
        limit: 'consent.expiry',
        otherwise: 'nothing is shared; help goes on and the offer is repeated at the next review',
      },
      decide({ evidence, ...clear }, _slice, { newId, occurredAt, reference }) {
        const expiry = reference.policy.values['consent.expiry'][clear.purpose];
        const expiresAt = expiry === undefined ? {} : { expiresAt: reference.calendar.due(occurredAt, expiry) };
        const seals = evidence === undefined ? {} : { seals: ['evidence'] as const };
        return [{ type: 'ConsentGiven', data: { ...clear, consentId: newId, ...expiresAt }, ...seals }];
      },
    },
    WithdrawConsent: {
      when: {
        by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'LEGAL', 'RET_ORG', 'NRM_COORD', 'GUARD', 'PERSON', 'HEALTH'],
        requires: ['case-exists'],
        otherwise: 'never refused (INV-12)',
      },
      decide({ consentId, by }, _slice, { facts }) {
        const known = facts.consents.find((c) => c.consentId === consentId);
        if (known === undefined) throw new Rejection('unknown', 'not-found', 'there is no such consent in this case');
        return known.withdrawnAt === undefined ? [{ type: 'ConsentWithdrawn', data: { consentId, by } }] : [];
      },
    },
    DiscloseWithoutConsent: {
      when: {
        by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'SUP', 'NRM_COORD', 'HEALTH'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'known-recipient', 'by-a-person'],
        limit: 'override.review',
        otherwise: 'acts at once; a second person reviews afterwards (R-3)',
      },
      decide({ reason: _sealed, ...clear }, _slice, { newId }) {
        return [{ type: 'DisclosureWithoutConsentMade', data: { ...clear, overrideId: newId }, seals: ['narrative'] }];
      },
    },
    ReviewOverride: {
      when: {
        by: ['SUP', 'NRM_COORD', 'DPO'],
        requires: ['case-exists', 'by-a-person'],
        limit: 'override.review',
        otherwise: 'NOT_UPHELD shuts the door from then on',
      },
      decide({ overrideId, result }, _slice, { facts, actor }) {
        const override = facts.overrides.find((o) => o.overrideId === overrideId);
        if (override === undefined) throw new Rejection('unknown', 'not-found', 'there is no such disclosure in this case');
        if (override.madeBy === actor) throw new Rejection('rule-broken', 'second-person-required', 'another person reviews');
        return override.review === undefined ? [{ type: 'OverrideReviewed', data: { overrideId, result } }] : [];
      },
    },
  },
  events: {
    ConsentGiven: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice) => slice,
      promote: (facts, { data, metadata }) => ({
        ...facts,
        consents: [
          ...facts.consents,
          {
            consentId: data.consentId, purpose: data.purpose, countries: data.countries ?? [], giver: data.giver, givenAt: metadata.occurredAt,
            ...(data.recipient === undefined ? {} : { recipient: data.recipient }),
            ...(data.expiresAt === undefined ? {} : { expiresAt: data.expiresAt }),
          },
        ],
      }),
    },
    ConsentWithdrawn: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice) => slice,
      promote: (facts, { data, metadata }) => changeConsent(facts, data.consentId, { withdrawnAt: metadata.occurredAt }),
    },
    DisclosureWithoutConsentMade: {
      schema: 1,
      sensitivity: 3,
      evolve: (slice) => slice,
      promote: (facts, { data, metadata }) => ({
        ...facts,
        overrides: [
          ...facts.overrides,
          { overrideId: data.overrideId, ground: data.ground, recipient: data.recipient, madeBy: metadata.actor, madeAt: metadata.occurredAt },
        ],
      }),
    },
    OverrideReviewed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice) => slice,
      promote: (facts, { data }) => ({
        ...facts,
        overrides: facts.overrides.map((o) => (o.overrideId === data.overrideId ? { ...o, review: data.result } : o)),
      }),
    },
  },
  duties: (_slice, { overrides }, { calendar, policy }) =>
    overrides
      .filter((o) => o.review === undefined)
      .map((o) => ({
        name: 'override-review', key: o.overrideId, dueAt: calendar.due(o.madeAt, policy.values['override.review']), owedBy: { role: 'SUP' },
      })),
});
