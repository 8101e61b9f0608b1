/**
 * Closing a case: one person proposes, another approves, and a valid risk assessment says that it may end. Reopening is the
 * same stream going on. Source: domain.md 2.4 C6-C8, 7.6, INV-3, INV-6, 12.1.
 */
import { type Clear, type Context, type Envelope, type Personal, Rejection } from '#kernel';
import type { ServiceCode } from '#mechanism';
import { checkSought } from '../../shared/contact.js';
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import { cameToNothing } from '../../shared/holders.js';
import { movesOnUntil } from '../../shared/move-on.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import { type CaseWorld, caseStage, unchanged } from '../../shared/world.js';

export const CLOSURE_REASONS = [
  'GOALS_MET', 'MAX_DURATION', 'NOT_ELIGIBLE', 'PERSON_WITHDREW', 'RELOCATED', 'LEFT_COUNTRY', 'LOST_CONTACT', 'DECEASED', 'PROVIDER_UNABLE', 'DUPLICATE', 'ERROR',
] as const;
export type ClosureReason = (typeof CLOSURE_REASONS)[number];
export const REOPENING_REASONS = ['RETRAFFICKED', 'NEW_NEED', 'CONTACT_RESUMED', 'COURT_SUMMONS', 'RETURNED_FROM_ABROAD', 'ERROR'] as const;
export type ReopeningReason = (typeof REOPENING_REASONS)[number];

export interface ProposeClosure {
  reason: ClosureReason;
  unmetNeeds: readonly ServiceCode[];
  /** The person was offered a last conversation, and told how long data is kept. */
  interviewOffered: boolean;
  retentionExplained: boolean;
  summary: Personal<string, 'narrative'>;
}
export interface ApproveClosure {
  proposalId: string;
}
export interface RejectClosure {
  proposalId: string;
  reason: Personal<string, 'narrative'>;
}
export interface ReopenCase {
  reason: ReopeningReason;
}

/** One person holds that the case may end. Nothing changes for the person yet. */
export type ClosureProposed = Clear<ProposeClosure> & { proposalId: string };
/** The proposal was not approved; the case goes on. */
export interface ClosureRejected {
  proposalId: string;
}
/** Two people agreed that the case ends, for this reason, with these needs unmet. Not: that help may not be asked for again. */
export interface CaseClosed {
  proposalId: string;
  reason: ClosureReason;
  unmetNeeds: readonly ServiceCode[];
}
/** The case goes on. Whoever reopened it leads it until a case manager is assigned. */
export type CaseReopened = ReopenCase;

interface Commands {
  ProposeClosure: ProposeClosure;
  ApproveClosure: ApproveClosure;
  RejectClosure: RejectClosure;
  ReopenCase: ReopenCase;
}
interface Events {
  ClosureProposed: ClosureProposed;
  ClosureRejected: ClosureRejected;
  CaseClosed: CaseClosed;
  CaseReopened: CaseReopened;
}
type Proposal = Pick<ClosureProposed, 'proposalId' | 'reason' | 'unmetNeeds'> & { readonly by: string };
interface Slice {
  readonly proposal?: Proposal;
}

/** the person can not be asked any more; what is on file must do. */
const FROM_THE_DESK: readonly ClosureReason[] = ['DECEASED', 'LOST_CONTACT', 'PERSON_WITHDREW'];
/** Nobody to talk to, or nobody's case. */
const WITHOUT_A_TALK: readonly ClosureReason[] = [...FROM_THE_DESK, 'DUPLICATE', 'ERROR'];
/** Those who help end it, not the person: nobody is let go into a danger that they know (7.6: onward referral first). */
const BY_THE_HELPERS: readonly ClosureReason[] = ['GOALS_MET', 'MAX_DURATION', 'PROVIDER_UNABLE'];

const broken = (code: string, why: string, details?: Rejection['details']): Rejection => new Rejection('rule-broken', code, why, details);

/** INV-3, R-2. @throws Rejection when no valid assessment lets the case end */
function checkRisk(reason: ClosureReason, { facts, now }: Context<CaseWorld>): void {
  const fromTheDesk = FROM_THE_DESK.includes(reason);
  const risk = newestRisk(facts, fromTheDesk ? ['FULL', 'DESK'] : ['FULL']);
  if (risk === undefined) throw broken('risk-missing', 'closing needs a risk assessment');
  if (!isValid(risk, now)) throw broken('risk-expired', 'the risk assessment is expired');
  if (!fromTheDesk && !risk.coreComplete) throw broken('core-items-missing', 'closing rests on an answer to every core item');
  const calm = risk.overall === 'LOW' || risk.overall === 'MEDIUM';
  if (BY_THE_HELPERS.includes(reason) && !calm) throw broken('risk-too-high', 'helpers do not end a case while the risk is high');
}

/** 7.6. @throws Rejection when the person was offered no last conversation, or not told how long data is kept */
function checkTalk({ reason, interviewOffered, retentionExplained }: Clear<ProposeClosure>): void {
  if (WITHOUT_A_TALK.includes(reason)) return;
  const missing = Object.entries({ interviewOffered, retentionExplained }).filter(([, done]) => !done).map(([field]) => field);
  if (missing.length > 0) throw broken('closure-not-talked-over', 'closing is talked over with the person first', { missing });
}

/** Whether somebody said yes and helps, or is about to. */
const helps = ({ engagements, openServices }: CaseFacts): boolean =>
  engagements.some(({ through, scope, until }) => scope === 'FULL' && until === undefined && openServices.includes(through));

/**
 * INV-6: what a refusal or a decline may not do, a closure may not do either; nobody is closed away from running help. A
 * request that nobody answered may be open where the case stands twice or the person died: the clock takes it back.
 */
function checkServices(reason: ClosureReason, context: Context<CaseWorld>): void {
  const { openServices } = context.facts;
  const until = reason === 'NOT_ELIGIBLE' ? movesOnUntil(context) : undefined;
  if (until !== undefined) throw broken('move-on-running', 'what runs goes on for a while after a refusal', { until });
  if (reason === 'DECEASED' || openServices.length === 0 || (reason === 'DUPLICATE' && !helps(context.facts))) return;
  throw broken('services-open', 'services or referrals are open', { open: openServices.length });
}

function theProposal({ proposal }: Slice, proposalId: string): Proposal {
  if (proposal?.proposalId === proposalId) return proposal;
  throw new Rejection('unknown', 'not-found', 'there is no such proposal');
}

/**
 * Those who led the case keep it for follow-up; all other work on it is over. How long her data is kept counts from when it
 * was recorded: what destroys does not rest on a day that somebody states.
 */
function closed(facts: CaseFacts, closing: Envelope): CaseFacts {
  const isOver = ({ role, scope }: Engagement): boolean => role !== 'CM' || scope === 'OFFER';
  return { ...cameToNothing(facts, closing, isOver), assistance: 'CLOSED', kept: { ...facts.kept, closedAt: closing.recordedAt } };
}

function reopened(facts: CaseFacts, organisation: string, since: string): CaseFacts {
  const leads = facts.engagements.some((e) => e.role === 'CM' && e.organisation === organisation && e.until === undefined);
  const leader = leads ? [] : [{ organisation, role: 'CM', scope: 'FULL', through: 'reopening', since } as const];
  const { closedAt: _over, ...kept } = facts.kept;
  return { ...facts, assistance: 'ACTIVE', kept, engagements: [...facts.engagements, ...leader] };
}

export const closure = caseStage<Slice, Commands, Events>({
  name: 'closure',
  initial: {},
  stateOf: ({ proposal }, _body, { assistance }) => (assistance === 'CLOSED' || proposal === undefined ? assistance : 'PROPOSED'),
  commands: {
    ProposeClosure: {
      when: {
        from: ['OPEN_INTAKE', 'ACTIVE', 'FOLLOW_UP'], by: ['CM', 'CP_AUTH'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'by-a-person'],
        otherwise: 'the case goes on',
      },
      decide({ summary: _sealed, ...clear }, _slice, context) {
        checkTalk(clear);
        if (clear.reason === 'LOST_CONTACT') checkSought(context, context.now);
        checkRisk(clear.reason, context);
        checkServices(clear.reason, context);
        return [{ type: 'ClosureProposed', data: { ...clear, proposalId: context.newId }, seals: ['narrative'] }];
      },
    },
    ApproveClosure: {
      when: {
        from: ['PROPOSED'], by: ['SUP', 'NRM_COORD', 'CP_AUTH'],
        requires: ['not-erased', 'not-from-a-partner', 'by-a-person', 'since-notified'],
        otherwise: 'rejected with a reason; the person may object',
      },
      decide({ proposalId }, slice, context) {
        const { by, reason, unmetNeeds } = theProposal(slice, proposalId);
        if (by === context.actor) throw broken('second-person-required', 'another person approves');
        if (reason === 'LOST_CONTACT') checkSought(context);
        checkRisk(reason, context);
        checkServices(reason, context);
        return [{ type: 'CaseClosed', data: { proposalId, reason, unmetNeeds } }];
      },
    },
    RejectClosure: {
      when: { from: ['PROPOSED'], by: ['SUP', 'NRM_COORD', 'CP_AUTH'], requires: ['not-erased', 'not-from-a-partner', 'by-a-person'], otherwise: 'the proposal stands until somebody decides' },
      decide({ proposalId }, slice) {
        theProposal(slice, proposalId);
        return [{ type: 'ClosureRejected', data: { proposalId }, seals: ['narrative'] }];
      },
    },
    ReopenCase: {
      when: { from: ['CLOSED'], by: ['CM', 'NRM_COORD', 'PERSON', 'CP_AUTH'], requires: ['not-erased'], otherwise: 'a new case' },
      decide: (body) => [{ type: 'CaseReopened', data: body }],
    },
  },
  events: {
    ClosureProposed: {
      schema: 1,
      sensitivity: 2,
      evolve: (_slice, { data: { proposalId, reason, unmetNeeds }, metadata }) => ({ proposal: { proposalId, reason, unmetNeeds, by: metadata.actor } }),
    },
    ClosureRejected: { schema: 1, sensitivity: 2, evolve: () => ({}) },
    CaseClosed: {
      schema: 1,
      sensitivity: 2,
      evolve: () => ({}),
      promote: (facts, { metadata }) => closed(facts, metadata),
    },
    CaseReopened: {
      schema: 1,
      sensitivity: 2,
      evolve: unchanged,
      promote: (facts, { metadata }) => reopened(facts, metadata.organisation, metadata.occurredAt),
    },
  },
  view: ({ proposal }, _facts, { scope }) =>
    scope === 'FULL' && proposal !== undefined ? { proposal: { proposalId: proposal.proposalId, reason: proposal.reason, unmetNeeds: proposal.unmetNeeds } } : {},
});
