/** Broken glass: a person looks into a case that nothing lets her see, for hours, before witnesses. domain.md 8.3. */
import type { Role } from '#mechanism';
import type { CaseFacts, Opening } from './facts.js';

/**
 * Roles that may break glass: those that help or protect people. Who only counts, audits or supervises may not; nor may who
 * investigates or decides on her: those who hold her data tell them when life is in danger. docs/adr/0022
 */
export const BREAK_GLASS_ROLES: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD', 'BORDER', 'CONS', 'RET_ORG'];
/** Those among them that house her, care for her or coordinate who does: where she is opens to no other. domain.md 8.3, level 3 */
export const TOLD_WHERE_SHE_IS: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD'];

function isOpen({ openedAt, openUntil, review }: Opening, now: string): boolean {
  return review !== 'NOT_UPHELD' && openedAt <= now && now < openUntil;
}

/** Whether the glass is broken for this very person now: by time alone, and not once a second person did not agree. */
export function isGlassBroken({ openings }: CaseFacts, { organisation, actor }: Pick<Opening, 'organisation' | 'actor'>, now: string): boolean {
  return openings.some((opening) => opening.organisation === organisation && opening.actor === actor && isOpen(opening, now));
}
