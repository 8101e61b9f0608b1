/**
 * Age, identity, basic needs and interpretation: each recorded on its own, none a precondition of help.
 * Source: domain.md 2.2 A2-A3, 2.1 M6, 8.1, 12.1, INV-9.
 */
import { type Clear, type Context, type DerivedParts, type Personal, Rejection } from '#kernel';
import type { AgeBand, ConsentPurpose, PolicyValues, Role } from '#mechanism';
import { localDate, majorityDay, type SealedMajority } from '../../shared/coming-of-age.js';
import { byAnother, liveConsent, spokenUntil } from '../../shared/consents.js';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { withAge } from '../../shared/kept.js';
import { type CaseWorld, type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import type { IntakeSlice } from './case-manager.js';
import { routing } from './routing.js';

export const AGE_STATUSES = ['CLAIMED', 'DOCUMENTED', 'DISPUTED'] as const;
export type AgeStatus = (typeof AGE_STATUSES)[number];
export const BASIC_NEEDS = ['FOOD', 'CLOTHING', 'URGENT_CARE', 'SAFE_PLACE', 'SLEEP', 'HYGIENE', 'CONTACT'] as const;
export type BasicNeed = (typeof BASIC_NEEDS)[number];
export const INTERPRETATION_MODES = ['IN_PERSON', 'REMOTE', 'CULTURAL_MEDIATOR', 'SIGN_LANGUAGE'] as const;
export type InterpretationMode = (typeof INTERPRETATION_MODES)[number];

export interface RecordAge {
  ageBand: AgeBand;
  ageStatus: AgeStatus;
  /** Which document, who assessed. */
  evidence?: Personal<string, 'evidence'>;
}
export interface RecordIdentity {
  /** Named provision of law, where a public body records without consent. */
  legalProvision?: string;
  name?: Personal<string, 'identity'>;
  dateOfBirth?: Personal<string, 'identity'>;
  personalNumber?: Personal<string, 'identity'>;
  documentNumber?: Personal<string, 'identity'>;
  phone?: Personal<string, 'contact'>;
  address?: Personal<string, 'contact'>;
  /** When and how the person can be reached without harm. */
  safeContact?: Personal<string, 'contact'>;
}
export interface RecordBasicNeeds {
  met: readonly BasicNeed[];
  /** What the person did not want. Recorded, never a reason to close. */
  refused: readonly BasicNeed[];
}
export interface RecordInterpreter {
  mode: InterpretationMode;
  language: Personal<string, 'contact'>;
}

export const IDENTITY_FIELDS = ['name', 'dateOfBirth', 'personalNumber', 'documentNumber', 'phone', 'address', 'safeContact'] as const;
export type IdentityField = (typeof IDENTITY_FIELDS)[number];
export type IdentityBasis = 'CONSENT' | 'LEGAL_PROVISION' | 'CHILD_PROTECTION_DUTY';

/** How old the person is held to be, and on what. Not: that anyone proved it, unless DOCUMENTED. DISPUTED makes a minor. */
export type AgeRecorded = Clear<RecordAge> & {
  /** Who is told because minor rules hold from now on. */
  routedTo?: readonly string[];
};
/** Which identity fields lie in the vault from now on, and on what ground. Not: their values, nor that they were checked. */
export interface IdentityRecorded {
  fieldsPresent: readonly IdentityField[];
  basis: IdentityBasis;
  legalProvision?: string;
}
/** Food, a bed, a doctor: what was given and what the person refused. Not: a service episode, nor an end of the need. */
export type BasicNeedsMet = RecordBasicNeeds;
/** An interpreter or mediator was there. Not: that everything was understood. */
export type InterpreterProvided = Clear<RecordInterpreter>;

export interface PersonCommands {
  RecordAge: RecordAge;
  RecordIdentity: RecordIdentity;
  RecordBasicNeeds: RecordBasicNeeds;
  RecordInterpreter: RecordInterpreter;
}
export interface PersonEvents {
  AgeRecorded: AgeRecorded;
  IdentityRecorded: IdentityRecorded;
  BasicNeedsMet: BasicNeedsMet;
  InterpreterProvided: InterpreterProvided;
}

const IN_CONTACT: readonly Role[] = [
  'DETECT', 'CM', 'SP', 'LE', 'PROS', 'LAB', 'BORDER', 'IMM', 'CONS', 'HEALTH', 'LEGAL', 'CP_AUTH', 'RET_ORG', 'NRM_COORD', 'ID_AUTH',
];

/** What an adult agrees to by which identity may be written down, as the country has it. */
const AGREED_TO: Readonly<Record<PolicyValues['notify.adult_identity'], readonly ConsentPurpose[]>> = {
  CONSENT: ['IDENTITY_RECORDING'],
  CONSENT_OR_LEGAL_BASIS: ['IDENTITY_RECORDING'],
  WITH_APPLICATION: ['IDENTITY_RECORDING', 'FORMAL_IDENTIFICATION_REQUEST'],
};

/** The ground on which identity may be written down. @throws Rejection when there is none */
function identityBasis({ legalProvision }: RecordIdentity, { facts, organisation, reference, now }: Context<CaseWorld>): IdentityBasis {
  if (underMinorRules(facts)) return 'CHILD_PROTECTION_DUTY';
  const rule = reference.policy.values['notify.adult_identity'];
  if (legalProvision !== undefined && rule === 'CONSENT_OR_LEGAL_BASIS') {
    if (reference.organisations.get(organisation)?.kind !== 'NGO') return 'LEGAL_PROVISION';
    throw new Rejection('rule-broken', 'provision-needs-public-body', 'an organisation that is no public body needs consent');
  }
  const agreed = AGREED_TO[rule].some((purpose) => [undefined, organisation].some((recipient) => liveConsent(facts, purpose, recipient, now) !== undefined));
  if (agreed) return 'CONSENT';
  throw new Rejection('rule-broken', 'identity-without-basis', 'identity of an adult needs live consent or a named provision of law');
}

function identitySeals(fields: readonly IdentityField[]) {
  const contact = fields.some((f) => f === 'phone' || f === 'address' || f === 'safeContact');
  const identity = fields.some((f) => f !== 'phone' && f !== 'address' && f !== 'safeContact');
  return [...(identity ? (['identity'] as const) : []), ...(contact ? (['contact'] as const) : [])];
}

/** The day of majority goes with the date of birth of whoever is a child by rule or by that date. */
function majorityOf({ dateOfBirth }: RecordIdentity, { facts, reference: { policy }, now }: Context<CaseWorld>): DerivedParts {
  if (dateOfBirth === undefined) return {};
  const majority: SealedMajority = { day: majorityDay(dateOfBirth, policy) };
  return underMinorRules(facts) || majority.day > localDate(now, policy) ? { majority: { ...majority } } : {};
}

/** What an organisation says of a date of birth takes the place of what it said before. */
function majorityDays({ majorityDays: known }: CaseFacts, organisation: string, sealed: { readonly reference: string } | undefined): CaseFacts['majorityDays'] {
  const others = known.filter((one) => one.organisation !== organisation);
  return sealed === undefined ? others : [...others, { organisation, reference: sealed.reference }];
}

/** Neither a claim nor a code makes a minor an adult: doubt makes a child until somebody saw a document or an assessment (INV-9). */
function checkAdulthood({ ageBand, ageStatus, evidence }: RecordAge, { facts, human }: Context<CaseWorld>): void {
  if (!underMinorRules(facts) || underMinorRules({ ...facts, ageBand, ageStatus })) return;
  if (ageStatus === 'CLAIMED' || evidence === undefined) {
    throw new Rejection('rule-broken', 'age-needs-document', 'minor rules end with a document or an assessment that is named, never with a claim');
  }
  if (!human) throw new Rejection('rule-broken', 'human-required', 'who says that a child is none saw on what');
}

/** A person who is held to be a child from now on is told to whoever protects children there, as if it had been notified so. */
function routedAs(child: CaseFacts, context: Context<CaseWorld>): { readonly routedTo?: readonly string[] } {
  if (underMinorRules(context.facts) || !underMinorRules(child)) return {};
  const others = routing(child, context).filter((id) => !child.routedTo.includes(id));
  return others.length === 0 ? {} : { routedTo: others };
}

export const personCommands: CommandTable<IntakeSlice, PersonCommands, PersonEvents> = {
  RecordAge: {
    when: {
      by: IN_CONTACT,
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'a disputed age means minor rules until it is assessed',
    },
    decide(body, _slice, context) {
      checkAdulthood(body, context);
      const { evidence, ...clear } = body;
      const { facts } = context;
      const same = facts.ageBand === clear.ageBand && facts.ageStatus === clear.ageStatus;
      if (same && evidence === undefined) return [];
      return [{ type: 'AgeRecorded', data: { ...clear, ...routedAs({ ...facts, ...clear }, context) }, ...(evidence === undefined ? {} : { seals: ['evidence'] as const }) }];
    },
  },
  RecordIdentity: {
    when: {
      by: IN_CONTACT,
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'no identity is kept; help goes on (R-1)',
    },
    decide(body, _slice, context) {
      const fieldsPresent = IDENTITY_FIELDS.filter((field) => body[field] !== undefined);
      if (fieldsPresent.length === 0) throw new Rejection('invalid', 'identity-empty', 'no identity field is given');
      const basis = identityBasis(body, context);
      const provision = basis === 'LEGAL_PROVISION' && body.legalProvision !== undefined ? { legalProvision: body.legalProvision } : {};
      const derived = majorityOf(body, context);
      const also = derived.majority === undefined ? { seals: identitySeals(fieldsPresent) } : { seals: [...identitySeals(fieldsPresent), 'majority' as const], derived };
      return [{ type: 'IdentityRecorded', data: { fieldsPresent, basis, ...provision }, ...also }];
    },
  },
  RecordBasicNeeds: {
    when: {
      by: IN_CONTACT,
      firstContact: true,
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'the person may refuse any item; it is recorded and nothing is closed',
    },
    decide(body) {
      return body.met.length + body.refused.length === 0 ? [] : [{ type: 'BasicNeedsMet', data: body }];
    },
  },
  RecordInterpreter: {
    when: {
      by: IN_CONTACT,
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'the person may ask for another',
    },
    decide({ mode }) {
      return [{ type: 'InterpreterProvided', data: { mode }, seals: ['contact'] }];
    },
  },
};

export const personEvents: EventTable<IntakeSlice, PersonEvents> = {
  AgeRecorded: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data: { ageBand, ageStatus, routedTo = [] }, metadata: { occurredAt } }) {
      const aged = withAge({ ...facts, ageBand, ageStatus, routedTo: [...facts.routedTo, ...routedTo] }, occurredAt);
      return underMinorRules(aged) ? aged : { ...aged, consents: spokenUntil(facts.consents, byAnother, occurredAt) };
    },
  },
  IdentityRecorded: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote: (facts, { data, metadata }) => ({
      ...facts,
      identityRecorded: true,
      ...(data.fieldsPresent.includes('dateOfBirth') ? { majorityDays: majorityDays(facts, metadata.organisation, data.personal?.majority) } : {}),
    }),
  },
  BasicNeedsMet: { schema: 1, sensitivity: 2, evolve: (slice) => ({ ...slice, needsSeenTo: true }) },
  InterpreterProvided: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote: (facts) => ({ ...facts, interpreterProvided: true }),
  },
};
