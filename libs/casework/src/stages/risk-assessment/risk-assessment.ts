/**
 * Risk assessment: one command with all answers, rated while it is decided; the result stands in clear, the answers are
 * sealed. Source: domain.md 4, 12.1.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import { type AnsweredRiskItem, RISK_LEVELS, type RiskInstrument, type RiskLevel, type RiskPurpose, type RiskResult } from '#mechanism';
import { type CaseFacts, type RiskFact, underMinorRules } from '../../shared/facts.js';
import { onlyBroughtIn, receives } from '../../shared/taking-part.js';
import { latest } from '../../shared/moments.js';
import { restsOnProvisional } from '../../shared/provisional.js';
import { isValid } from '../../shared/risk.js';
import { type CaseWorld, caseStage } from '../../shared/world.js';
import {
  type ReassessmentCommands, reassessmentCommands, reassessmentDuties, type ReassessmentEvents, reassessmentEvents,
} from './reassessment.js';
import { type SafetyPlanCommands, safetyPlanCommands, safetyPlanDuty, type SafetyPlanEvents, safetyPlanEvents } from './safety-plan.js';
import { NO_RISK, type RiskSlice, riskShown } from './slice.js';

/** FULL: RA-1 with the person or on observation. FIRST: the two questions. DESK: from what is on file, without the person. */
export const RISK_FORMS = ['FULL', 'FIRST', 'DESK'] as const;
export type RiskForm = (typeof RISK_FORMS)[number];
export const RETURN_HALVES = ['SENDING', 'RECEIVING'] as const;
export type ReturnHalf = (typeof RETURN_HALVES)[number];

export interface AssessRisk {
  purpose: RiskPurpose;
  /** Which half of a RETURN assessment. */
  half?: ReturnHalf;
  form: RiskForm;
  answers: Personal<readonly AnsweredRiskItem[], 'assessment'>;
  /** The person's own concerns, and the view of who asked. */
  concerns?: Personal<string, 'narrative'>;
}
export interface LowerRiskByProtectiveFactors {
  assessmentId: string;
  /** Which factors protect the person, and why they hold. */
  reason: Personal<string, 'narrative'>;
}

/**
 * How much danger the answers speak of, at the instrument version in the metadata, and until when that may be relied on.
 * Not: which answers, nor that anything was done about it.
 */
export type RiskAssessed = Clear<AssessRisk> &
  RiskResult & {
    assessmentId: string;
    validUntil: string;
    /** The instrument or the validity is not confirmed by a source. */
    provisional: boolean;
  };
/** A second person took the level down one band because something protects the person. Never for longer than before. */
export interface RiskLoweredByProtectiveFactors {
  assessmentId: string;
  overall: RiskLevel;
}

interface Commands extends ReassessmentCommands, SafetyPlanCommands {
  AssessRisk: AssessRisk;
  LowerRiskByProtectiveFactors: LowerRiskByProtectiveFactors;
}
interface Events extends ReassessmentEvents, SafetyPlanEvents {
  RiskAssessed: RiskAssessed;
  RiskLoweredByProtectiveFactors: RiskLoweredByProtectiveFactors;
}

function broken(code: string, message: string): Rejection {
  return new Rejection('rule-broken', code, message);
}

function checkAnswers({ answers }: AssessRisk, { reference }: Context<CaseWorld>): void {
  if (answers.some(({ item }) => !reference.instrument.has(item)))
    throw broken('risk-item-unknown', 'the instrument has no such item');
  if (new Set(answers.map(({ item }) => item)).size < answers.length) {
    throw broken('risk-item-repeated', 'an item is answered once');
  }
  const scales = answers.filter((answer) => answer.answer === 'SCORED') as readonly {
    likelihood?: number;
    impact?: number;
  }[];
  if (scales.some(({ likelihood, impact }) => likelihood === undefined || impact === undefined)) {
    throw broken('risk-item-incomplete', 'a scored item has a likelihood and an impact');
  }
}

/** The two questions must have been put; the person may refuse to answer them. */
function putBothQuestions(answers: AssessRisk['answers'], questions: readonly string[]): boolean {
  const put = (item: string): boolean => answers.some((given) => given.item === item && given.answer !== 'NOT_ASKED');
  return questions.every(put);
}

function checkForm({ form, purpose, half, answers }: AssessRisk, { firstForm }: RiskInstrument): void {
  if ((purpose === 'RETURN') !== (half !== undefined))
    throw broken('return-half-missing', 'a RETURN assessment is of one half, and only it');
  if (form === 'FIRST' && purpose !== 'INITIAL')
    throw broken('form-does-not-fit', 'the two-question form is for the first contact');
  if (form === 'FIRST' && !putBothQuestions(answers, firstForm))
    throw broken('first-form-incomplete', 'both questions must be put');
  if (form === 'DESK' && purpose !== 'REVIEW' && purpose !== 'CLOSURE') {
    throw broken('form-does-not-fit', 'without the person a risk is only reviewed, or a case closed');
  }
}

/** INV-4: two halves by two houses. Who receives her writes the half of its place, and no other partner writes of either. */
function checkHouse({ half }: AssessRisk, { facts, organisation }: Context<CaseWorld>): void {
  const isIts = half === 'RECEIVING' ? receives(facts, organisation) : half === undefined || !onlyBroughtIn(facts, organisation);
  if (!isIts) throw new Rejection('not-allowed', 'role-not-allowed', 'each half of a return is assessed by the house whose place it is about');
}

/** a closure or a return does not rest on what nobody asked; a person who can not be asked is closed from the desk. */
function checkCore({ purpose, form }: AssessRisk, { coreComplete }: RiskResult): void {
  const needed = purpose === 'RETURN' || (purpose === 'CLOSURE' && form !== 'DESK');
  if (needed && !coreComplete) throw broken('core-items-missing', 'this purpose needs an answer to every core item');
}

function asFact(data: RiskAssessed, assessedAt: string, facts: CaseFacts): RiskFact {
  const { assessmentId, purpose, half, form, overall, redFlag, coreComplete, validUntil } = data;
  return {
    assessmentId,
    purpose,
    form,
    overall,
    redFlag,
    coreComplete,
    assessedAt,
    validUntil,
    under: { minor: underMinorRules(facts), identification: facts.identification, arrived: facts.arrived },
    ...(half === undefined ? {} : { half }),
  };
}

/** Keeps the newest of each purpose, half and form, also when an older one is recorded late. */
function withRisk(risks: readonly RiskFact[], fact: RiskFact): readonly RiskFact[] {
  const alike = (risk: RiskFact): boolean =>
    risk.purpose === fact.purpose && risk.half === fact.half && risk.form === fact.form;
  const newer = risks.some((risk) => alike(risk) && risk.assessedAt > fact.assessedAt);
  return newer ? risks : [...risks.filter((risk) => !alike(risk)), fact];
}

/** One band down: never a red flag, never CRITICAL, never LOW without the core items, never twice. */
function lowered(risk: RiskFact | undefined, slice: RiskSlice, { now, actor }: Context<CaseWorld>): RiskLevel | undefined {
  const made = risk && slice.made[risk.assessmentId];
  if (risk === undefined || made === undefined)
    throw new Rejection('unknown', 'not-found', 'there is no such assessment in this case');
  if (made.lowered) return undefined;
  if (made.actor === actor) throw broken('second-person-required', 'another person approves');
  if (!isValid(risk, now)) throw broken('risk-expired', 'the assessment is expired');
  if (risk.redFlag || risk.overall === 'CRITICAL')
    throw broken('critical-risk-stays', 'a red flag or a CRITICAL level is never lowered');
  const level = RISK_LEVELS[RISK_LEVELS.indexOf(risk.overall) - 1];
  if (level === undefined) throw broken('lowest-risk-already', 'there is no lower level');
  if (level === 'LOW' && !risk.coreComplete)
    throw broken('core-items-missing', 'LOW needs an answer to every core item');
  return level;
}

/** A new look answers what happened before it; the receiving half of a return looks at another place. */
function answered({ pending, lookedAt }: RiskSlice, { half, form }: RiskAssessed, assessedAt: string): Partial<RiskSlice> {
  if (half === 'RECEIVING' || form === 'FIRST') return {};
  return { pending: pending.filter(({ at }) => at > assessedAt), lookedAt: latest(lookedAt, assessedAt) ?? assessedAt };
}

function isLed({ assistance, erasure }: CaseFacts): boolean {
  return erasure === 'NONE' && (assistance === 'OPEN_INTAKE' || assistance === 'ACTIVE' || assistance === 'FOLLOW_UP');
}

export const riskAssessment = caseStage<RiskSlice, Commands, Events>({
  name: 'risk-assessment',
  initial: NO_RISK,
  commands: {
    ...reassessmentCommands,
    ...safetyPlanCommands,
    AssessRisk: {
      when: {
        by: ['CM', 'DETECT', 'SP', 'CP_AUTH', 'NRM_COORD', 'RET_ORG', 'HEALTH'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
        limit: 'risk.validity',
        otherwise: 'what the person does not want to answer is REFUSED and lowers nothing; help goes on',
      },
      decide(body, _slice, context) {
        checkAnswers(body, context);
        checkForm(body, context.reference.instrument);
        checkHouse(body, context);
        const { facts, reference, newId, occurredAt } = context;
        const { answers, concerns, ...clear } = body;
        const result = reference.instrument.rate(body.purpose, underMinorRules(facts), answers);
        checkCore(body, result);
        const validUntil = reference.calendar.due(occurredAt, reference.policy.values['risk.validity'][result.overall]);
        const provisional = !reference.instrument.verified || restsOnProvisional(reference, 'risk.validity');
        const seals = concerns === undefined ? (['assessment'] as const) : (['assessment', 'narrative'] as const);
        return [
          { type: 'RiskAssessed', data: { ...clear, ...result, assessmentId: newId, validUntil, provisional }, seals },
        ];
      },
    },
    LowerRiskByProtectiveFactors: {
      when: {
        by: ['SUP'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'not-from-a-partner', 'by-a-person'],
        otherwise: 'the level stays as it was rated',
      },
      decide({ assessmentId }, slice, context) {
        const overall = lowered(
          context.facts.risks.find((risk) => risk.assessmentId === assessmentId),
          slice,
          context,
        );
        if (overall === undefined) return [];
        return [{ type: 'RiskLoweredByProtectiveFactors', data: { assessmentId, overall }, seals: ['narrative'] }];
      },
    },
  },
  events: {
    ...reassessmentEvents,
    ...safetyPlanEvents,
    RiskAssessed: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data, metadata }) => ({
        ...slice,
        made: { ...slice.made, [data.assessmentId]: { actor: metadata.actor, lowered: false } },
        ...answered(slice, data, metadata.occurredAt),
      }),
      promote: (facts, { data, metadata }) => ({
        ...facts,
        risks: withRisk(facts.risks, asFact(data, metadata.occurredAt, facts)),
      }),
    },
    RiskLoweredByProtectiveFactors: {
      schema: 1,
      sensitivity: 2,
      evolve: (slice, { data: { assessmentId } }) => ({
        ...slice,
        made: { ...slice.made, [assessmentId]: { actor: slice.made[assessmentId]?.actor ?? '', lowered: true } },
      }),
      promote: (facts, { data: { assessmentId, overall } }) => ({
        ...facts,
        risks: facts.risks.map((risk) => (risk.assessmentId === assessmentId ? { ...risk, overall } : risk)),
      }),
    },
  },
  view: (slice, _facts, viewer) => riskShown(slice, viewer),
  duties: (slice, facts, reference) =>
    isLed(facts) ? [...reassessmentDuties(slice, facts), ...safetyPlanDuty(slice, facts, reference)] : [],
});
