/** Who may say what the person told them, whether or not they may look at her case now. Source: domain.md 12.1 R-5, INV-12. */
import type { CaseFacts } from '#casework';
import type { Organisation, Role } from '#mechanism';
import type { Caller } from '../caller.js';
import { mayAccess } from './may-access.js';
import { hasNotified, isOfCaller } from './notifier.js';

/**
 * The roles in which the caller may record what the person said; none for a stranger. Whoever holds an open request, or
 * once worked on the case, meets her still. An erased case is unknown to them, as it is to everybody.
 */
export function rolesInContact(facts: CaseFacts, caller: Caller, entry: Organisation | undefined, now: string): readonly Role[] {
  const { roles } = mayAccess(facts, caller, entry, 'command', now);
  if (roles.length > 0) return roles;
  if (entry?.status !== 'ACTIVE' || entry.id !== caller.organisation || facts.erasure !== 'NONE') return [];
  const met = hasNotified(facts, caller) || facts.engagements.some((engagement) => isOfCaller(engagement, caller));
  return met ? caller.roles.filter((role) => entry.roles.includes(role)) : [];
}
