/** Broken glass: a person looks into a case that nothing lets her see, for hours, before witnesses. domain.md 8.3. */
import type { Role } from '#mechanism';
import type { CaseFacts, Opening } from './facts.js';

/** Roles that may break glass: those that help or protect people; who only counts, audits or supervises may not. */
export const BREAK_GLASS_ROLES: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD', 'ID_AUTH', 'LE', 'BORDER', 'CONS', 'RET_ORG'];

function isOpen({ openedAt, openUntil, review }: Opening, now: string): boolean {
  return review !== 'NOT_UPHELD' && openedAt <= now && now < openUntil;
}

/** Whether the glass is broken for this very person now: by time alone, and not once a second person did not agree. */
export function isGlassBroken({ openings }: CaseFacts, { organisation, actor }: Pick<Opening, 'organisation' | 'actor'>, now: string): boolean {
  return openings.some((opening) => opening.organisation === organisation && opening.actor === actor && isOpen(opening, now));
}
