/** Assisted return of an adult: informed, consented, assessed on both sides, approved by another, handed over. Source: domain.md 6. */
import type { Viewer } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { onlyBroughtIn } from '../../shared/taking-part.js';
import { caseStage } from '../../shared/world.js';
import { type ApprovalCommands, type ApprovalEvents, approvalCommands, approvalEvents } from './approval.js';
import { type DeletionCommands, type DeletionEvents, deletionCommands, deletionEvents, returnDeletionsOwed } from './deletion.js';
import { type FollowUpCommands, type FollowUpEvents, followUpCommands, followUpEvents } from './follow-up.js';
import { type JourneyCommands, type JourneyEvents, journeyCommands, journeyEvents } from './journey.js';
import { returnDuties } from './owed.js';
import { type PreparationCommands, type PreparationEvents, preparationCommands, preparationEvents } from './preparation.js';
import { type ReceptionCommands, type ReceptionEvents, receptionCommands, receptionEvents } from './reception.js';
import { type RepatriationSlice, type Return, returnOf } from './slice.js';

export type RepatriationCommands = PreparationCommands & ReceptionCommands & ApprovalCommands & JourneyCommands & FollowUpCommands & DeletionCommands;
export type RepatriationEvents = PreparationEvents & ReceptionEvents & ApprovalEvents & JourneyEvents & FollowUpEvents & DeletionEvents;

/**
 * Itinerary, places and plans stay sealed. The body that was asked sees its own return and nothing else of the case; who was
 * only brought in sees those in which it takes part.
 */
function view(slice: RepatriationSlice, facts: CaseFacts, { organisation, scope }: Viewer) {
  const isAsked = ({ receiver, state }: Return): boolean => receiver === organisation && state === 'RECEIVING_ASKED';
  const isParty = ({ receiver, operator }: Return): boolean => receiver === organisation || operator === organisation;
  const shown = scope !== 'FULL' ? slice.filter(isAsked) : onlyBroughtIn(facts, organisation) ? slice.filter(isParty) : slice;
  return {
    returns: shown.map(({ returnId, direction, sender, receiver, operator, state, since }) =>
      scope === 'FULL' ? { returnId, direction, sender, receiver, operator, state, since } : { returnId, direction, state, since },
    ),
  };
}

/** The receiving body answers and takes over; what was received is deleted by who organises the journey too. */
function addresseesOf(slice: RepatriationSlice, body: object, command: string): readonly string[] {
  const one = returnOf(slice, body);
  if (one === undefined) return [];
  return command === 'ConfirmReturnDeletion' ? [one.receiver, one.operator] : [one.receiver];
}

export const repatriation = caseStage<RepatriationSlice, RepatriationCommands, RepatriationEvents>({
  name: 'repatriation',
  initial: [],
  stateOf: (slice, body) => returnOf(slice, body)?.state,
  thingOf: (slice, body) => returnOf(slice, body),
  addresseeOf: addresseesOf,
  commands: { ...preparationCommands, ...receptionCommands, ...approvalCommands, ...journeyCommands, ...followUpCommands, ...deletionCommands },
  events: { ...preparationEvents, ...receptionEvents, ...approvalEvents, ...journeyEvents, ...followUpEvents, ...deletionEvents },
  view,
  duties: (slice, facts, reference) =>
    slice.flatMap((one) => [...(facts.erasure === 'NONE' ? returnDuties(one, facts, reference) : []), ...returnDeletionsOwed(one, facts, reference)]),
});
