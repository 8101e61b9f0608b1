/** Assisted return of an adult: informed, consented, assessed on both sides, approved by another, handed over. Source: domain.md 6. */
import type { Duty, Viewer } from '#kernel';
import type { Limit, Reference } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { ownerOf } from '../../shared/owners.js';
import { caseStage } from '../../shared/world.js';
import { type ApprovalCommands, type ApprovalEvents, approvalCommands, approvalEvents } from './approval.js';
import { type FollowUpCommands, type FollowUpEvents, followUpCommands, followUpEvents, followUpOwed } from './follow-up.js';
import { type JourneyCommands, type JourneyEvents, journeyCommands, journeyEvents } from './journey.js';
import { type PreparationCommands, type PreparationEvents, preparationCommands, preparationEvents } from './preparation.js';
import { type ReceptionCommands, type ReceptionEvents, receptionCommands, receptionEvents } from './reception.js';
import { BEFORE_BOARDING, type RepatriationSlice, type Return, returnOf } from './slice.js';

export type RepatriationCommands = PreparationCommands & ReceptionCommands & ApprovalCommands & JourneyCommands & FollowUpCommands;
export type RepatriationEvents = PreparationEvents & ReceptionEvents & ApprovalEvents & JourneyEvents & FollowUpEvents;

/** 8.2: before boarding, a return whose consent was taken back is cancelled, whoever it was given for. */
function cancellation(one: Return, facts: CaseFacts): readonly Duty[] {
  if (!BEFORE_BOARDING.includes(one.state)) return [];
  const forReturn = facts.consents.filter(({ purpose, recipient }) => {
    const concerned = recipient === one.operator || recipient === one.receiver;
    return concerned && (purpose === 'RETURN' || purpose === 'CROSS_BORDER');
  });
  const withdrawn = forReturn.find(({ purpose, recipient, withdrawnAt }) => {
    const again = (at: string): boolean => forReturn.some((o) => o.purpose === purpose && o.recipient === recipient && o.givenAt >= at);
    return withdrawnAt !== undefined && withdrawnAt >= one.requestedAt && !again(withdrawnAt);
  });
  if (withdrawn?.withdrawnAt === undefined) return [];
  const command = { type: 'CancelReturn', body: { returnId: one.returnId, reason: 'CONSENT_WITHDRAWN' } };
  return [{ name: 'return-cancellation', key: one.returnId, dueAt: withdrawn.withdrawnAt, owedBy: { role: 'CLOCK' }, command }];
}

/** What is owed next in each state, by whom, within which limit. */
function step(one: Return, facts: CaseFacts, { policy }: Reference): { name: string; limit: Limit; owedBy: Duty['owedBy'] } | undefined {
  const limits = policy.values;
  if (one.state === 'INFORMED') return { name: 'return-sending-assessment', limit: limits['return.assessment'], owedBy: ownerOf(facts, one.sender) };
  if (one.state === 'SENDING_ASSESSED') return { name: 'return-receiving-request', limit: limits['return.receiving_request'], owedBy: { role: 'NRM_COORD' } };
  if (one.state === 'RECEIVING_ASKED') return { name: 'return-acknowledgement', limit: limits['return.acknowledgement'], owedBy: { organisation: one.receiver } };
  if (one.state === 'RECEIVING_CONFIRMED') return { name: 'return-receiving-assessment', limit: limits['return.inquiry'][underMinorRules(facts) ? 'minor' : 'adult'], owedBy: { organisation: one.receiver } };
  if (one.state === 'RECEIVING_ASSESSED') return { name: 'return-approval', limit: limits['return.approval'], owedBy: { role: 'NRM_COORD' } };
  if (one.state === 'ARRIVED') return { name: 'return-handover', limit: limits['return.handover'], owedBy: { organisation: one.receiver } };
  return undefined;
}

function nextStep(one: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const next = step(one, facts, reference);
  if (next === undefined) return [];
  return [{ name: next.name, key: one.returnId, dueAt: reference.calendar.due(one.since, next.limit), owedBy: next.owedBy }];
}

/** Itinerary, places and plans stay sealed; the body that was asked sees its own return and nothing else of the case. */
function view(slice: RepatriationSlice, { organisation, scope }: Viewer) {
  const shown = scope === 'FULL' ? slice : slice.filter(({ receiver, state }) => receiver === organisation && state === 'RECEIVING_ASKED');
  return {
    returns: shown.map(({ returnId, direction, sender, receiver, operator, state, since }) =>
      scope === 'FULL' ? { returnId, direction, sender, receiver, operator, state, since } : { returnId, direction, state, since },
    ),
  };
}

export const repatriation = caseStage<RepatriationSlice, RepatriationCommands, RepatriationEvents>({
  name: 'repatriation',
  initial: [],
  stateOf: (slice, body) => returnOf(slice, body)?.state,
  thingOf: (slice, body) => returnOf(slice, body),
  addresseeOf: (slice, body) => returnOf(slice, body)?.receiver,
  commands: { ...preparationCommands, ...receptionCommands, ...approvalCommands, ...journeyCommands, ...followUpCommands },
  events: { ...preparationEvents, ...receptionEvents, ...approvalEvents, ...journeyEvents, ...followUpEvents },
  view: (slice, _facts, viewer) => view(slice, viewer),
  duties(slice, facts, reference) {
    if (facts.erasure !== 'NONE') return [];
    return slice.flatMap((one) => {
      const cancel = cancellation(one, facts);
      return cancel.length > 0 ? cancel : [...nextStep(one, facts, reference), ...followUpOwed(one, facts, reference)];
    });
  },
});
