/**
 * What must hold whenever a return goes a step on, looked at anew each time: who is told is there, the person agrees to it and
 * to its country, and no danger speaks against it. Source: domain.md 4.3, 6.3 T3, T10, INV-4, 12.1 R-16.
 */
import { type Context, Rejection } from '#kernel';
import { type Organisation, RISK_LEVELS, type RiskLevel } from '#mechanism';
import { liveConsent } from '../../shared/consents.js';
import { type CaseFacts, type RiskFact, underMinorRules } from '../../shared/facts.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import type { CaseWorld } from '../../shared/world.js';
import type { Return } from './slice.js';

type Party = 'operator' | 'receiver';
export const BOTH = ['operator', 'receiver'] as const satisfies readonly Party[];

/**
 * INV-4: no minor returns without a best-interests determination, which can not be recorded yet. Asked again before approval
 * and departure: an age can be disputed, or a document found, after the return was requested (INV-9).
 */
export function checkAdult(facts: CaseFacts): void {
  if (underMinorRules(facts)) throw new Rejection('rule-broken', 'not-yet-supported', 'the return of a minor can not be recorded yet');
}

/** The directory's entry of an organisation of the return. @throws Rejection `recipient-unknown` where it is none, or suspended */
export function activeEntry(id: string, { reference }: Context<CaseWorld>): Organisation {
  const entry = reference.organisations.get(id);
  if (entry?.status === 'ACTIVE') return entry;
  throw new Rejection('rule-broken', 'recipient-unknown', 'an organisation of the return is not an active entry of the directory');
}

/** T3: she agreed to each of these bodies, and across a border to its country too. @throws Rejection `consent-missing` */
export function checkAgreed(one: Return, parties: readonly Party[], context: Context<CaseWorld>): void {
  const { facts, now } = context;
  for (const recipientField of parties) {
    const recipient = one[recipientField];
    const { country } = activeEntry(recipient, context);
    const missing = (purpose: 'RETURN' | 'CROSS_BORDER') =>
      new Rejection('rule-broken', 'consent-missing', `no live consent for ${purpose}`, { purpose, recipientField });
    if (liveConsent(facts, 'RETURN', recipient, now) === undefined) throw missing('RETURN');
    if (country !== facts.country && liveConsent(facts, 'CROSS_BORDER', recipient, now, country) === undefined) throw missing('CROSS_BORDER');
  }
}

/** The valid half of the RETURN assessment. @throws Rejection `risk-missing` or `risk-expired` */
export function validHalf(half: 'SENDING' | 'RECEIVING', { facts, now }: Context<CaseWorld>): RiskFact {
  const found = facts.risks.find((risk) => risk.purpose === 'RETURN' && risk.half === half);
  if (found === undefined) throw new Rejection('rule-broken', 'risk-missing', `the ${half.toLowerCase()} half of the risk assessment is missing`);
  if (!isValid(found, now)) throw new Rejection('rule-broken', 'risk-expired', `the ${half.toLowerCase()} half of the risk assessment expired`);
  return found;
}

const rank = ({ overall }: RiskFact): number => RISK_LEVELS.indexOf(overall);

/** The danger where she is: the sending half, or what a later look for another purpose says, if that is as bad or worse (4.3). */
function dangerHere(context: Context<CaseWorld>): RiskFact {
  const half = validHalf('SENDING', context);
  const newest = newestRisk(context.facts, ['FULL', 'FIRST', 'DESK']) ?? half;
  return rank(newest) >= rank(half) ? newest : half;
}

/** The higher of the two sides. @throws Rejection when a half is missing or expired (INV-4) */
export function returnRisk(context: Context<CaseWorld>): RiskLevel {
  const levels = [dangerHere(context).overall, validHalf('RECEIVING', context).overall];
  return RISK_LEVELS.findLast((level) => levels.includes(level)) ?? 'CRITICAL';
}

/** The assessments that are HIGH now, by the name under which an override names them. */
export function highHalves(context: Context<CaseWorld>): { sendingAssessmentId?: string; receivingAssessmentId?: string } {
  const [sending, receiving] = [dangerHere(context), validHalf('RECEIVING', context)];
  return {
    ...(sending.overall === 'HIGH' ? { sendingAssessmentId: sending.assessmentId } : {}),
    ...(receiving.overall === 'HIGH' ? { receivingAssessmentId: receiving.assessmentId } : {}),
  };
}

/** CRITICAL is never carried, by whomever. */
export function checkNotCritical(level: RiskLevel): void {
  if (level === 'CRITICAL') throw new Rejection('rule-broken', 'return-risk-critical', 'a return at CRITICAL risk is never approved');
}

/**
 * Whether an adult's risk allows the return: MEDIUM at most, or HIGH where who overrode it had these very assessments in hand:
 * another HIGH is another risk. CRITICAL never.
 */
export function checkDanger(context: Context<CaseWorld>, { overridden = [] }: Return): void {
  checkAdult(context.facts);
  const level = returnRisk(context);
  checkNotCritical(level);
  if (level === 'HIGH' && !Object.values(highHalves(context)).every((id) => overridden.includes(id))) {
    throw new Rejection('rule-broken', 'return-risk-high', 'a HIGH risk needs an override by the operator');
  }
}

/** The same, said by another person than the one who overrode a HIGH risk. */
export function checkReturnRisk(context: Context<CaseWorld>, one: Return): void {
  checkDanger(context, one);
  if (returnRisk(context) === 'HIGH' && one.overriddenBy === context.actor) {
    throw new Rejection('rule-broken', 'second-person-required', 'another person approves');
  }
}
