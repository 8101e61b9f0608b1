/** What is owed around identification, by whom and by when. Source: domain.md 2.2, 12.1 R-5. */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { firstInLine } from '../../shared/owners.js';
import type { IdentificationSlice } from './slice.js';

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

function screeningDuty(slice: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (facts.identification !== 'POTENTIAL' || slice.screenings.length > 0) return [];
  const due = calendar.due(facts.notifiedAt, policy.values['screening.limit']);
  return [{ name: 'screening', key: 'case', dueAt: pausedUntil(due, slice.pauses), owedBy: firstInLine(facts) }];
}

/** A6: rights are told in the contact in which the person is presumed a victim. */
function rightsDuty(slice: IdentificationSlice, facts: CaseFacts): readonly Duty[] {
  if (slice.presumedAt === undefined || facts.rightsInformed) return [];
  return [{ name: 'rights-information', key: 'case', dueAt: slice.presumedAt, owedBy: firstInLine(facts) }];
}

/** 8.2: who takes back the consent to ask the authority declines formal identification, and loses nothing else. */
function declineDuty({ request }: IdentificationSlice, facts: CaseFacts): readonly Duty[] {
  const consent = facts.consents.find((c) => c.consentId === request?.consentId);
  if (request === undefined || consent?.withdrawnAt === undefined) return [];
  const command = { type: 'DeclineFormalIdentification', body: { reason: 'CONSENT_WITHDRAWN' } };
  return [{ name: 'formal-request-withdrawal', key: request.requestId, dueAt: consent.withdrawnAt, owedBy: { role: 'CLOCK' }, command }];
}

/** A5: who was screened is presumed a victim, or screened out, in the time of the country; "not now" moves this end too. */
function presumptionDuty(slice: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const { screenings, screenOutProposedBy, pauses } = slice;
  if (facts.identification !== 'POTENTIAL' || screenings.length === 0 || screenOutProposedBy !== undefined) return [];
  const limit = policy.values[underMinorRules(facts) ? 'id.presumption_days_minor' : 'id.presumption_days'];
  return [{ name: 'presumption', key: 'case', dueAt: pausedUntil(calendar.due(facts.notifiedAt, limit), pauses), owedBy: firstInLine(facts) }];
}

/** A11: a first reader found no indication, and a second one looks. */
function secondReadingDuty({ screenOutProposedAt }: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  if (screenOutProposedAt === undefined) return [];
  return [{ name: 'second-reading', key: 'case', dueAt: calendar.due(screenOutProposedAt, policy.values['screen_out.limit']), owedBy: firstInLine(facts) }];
}

/** A7: where the country says by when the file goes to the deciding authority. She may decline, and then nothing is owed. */
function fileDuty({ presumedAt, request }: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const limits = policy.values['id.dossier_days'];
  if (limits === 'NONE' || presumedAt === undefined || request !== undefined || facts.identification !== 'PRESUMED') return [];
  return [{ name: 'formal-request', key: 'case', dueAt: calendar.due(presumedAt, limits.positive), owedBy: firstInLine(facts) }];
}

/** A10: a time in which the person may contest; nobody owes it, and whoever leads the case is told before it ends. */
function contestDuty(slice: IdentificationSlice, facts: CaseFacts, { calendar, policy }: Reference): readonly Duty[] {
  const { refusedAt, contestUntil, refusalReconsidered } = slice;
  if (facts.identification !== 'NOT_IDENTIFIED' || refusedAt === undefined || refusalReconsidered) return [];
  return [{ name: 'contest', key: 'case', dueAt: contestUntil ?? calendar.due(refusedAt, policy.values['reconsider.days']), owedBy: { role: 'PERSON' } }];
}

/** Everything that identification owes on an open case. */
export function identificationDuties(slice: IdentificationSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (facts.erasure !== 'NONE' || facts.assistance === 'CLOSED' || facts.assistance === 'CLOSED_REFERRED') return [];
  return [
    ...screeningDuty(slice, facts, reference),
    ...presumptionDuty(slice, facts, reference),
    ...secondReadingDuty(slice, facts, reference),
    ...fileDuty(slice, facts, reference),
    ...contestDuty(slice, facts, reference),
    ...rightsDuty(slice, facts),
    ...declineDuty(slice, facts),
  ];
}
