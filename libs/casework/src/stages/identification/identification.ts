/** Identification: potential, presumed, formally identified; help depends on none of the later two. Source: domain.md 2.2. */
import type { Viewer } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { caseStage } from '../../shared/world.js';
import { type DeletionCommands, type DeletionEvents, deletionCommands, deletionEvents, formalDeletionsOwed } from './deletion.js';
import { formalEvents } from './decided.js';
import { identificationDuties } from './owed.js';
import { type FormalCommands, type FormalEvents, formalCommands } from './formal.js';
import { type PresumptionCommands, type PresumptionEvents, presumptionCommands, presumptionEvents } from './presumption.js';
import { type ScreeningCommands, type ScreeningEvents, screeningCommands, screeningEvents } from './screening.js';
import { type IdentificationSlice, NO_IDENTIFICATION, requestOf } from './slice.js';

export type IdentificationCommands = ScreeningCommands & PresumptionCommands & FormalCommands & DeletionCommands;
export type IdentificationEvents = ScreeningEvents & PresumptionEvents & FormalEvents & DeletionEvents;

function view(slice: IdentificationSlice, viewer: Viewer) {
  const { request, screenings, sheetVersion, contestUntil, moveOnUntil, pauses } = slice;
  if (viewer.scope !== 'FULL') return request?.authority === viewer.organisation ? { requestId: request.requestId } : {};
  const asked = request === undefined ? {} : { request: { requestId: request.requestId, authority: request.authority } };
  const secondReader = slice.screenOutProposedBy === undefined ? {} : { waitsForSecondReader: true };
  const again = pauses.length === 0 ? {} : { askAgainAt: pauses.at(-1)?.until };
  return { screenings, sheetVersion, contestUntil, moveOnUntil, ...again, ...asked, ...secondReader };
}

/** An answer about a request starts from that request; every other command from what she is held to be. */
function stateOf(slice: IdentificationSlice, body: object, { identification: status }: CaseFacts): string | undefined {
  if ('requestId' in body) return requestOf(slice, body) === undefined ? undefined : 'REQUESTED';
  return status === 'NONE' ? undefined : status;
}

export const identification = caseStage<IdentificationSlice, IdentificationCommands, IdentificationEvents>({
  name: 'identification',
  initial: NO_IDENTIFICATION,
  stateOf,
  addresseeOf: (slice, body) => requestOf(slice, body)?.authority,
  commands: { ...screeningCommands, ...presumptionCommands, ...formalCommands, ...deletionCommands },
  events: { ...screeningEvents, ...presumptionEvents, ...formalEvents, ...deletionEvents },
  view: (slice, _facts, viewer) => view(slice, viewer),
  duties: (slice, facts, reference) => [...identificationDuties(slice, facts, reference), ...formalDeletionsOwed(slice, facts, reference)],
});
