/** Intake: from the first sign to a case that someone leads, and the erasure of the person from it. Source: domain.md 2.2, 8.5. */
import type { Duty } from '#kernel';
import { type CaseFacts } from '../../shared/facts.js';
import { caseStage } from '../../shared/world.js';
import { type ErasureCommands, type ErasureEvents, erasureCommands, erasureEvents } from './erasure.js';
import { type NotificationCommands, type NotificationEvents, notificationCommands } from './notification.js';
import { notificationEvents } from './notified.js';
import { type PersonCommands, type PersonEvents, personCommands, personEvents } from './person.js';

export type IntakeCommands = NotificationCommands & PersonCommands & ErasureCommands;
export type IntakeEvents = NotificationEvents & PersonEvents & ErasureEvents;

/** danger does not wait for a queue. */
function opening(facts: CaseFacts): readonly Duty[] {
  if (!facts.danger || facts.openedBy !== undefined) return [];
  return [{ name: 'notification-opening', key: 'case', dueAt: facts.notifiedAt, owedBy: { role: 'NRM_COORD' } }];
}

/** Carries no command: the vault must forget first, and only whoever made it forget may say so. */
function erasing(facts: CaseFacts): readonly Duty[] {
  if (facts.erasure !== 'ORDERED' || facts.erasureOrderedAt === undefined) return [];
  return [{ name: 'erasure', key: 'case', dueAt: facts.erasureOrderedAt, owedBy: { role: 'CLOCK' } }];
}

export const intake = caseStage<null, IntakeCommands, IntakeEvents>({
  name: 'intake',
  initial: null,
  stateOf: (_slice, _body, facts) => (facts.notifiedAt === '' ? 'NONE' : 'NOTIFIED'),
  commands: { ...notificationCommands, ...personCommands, ...erasureCommands },
  events: { ...notificationEvents, ...personEvents, ...erasureEvents },
  duties: (_slice, facts) => [...opening(facts), ...erasing(facts)],
});
