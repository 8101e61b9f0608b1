/** Broken glass: a person looks into a case that nothing lets her see, for hours, before witnesses. domain.md 8.3. */
import type { Role } from '#mechanism';
import type { CaseFacts, Opening } from './facts.js';

/** How long broken glass stays open. domain.md 8.3 */
export const BREAK_GLASS_HOURS = 4;

/** Roles that may break glass: those that help or protect people; who only counts, audits or supervises may not. */
export const BREAK_GLASS_ROLES: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD', 'ID_AUTH', 'LE', 'BORDER', 'CONS', 'RET_ORG'];

function isOpen({ openedAt, review }: Opening, now: string): boolean {
  const age = Date.parse(now) - Date.parse(openedAt);
  return review !== 'NOT_UPHELD' && age >= 0 && age < BREAK_GLASS_HOURS * 3_600_000;
}

/** Whether the glass is broken for this very person now: by time alone, and not once a second person did not agree. */
export function isGlassBroken({ openings }: CaseFacts, { organisation, actor }: Pick<Opening, 'organisation' | 'actor'>, now: string): boolean {
  return openings.some((opening) => opening.organisation === organisation && opening.actor === actor && isOpen(opening, now));
}
