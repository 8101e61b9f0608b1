/**
 * In which role a caller acts. Decided before anything else is looked at, an earlier answer to the same wish included: a case
 * that is not its to know any more answers like one that is not there. Source: architecture.md 6; domain.md 8.3, 12.1.
 */
import { type Recorded, Rejection } from '#kernel';
import type { Organisation, Role } from '#mechanism';
import { mayAccess, rolesInContact } from '#platform';
import type { CaseFacts } from '../shared/facts.js';
import { caseWorkflow } from '../workflow.js';
import type { CaseCommand } from './case-command.js';

/** Who the directory says asks; `undefined` where it does not have the organisation. */
type Entry = Organisation | undefined;

/** Whoever records such a command may not see the case: no part of the answer may depend on how it goes on. */
export function recordsBlindly(type: string): boolean {
  const when = caseWorkflow.command(type)?.rule.when;
  return when?.inContact === true || when?.uninvited === true;
}

/** Whether a command is for those who stand to the case. The house, an addressee and whoever breaks the glass are judged otherwise. */
function needsStanding({ type, caseId, bodyClass }: CaseCommand): boolean {
  const when = caseWorkflow.command(type)?.rule.when;
  return bodyClass !== undefined && caseId !== undefined && when?.addressee !== true && when?.uninvited !== true;
}

function rolesOn({ type, caller }: CaseCommand, facts: CaseFacts, entry: Entry, now: string): readonly Role[] {
  const when = caseWorkflow.command(type)?.rule.when;
  if (when?.inContact === true) return rolesInContact(facts, caller, entry, now);
  return mayAccess(facts, caller, entry, when?.firstContact === true ? 'first-contact' : 'command', now).roles;
}

const unknownCase = (): Rejection => new Rejection('unknown', 'not-found', 'there is no such case');

/**
 * The role in which the caller acts.
 * @throws Rejection `not-found` where it stands in none to the case, `role-not-allowed` where it holds none at all
 */
export function roleOf(command: CaseCommand, facts: CaseFacts, entry: Entry, now: string): Role {
  const { type, caller, bodyClass } = command;
  if (bodyClass === undefined) return 'CLOCK';
  const by = caseWorkflow.command(type)?.rule.when.by;
  const standing = needsStanding(command);
  const roles = standing ? rolesOn(command, facts, entry, now) : caller.roles.filter((r) => entry?.status === 'ACTIVE' && entry.roles.includes(r));
  const role = roles.find((r) => by?.includes(r)) ?? roles[0];
  if (role !== undefined) return role;
  throw standing ? unknownCase() : new Rejection('not-allowed', 'role-not-allowed', 'the caller holds no role in the mechanism');
}

/** Whether the events of the command itself ended what let the caller act: it may hear of them again. */
function endedByItself(command: CaseCommand, commandId: string, entry: Entry, events: readonly Recorded[]): boolean {
  const last = events.findLastIndex(({ metadata }) => metadata.commandId === commandId);
  const then = events[last];
  if (then === undefined) return false;
  const { facts } = caseWorkflow.fold(events.slice(0, last + 1));
  return rolesOn(command, facts, entry, then.metadata.recordedAt).length === 0;
}

/**
 * Nothing, where the caller may act on the case as it is now, or by this very command ended that it may.
 * @throws Rejection `not-found` otherwise, however the same wish was answered before
 */
export function requireStanding(
  command: CaseCommand, commandId: string, entry: Entry, { facts, events, now }: { readonly facts: CaseFacts; readonly events: readonly Recorded[]; readonly now: string },
): void {
  if (!needsStanding(command) || rolesOn(command, facts, entry, now).length > 0) return;
  if (!endedByItself(command, commandId, entry, events)) throw unknownCase();
}
