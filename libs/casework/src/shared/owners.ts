/** Who owes what was begun on a case, as work on it passes on: nobody owes what it may not do any more. */
import type { Duty } from '#kernel';
import type { CaseFacts } from './facts.js';
import { leaders } from './recipients.js';

/** Who began it; whoever leads the case, once who began it keeps no more than its notification, or nothing (domain.md 8.3). */
export function ownerOf(facts: CaseFacts, organisation: string): Duty['owedBy'] {
  const its = facts.engagements.filter((e) => e.organisation === organisation);
  const works = its.length === 0 || its.some(({ scope, until }) => scope === 'FULL' && until === undefined);
  return works || leaders(facts).length === 0 ? { organisation } : { role: 'CM' };
}

/** Who sees to what comes first: whoever leads the case, or found the person. She herself owes nothing: the coordination does. */
export function firstInLine(facts: CaseFacts): Duty['owedBy'] {
  const [leader] = leaders(facts);
  if (leader !== undefined) return { organisation: leader };
  const alone = facts.engagements.some(({ organisation, actor }) => organisation === facts.notifiedBy && actor !== undefined);
  return alone ? { role: 'NRM_COORD' } : { organisation: facts.notifiedBy };
}
