/** Grounds of access beside working on the case: audit mandates, which stand in other streams, and the glass that was broken. */
import { BREAK_GLASS_ROLES, type CaseFacts, isGlassBroken } from '#casework';
import type { Organisation, Role } from '#mechanism';
import type { Caller } from '../caller.js';

/** What an auditor was told to audit. Source: domain.md 12.1 R-11. Times are ISO 8601 in UTC. */
export interface AuditMandate {
  readonly mandate: string;
  /** The auditor. */
  readonly organisation: string;
  readonly legalBasis: string;
  /** Scope: cases of this country, recorded from `casesFrom` until before `casesUntil`, whatever day was stated. */
  readonly country: string;
  readonly casesFrom: string;
  readonly casesUntil: string;
  readonly validFrom: string;
  readonly expiresAt: string;
}

export interface AccessGrounds {
  /** The mandate that the caller's token names, if it exists. */
  readonly mandate?: AuditMandate;
}

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
    mandate.country === facts.country && mandate.casesFrom <= facts.recordedAt && facts.recordedAt < mandate.casesUntil;
  return inForce && inScope ? ['AUDIT'] : [];
}

/** The roles in which this very person may look because the glass is broken; a system never breaks it. */
export function breakGlassOf({ facts, caller, entry, held, now }: Asked): readonly Role[] {
  const open = caller.organisation === entry.id && caller.human && isGlassBroken(facts, caller, now);
  return open ? BREAK_GLASS_ROLES.filter((role) => held.has(role)) : [];
}
