/** Identification: potential, presumed, formally identified; help depends on none of the later two. Source: domain.md 2.2. */
import type { Viewer } from '#kernel';
import { caseStage } from '../../shared/world.js';
import { formalEvents } from './decided.js';
import { identificationDuties } from './owed.js';
import { type FormalCommands, type FormalEvents, formalCommands } from './formal.js';
import { type PresumptionCommands, type PresumptionEvents, presumptionCommands, presumptionEvents } from './presumption.js';
import { type ScreeningCommands, type ScreeningEvents, screeningCommands, screeningEvents } from './screening.js';
import { type IdentificationSlice, NO_IDENTIFICATION } from './slice.js';

export type IdentificationCommands = ScreeningCommands & PresumptionCommands & FormalCommands;
export type IdentificationEvents = ScreeningEvents & PresumptionEvents & FormalEvents;

function view(slice: IdentificationSlice, viewer: Viewer) {
  const { request, screenings, sheetVersion, contestUntil, moveOnUntil, pauses } = slice;
  if (viewer.scope !== 'FULL') return request?.authority === viewer.organisation ? { requestId: request.requestId } : {};
  const asked = request === undefined ? {} : { request: { requestId: request.requestId, authority: request.authority } };
  const secondReader = slice.screenOutProposedBy === undefined ? {} : { waitsForSecondReader: true };
  const again = pauses.length === 0 ? {} : { askAgainAt: pauses.at(-1)?.until };
  return { screenings, sheetVersion, contestUntil, moveOnUntil, ...again, ...asked, ...secondReader };
}

export const identification = caseStage<IdentificationSlice, IdentificationCommands, IdentificationEvents>({
  name: 'identification',
  initial: NO_IDENTIFICATION,
  stateOf: (_slice, _body, facts) => (facts.identification === 'NONE' ? undefined : facts.identification),
  commands: { ...screeningCommands, ...presumptionCommands, ...formalCommands },
  events: { ...screeningEvents, ...presumptionEvents, ...formalEvents },
  view: (slice, _facts, viewer) => view(slice, viewer),
  duties: identificationDuties,
});
