/**
 * What the country's policy asks of a formal decision: by which route, who sat in the commission, not before when, until when it
 * can be contested. Source: domain.md 2.2 A7, A8, A10, 2.9, appendix C 15; Latvia, Cabinet Regulation 344 p. 6.2, 9.
 */
import { type Context, Rejection } from '#kernel';
import { COMMISSION_PROFESSIONS, type Role } from '#mechanism';
import { moveOnFrom } from '../../shared/move-on.js';
import type { CaseWorld } from '../../shared/world.js';
import type { IdentificationSlice } from './slice.js';

/** COMMISSION: providers decide together. CERTIFICATE: police, prosecutor or court certify that she is a victim; nobody certifies the contrary. */
export const DECISION_ROUTES = ['COMMISSION', 'CERTIFICATE'] as const;
export type DecisionRoute = (typeof DECISION_ROUTES)[number];
/** Who may sit in a commission; which of them must, the policy says. */
export const COMMISSION_MEMBERS = [...COMMISSION_PROFESSIONS, 'POLICE_OFFICER'] as const;
export type CommissionMember = (typeof COMMISSION_MEMBERS)[number];
/** Why a supervisor admits it out of time. */
export const LATE_REASONS = ['LEARNED_LATE', 'NO_LEGAL_HELP', 'ILLNESS', 'WAS_NOT_SAFE', 'NEW_EVIDENCE'] as const;
export type LateReason = (typeof LATE_REASONS)[number];

interface Decision {
  readonly decision: 'IDENTIFIED' | 'REFUSED';
  readonly route?: DecisionRoute;
  readonly membersPresent?: readonly CommissionMember[];
}

/** Where a commission decides, every other authority certifies; elsewhere there is one way, which has no name. */
function routeOf({ route }: Decision, role: Role, { reference }: Context<CaseWorld>): DecisionRoute | undefined {
  const deciders = reference.policy.values['id.formal_deciders'];
  const commission = deciders.includes('NGO_COMMISSION');
  const taken = route ?? (commission ? (role === 'ID_AUTH' ? 'COMMISSION' : 'CERTIFICATE') : undefined);
  if (taken !== 'COMMISSION' || (commission && role === 'ID_AUTH')) return taken;
  throw new Rejection('not-allowed', 'decider-not-authorised', 'the country policy names no such commission', { roles: deciders });
}

/**
 * By which route it was decided, and who sat in the commission.
 * @throws Rejection when a commission lacks a profession that the policy names, or when a certificate would refuse
 */
export function routeTaken(body: Decision, role: Role, context: Context<CaseWorld>): { route?: DecisionRoute; membersPresent?: readonly CommissionMember[] } {
  const route = routeOf(body, role, context);
  if (route === undefined) return {};
  if (route === 'CERTIFICATE') {
    if (body.decision === 'IDENTIFIED') return { route };
    throw new Rejection('rule-broken', 'certificate-never-refuses', 'who has no certificate is not refused by it; the commission decides');
  }
  const present = body.membersPresent ?? [];
  const missing = context.reference.policy.values['id.commission_members'].filter((member) => !present.includes(member));
  if (missing.length === 0) return { route, membersPresent: present };
  throw new Rejection('rule-broken', 'commission-incomplete', 'the commission can not decide without them', { missing });
}

/** Some countries leave her time before anything final is decided. @throws Rejection before it is over */
export function checkEarliest({ presumedAt }: IdentificationSlice, { reference, occurredAt }: Context<CaseWorld>): void {
  const earliest = reference.policy.values['id.formal_earliest'];
  if (earliest === 'NONE' || presumedAt === undefined) return;
  const from = reference.calendar.due(presumedAt, earliest);
  if (occurredAt < from) throw new Rejection('rule-broken', 'decision-too-early', 'the country leaves the person time first', { from });
}

/**
 * Every refusal says until when it can be contested, and until when what runs goes on while the way out of it is planned (A8).
 * Both count from when it is recorded: no day that stands on it takes her time away before she hears of it.
 * @throws Rejection where the stated end is over already; without one, the days of the policy count from now
 */
export function afterRefusal(stated: string | undefined, { reference, now }: Context<CaseWorld>): { contestUntil: string; moveOnUntil: string } {
  const { calendar, policy } = reference;
  const contestUntil = stated === undefined ? calendar.due(now, policy.values['reconsider.days']) : new Date(stated).toISOString();
  if (contestUntil > now) return { contestUntil, moveOnUntil: moveOnFrom(now, reference) };
  throw new Rejection('invalid', 'contest-over', 'a refusal can still be contested when it is recorded: leave the day out', { errors: ['/contestUntil moment'] });
}

/**
 * A refusal is reconsidered in time, and where the country says so once. Out of time a supervisor admits it, with the reason.
 * Answers the reason where it counts.
 */
export function admitted(slice: IdentificationSlice, lateBecause: LateReason | undefined, { role, occurredAt, reference }: Context<CaseWorld>): { lateBecause?: LateReason } {
  const { values } = reference.policy;
  if (slice.refusalReconsidered && values['reconsider.once']) throw new Rejection('rule-broken', 'decision-final', 'the refusal was reconsidered once');
  const until = slice.contestUntil ?? (slice.refusedAt === undefined ? undefined : reference.calendar.due(slice.refusedAt, values['reconsider.days']));
  if (until === undefined || occurredAt <= until) return {};
  if (role !== 'SUP') throw new Rejection('rule-broken', 'out-of-time', 'a supervisor may admit it out of time');
  if (lateBecause === undefined) throw new Rejection('invalid', 'reason-missing', 'who admits it out of time says why');
  return { lateBecause };
}
