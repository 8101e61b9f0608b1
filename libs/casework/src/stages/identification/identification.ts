/** Identification: potential, presumed, formally identified; help depends on none of the later two. Source: domain.md 2.2. */
import type { Duty, Viewer } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { caseStage } from '../../shared/world.js';
import { formalEvents } from './decided.js';
import { type FormalCommands, type FormalEvents, formalCommands } from './formal.js';
import { type PresumptionCommands, type PresumptionEvents, presumptionCommands, presumptionEvents } from './presumption.js';
import { type ScreeningCommands, type ScreeningEvents, screeningCommands, screeningEvents } from './screening.js';
import { type IdentificationSlice, NO_IDENTIFICATION } from './slice.js';

export type IdentificationCommands = ScreeningCommands & PresumptionCommands & FormalCommands;
export type IdentificationEvents = ScreeningEvents & PresumptionEvents & FormalEvents;

/** A pause moves the end by as long as it lasts; one that begins after the end undoes no breach. */
function pausedUntil(due: string, pauses: IdentificationSlice['pauses']): string {
  let end = due;
  let standsUntil = '';
  for (const { from, until } of pauses) {
    const begin = from > standsUntil ? from : standsUntil;
    if (begin >= end || until <= begin) continue;
    end = new Date(Date.parse(end) + Date.parse(until) - Date.parse(begin)).toISOString();
    standsUntil = until;
  }
  return end;
}

function leader(facts: CaseFacts): Duty['owedBy'] {
  const manager = facts.engagements.find((e) => e.role === 'CM' && e.scope === 'FULL' && e.until === undefined);
  return { organisation: manager?.organisation ?? facts.notifiedBy };
}

function screeningDuty(slice: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (facts.identification !== 'POTENTIAL' || slice.screenings.length > 0) return [];
  const due = calendar.due(facts.notifiedAt, policy.values['screening.limit']);
  return [{ name: 'screening', key: 'case', dueAt: pausedUntil(due, slice.pauses), owedBy: leader(facts) }];
}

/** A6: rights are told in the contact in which the person is presumed a victim. */
function rightsDuty(slice: IdentificationSlice, facts: CaseFacts): readonly Duty[] {
  if (slice.presumedAt === undefined || facts.rightsInformed) return [];
  return [{ name: 'rights-information', key: 'case', dueAt: slice.presumedAt, owedBy: leader(facts) }];
}

/** 8.2: who takes back the consent to ask the authority declines formal identification, and loses nothing else. */
function declineDuty({ request }: IdentificationSlice, facts: CaseFacts): readonly Duty[] {
  const consent = facts.consents.find((c) => c.consentId === request?.consentId);
  if (request === undefined || consent?.withdrawnAt === undefined) return [];
  const command = { type: 'DeclineFormalIdentification', body: { reason: 'CONSENT_WITHDRAWN' } };
  return [{ name: 'formal-request-withdrawal', key: request.requestId, dueAt: consent.withdrawnAt, owedBy: { role: 'CLOCK' }, command }];
}

function view(slice: IdentificationSlice, viewer: Viewer): object {
  const { request, screenings, sheetVersion, contestUntil, pauses } = slice;
  if (viewer.scope !== 'FULL') return request?.authority === viewer.organisation ? { requestId: request.requestId } : {};
  const asked = request === undefined ? {} : { request: { requestId: request.requestId, authority: request.authority } };
  const secondReader = slice.screenOutProposedBy === undefined ? {} : { waitsForSecondReader: true };
  const again = pauses.length === 0 ? {} : { askAgainAt: pauses.at(-1)?.until };
  return { screenings, sheetVersion, contestUntil, ...again, ...asked, ...secondReader };
}

export const identification = caseStage<IdentificationSlice, IdentificationCommands, IdentificationEvents>({
  name: 'identification',
  initial: NO_IDENTIFICATION,
  stateOf: (_slice, _body, facts) => (facts.identification === 'NONE' ? undefined : facts.identification),
  commands: { ...screeningCommands, ...presumptionCommands, ...formalCommands },
  events: { ...screeningEvents, ...presumptionEvents, ...formalEvents },
  view: (slice, _facts, viewer) => view(slice, viewer),
  duties(slice, facts, reference) {
    if (facts.erasure !== 'NONE' || facts.assistance === 'CLOSED' || facts.assistance === 'CLOSED_REFERRED') return [];
    return [...screeningDuty(slice, facts, reference), ...rightsDuty(slice, facts), ...declineDuty(slice, facts)];
  },
});
