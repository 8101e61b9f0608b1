/** Grounds of access that stand in other streams than the case's: audit mandates, and the glass that was broken. */
import type { CaseFacts } from '#casework';
import type { Organisation, Role } from '#mechanism';
import type { Caller } from '../caller.js';

/** What an auditor was told to audit. Source: domain.md 12.1 R-11. Times are ISO 8601 in UTC. */
export interface AuditMandate {
  readonly mandate: string;
  /** The auditor. */
  readonly organisation: string;
  readonly legalBasis: string;
  /** Scope: cases of this country, notified from `casesFrom` until before `casesUntil`. */
  readonly country: string;
  readonly casesFrom: string;
  readonly casesUntil: string;
  readonly validFrom: string;
  readonly expiresAt: string;
}

/** A person opened a case without being engaged, for a stated reason; the data protection officer is told. 8.3. */
export interface BreakGlass {
  readonly organisation: string;
  readonly actor: string;
  /** Code of the reason, never free words. */
  readonly reason: string;
  readonly openedAt: string;
}

export interface AccessGrounds {
  /** The mandate that the caller's token names, if it exists. */
  readonly mandate?: AuditMandate;
  /** Openings of this case. */
  readonly breakGlass?: readonly BreakGlass[];
}

/** How long broken glass stays open. domain.md 8.3 */
export const BREAK_GLASS_HOURS = 4;

/** Roles that may break glass: those that help or protect people; who only counts, audits or supervises may not. */
export const BREAK_GLASS_ROLES: readonly Role[] = [
  'CM',
  'SP',
  'CP_AUTH',
  'HEALTH',
  'NRM_COORD',
  'ID_AUTH',
  'LE',
  'BORDER',
  'CONS',
  'RET_ORG',
];

interface Asked {
  readonly facts: CaseFacts;
  readonly caller: Caller;
  readonly entry: Organisation;
  readonly held: ReadonlySet<Role>;
  readonly now: string;
  readonly grounds: AccessGrounds;
}

/** AUDIT when a mandate of this auditor, named in the token and in force, covers the case; nothing otherwise. */
export function mandateOf({ facts, caller, entry, now, grounds: { mandate } }: Asked): readonly Role[] {
  if (mandate === undefined || mandate.mandate !== caller.mandate || mandate.organisation !== entry.id) return [];
  const inForce = mandate.validFrom <= now && now < mandate.expiresAt;
  const inScope =
    mandate.country === facts.country && mandate.casesFrom <= facts.notifiedAt && facts.notifiedAt < mandate.casesUntil;
  return inForce && inScope ? ['AUDIT'] : [];
}

/** The roles in which this very person may look because the glass is broken; a system never breaks it. */
export function breakGlassOf({ caller, entry, held, now, grounds: { breakGlass = [] } }: Asked): readonly Role[] {
  const at = Date.parse(now);
  const open = breakGlass.some(({ organisation, actor, openedAt }) => {
    const age = at - Date.parse(openedAt);
    return organisation === entry.id && actor === caller.actor && age >= 0 && age < BREAK_GLASS_HOURS * 3_600_000;
  });
  return open && caller.human ? BREAK_GLASS_ROLES.filter((role) => held.has(role)) : [];
}
