/** Intake: from the first sign to a case that someone leads, and the erasure of the person from it. Source: domain.md 2.2, 8.5. */
import type { Duty, Viewer } from '#kernel';
import type { Reference } from '#mechanism';
import { type CaseFacts } from '../../shared/facts.js';
import { caseStage } from '../../shared/world.js';
import {
  type CaseManagerCommands, type CaseManagerEvents, type IntakeSlice, answerOwed, basicNeedsOwed, caseManagerCommands, caseManagerEvents, managerOwed, offerDataset, openOffer,
} from './case-manager.js';
import { type ChaseCommands, type ChaseEvents, chaseCommands, chaseEvents, receivedDataChased } from './chase.js';
import { type ErasureCommands, type ErasureEvents, erasureCommands, erasureEvents } from './erasure.js';
import { type NotificationCommands, type NotificationEvents, notificationCommands, openingOverdue } from './notification.js';
import { notificationEvents } from './notified.js';
import { retentionOwed } from './retention.js';
import { type PersonCommands, type PersonEvents, personCommands, personEvents } from './person.js';

export type IntakeCommands = NotificationCommands & CaseManagerCommands & PersonCommands & ErasureCommands & ChaseCommands;
export type IntakeEvents = NotificationEvents & CaseManagerEvents & PersonEvents & ErasureEvents & ChaseEvents;

/** danger does not wait for a queue, and is told again when nobody looks. */
function opening(facts: CaseFacts, reference: Reference): readonly Duty[] {
  if (!facts.danger || facts.openedBy !== undefined || facts.erasure !== 'NONE') return [];
  const again = openingOverdue(facts, reference);
  return [
    { name: 'notification-opening', key: 'case', dueAt: facts.notifiedAt, owedBy: { role: 'NRM_COORD' } },
    ...(again === undefined ? [] : [{ name: 'notification-escalation', key: 'case', dueAt: again, owedBy: { role: 'CLOCK' }, command: { type: 'EscalateNotification', body: {} } }]),
  ];
}

/** Carries no command: the vault must forget first, and only whoever made it forget may say so. */
function erasing(facts: CaseFacts): readonly Duty[] {
  if (facts.erasure !== 'ORDERED' || facts.erasureOrderedAt === undefined) return [];
  return [{ name: 'erasure', key: 'case', dueAt: facts.erasureOrderedAt, owedBy: { role: 'CLOCK' } }];
}

/** A command about an offer starts from it; every other one from the case. */
function stateOf(slice: IntakeSlice, body: object, facts: CaseFacts): string | undefined {
  const { offerId } = body as { offerId?: string };
  if (offerId !== undefined) return slice.offer?.offerId !== offerId ? undefined : openOffer(slice, facts) === undefined ? 'ANSWERED' : 'OFFERED';
  return facts.notifiedAt === '' ? 'NONE' : 'NOTIFIED';
}

function addresseeOf({ offer }: IntakeSlice, body: object): string | undefined {
  return offer?.offerId === (body as { offerId?: string }).offerId ? offer?.manager : undefined;
}

/** Who is asked sees what 8.4 lets it see; who works on the case sees who is asked. */
function view(slice: IntakeSlice, facts: CaseFacts, { organisation, scope }: Viewer) {
  const offer = offerDataset(slice, facts);
  if (offer === undefined || scope === 'OWN') return {};
  return scope === 'FULL' || offer.manager === organisation ? { offer } : {};
}

export const intake = caseStage<IntakeSlice, IntakeCommands, IntakeEvents>({
  name: 'intake',
  initial: {},
  stateOf,
  addresseeOf,
  commands: { ...notificationCommands, ...caseManagerCommands, ...personCommands, ...erasureCommands, ...chaseCommands },
  events: { ...notificationEvents, ...caseManagerEvents, ...personEvents, ...erasureEvents, ...chaseEvents },
  view,
  duties: (slice, facts, reference) => [
    ...opening(facts, reference), ...basicNeedsOwed(slice, facts, reference), ...managerOwed(facts, reference), ...answerOwed(slice, facts),
    ...retentionOwed(facts, reference), ...erasing(facts), ...receivedDataChased(facts, reference),
  ],
});
