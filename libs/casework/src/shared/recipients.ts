/** Who must hear of what concerns the whole case. Organisations only: who there may look, access decides. */
import type { CaseFacts } from './facts.js';

/** Who leads the case now. */
export function leaders({ engagements }: CaseFacts): readonly string[] {
  return engagements.filter((e) => e.role === 'CM' && e.scope === 'FULL' && e.until === undefined).map(({ organisation }) => organisation);
}

/** Who coordinates: those to whom the notification was routed, and a coordination that came to the case by itself. */
export function coordination({ routedTo, engagements }: CaseFacts): readonly string[] {
  const engaged = engagements.filter((e) => e.role === 'NRM_COORD' && e.until === undefined).map(({ organisation }) => organisation);
  return [...new Set([...routedTo, ...engaged])];
}
