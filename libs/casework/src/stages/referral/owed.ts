/** What is owed around referrals, by whom and by when. Source: domain.md 5.2, 12.1 R-2; architecture.md 7. */
import type { Duty } from '#kernel';
import type { Reference, ServiceCode } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { soonest } from '../../shared/moments.js';
import { ownerOf } from '../../shared/owners.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import { chaseOwed } from './chase.js';
import { fundingOwed } from './funding.js';
import { closedSince, owesDeletionSince, recalledSince } from './recall.js';
import { openEpisodes, serviceShutSince } from './service.js';
import { cameToNothing, isAsked, isOpen, type Referral, type Referrals } from './slice.js';

const CLOCK = { role: 'CLOCK' } as const;

function answersOwed(
  { referralId, recipient, status, priority, requestedAt, replyBy, escalated }: Referral,
  reference: Reference,
): readonly Duty[] {
  if (status !== 'REQUESTED') return [];
  const body = { referralId };
  const reply = { name: 'referral-reply', key: referralId, dueAt: replyBy, owedBy: { organisation: recipient } };
  const owed: Duty[] = [{ ...reply, command: { type: 'ExpireReferral', body } }];
  if (priority !== 'EMERGENCY' || escalated) return owed;
  const dueAt = reference.calendar.due(requestedAt, reference.policy.values['referral.fetch_emergency']);
  return [
    ...owed,
    {
      name: 'referral-escalation',
      key: referralId,
      dueAt,
      owedBy: { organisation: recipient },
      command: { type: 'EscalateReferral', body },
    },
  ];
}

/** Who waits for a place is not forgotten: the provider says anew how long, takes her, or sends her on. */
function queueOwed({ referralId, recipient, status, queuedAt }: Referral, { calendar, policy }: Reference): readonly Duty[] {
  if (status !== 'QUEUED' || queuedAt === undefined) return [];
  const dueAt = calendar.due(queuedAt, policy.values['service.hold_review']);
  return [{ name: 'referral-queue-review', key: referralId, dueAt, owedBy: { organisation: recipient } }];
}

/** A request that nothing opens any more, or whose case was closed, is taken back at that very moment. */
function recallOwed(referral: Referral, facts: CaseFacts): readonly Duty[] {
  const { referralId, status } = referral;
  const shut = recalledSince(referral, facts);
  const dueAt = soonest(shut, closedSince(facts));
  if ((!isAsked(referral) && status !== 'ACCEPTED') || dueAt === undefined) return [];
  const command = { type: 'CancelReferral', body: { referralId, reason: dueAt === shut ? 'CONSENT_WITHDRAWN' : 'CASE_CLOSED' } };
  return [{ name: 'referral-recall', key: referralId, dueAt, owedBy: CLOCK, command }];
}

/** What already runs owes the end of each service. */
function endsOwed(referral: Referral, facts: CaseFacts): readonly Duty[] {
  const shut = serviceShutSince(referral, facts);
  const dueAt = soonest(shut, closedSince(facts));
  if (referral.status !== 'STARTED' || dueAt === undefined) return [];
  const outcome = dueAt === shut ? 'DECLINED_BY_PERSON' : 'CASE_CLOSED';
  return openEpisodes(referral).map(({ episodeId }) => ({
    name: 'service-end', key: episodeId, dueAt, owedBy: CLOCK, command: { type: 'EndService', body: { episodeId, outcome } },
  }));
}

/** an emergency is referred at once; the two questions follow. */
function firstFormOwed(
  { referralId, referrer, priority, requestedAt, ...referral }: Referral,
  facts: CaseFacts,
  { calendar, policy }: Reference,
): readonly Duty[] {
  const risk = newestRisk(facts, ['FULL', 'FIRST']);
  const known = risk !== undefined && isValid(risk, requestedAt);
  if (priority !== 'EMERGENCY' || known || !isOpen({ ...referral, referralId, referrer, priority, requestedAt }))
    return [];
  const dueAt = calendar.due(requestedAt, policy.values['risk.first_form']);
  return [{ name: 'risk-first-form', key: referralId, dueAt, owedBy: ownerOf(facts, referrer) }];
}

function deliveryOwed(
  { referralId, recipient, status, acceptedAt, startedAt, feedbackGiven }: Referral,
  { calendar, policy }: Reference,
): readonly Duty[] {
  const owedBy = { organisation: recipient };
  if (status === 'ACCEPTED' && acceptedAt !== undefined) {
    return [
      {
        name: 'service-start',
        key: referralId,
        dueAt: calendar.due(acceptedAt, policy.values['service.start']),
        owedBy,
      },
    ];
  }
  if (status !== 'STARTED' || startedAt === undefined || feedbackGiven) return [];
  return [
    {
      name: 'referral-feedback',
      key: referralId,
      dueAt: calendar.due(startedAt, policy.values['referral.feedback']),
      owedBy,
    },
  ];
}

/** Services that rest now, and since when. */
function held(referral: Referral): readonly { readonly episodeId: string; readonly since: string }[] {
  return openEpisodes(referral).flatMap(({ episodeId, service, status }) => {
    const since = referral.heldSince[service];
    return status !== 'ON_HOLD' || since === undefined ? [] : [{ episodeId, since }];
  });
}

function holdsOwed(referral: Referral, { calendar, policy }: Reference): readonly Duty[] {
  return held(referral).map(({ episodeId, since }) => ({
    name: 'service-hold-review', key: episodeId, dueAt: calendar.due(since, policy.values['service.hold_review']), owedBy: { organisation: referral.recipient },
  }));
}

/** Where the country pays for so long only: whoever leads the case looks for what comes after. Nothing ends by itself (INV-6). */
function stayOwed({ referralId, status, startedAt }: Referral, { calendar, policy }: Reference): readonly Duty[] {
  const limit = policy.values['service.max_days'];
  if (limit === 'NONE' || status !== 'STARTED' || startedAt === undefined) return [];
  return [{ name: 'service-limit', key: referralId, dueAt: calendar.due(startedAt, limit), owedBy: { role: 'CM' } }];
}

/** The longest rest of a service that the country knows. */
function suspensionOwed(referral: Referral, { calendar, policy }: Reference): readonly Duty[] {
  const limit = policy.values['service.suspend_max'];
  if (limit === 'NONE') return [];
  return held(referral).map(({ episodeId, since }) => ({
    name: 'service-suspension-limit', key: episodeId, dueAt: calendar.due(since, limit), owedBy: { organisation: referral.recipient },
  }));
}

function deletionOwed(referral: Referral, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const { referralId, recipient, deleted } = referral;
  const since = owesDeletionSince(referral, facts);
  if (since === undefined || deleted) return [];
  const dueAt = calendar.due(since, policy.values['deletion.confirmation']);
  return [{ name: 'deletion-confirmation', key: referralId, dueAt, owedBy: { organisation: recipient } }];
}

function tookBack({ recipient, requestedAt }: Referral, { consents, overrides }: CaseFacts): boolean {
  const since = (at: string | undefined): boolean => at !== undefined && at >= requestedAt;
  return (
    consents.some((c) => c.purpose === 'REFERRAL' && c.recipient === recipient && since(c.withdrawnAt)) ||
    overrides.some((o) => o.recipient === recipient && since(o.takenBackAt))
  );
}

/** Another request sees to a need while it is open; one that was made later also once it was delivered, owes the next itself, or is not wanted. */
function seesToNeed(other: Referral, since: string, facts: CaseFacts): boolean {
  if (isOpen(other)) return true;
  const isSettled = other.status !== 'CANCELLED' || other.needMet === true || tookBack(other, facts);
  return other.requestedAt > since && isSettled;
}

/**
 * S5: a need that nobody answered is asked of somebody else, in the time that an answer may take, or said to be a gap. Not
 * where the person took her consent back.
 */
function onwardOwed(referral: Referral, referrals: Referrals, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const { referralId, priority, requestedAt, deletionOwedSince: since, impossible = [] } = referral;
  const isOver = facts.assistance === 'CLOSED' || facts.erasure !== 'NONE' || tookBack(referral, facts);
  if (!cameToNothing(referral) || since === undefined || isOver) return [];
  const seenTo = Object.values(referrals).filter((other) => other.referralId !== referralId && seesToNeed(other, requestedAt, facts));
  const open = (Object.keys(referral.episodes) as ServiceCode[])
    .filter((service) => !impossible.includes(service) && !seenTo.some(({ episodes }) => Object.hasOwn(episodes, service)));
  if (open.length === 0) return [];
  return [{ name: 'onward-referral', key: referralId, dueAt: calendar.due(since, policy.values['referral.reply_by'][priority]), owedBy: { role: 'CM' } }];
}

/** Everything that the referrals of a case owe. */
export function referralDuties(referrals: Referrals, facts: CaseFacts, reference: Reference): readonly Duty[] {
  return Object.values(referrals).flatMap((referral) => [
    ...answersOwed(referral, reference),
    ...queueOwed(referral, reference),
    ...recallOwed(referral, facts),
    ...endsOwed(referral, facts),
    ...firstFormOwed(referral, facts, reference),
    ...deliveryOwed(referral, reference),
    ...holdsOwed(referral, reference),
    ...suspensionOwed(referral, reference),
    ...stayOwed(referral, reference),
    ...fundingOwed(referral, facts, reference),
    ...deletionOwed(referral, facts, reference),
    ...onwardOwed(referral, referrals, facts, reference),
    ...chaseOwed(referral, facts, reference),
  ]);
}
