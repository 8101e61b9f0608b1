/** Who must hear that the glass was broken: the house that leads the case, where its officer works, and the coordination. 8.3 */
import type { Recorded } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';
import type { GlassBroken } from './break-glass.js';

/** Whoever broke it hears of it too where its house has to look: another person there reviews. */
export function translate({ type, data }: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  if (type !== 'GlassBroken') return [];
  const { openingId } = data as GlassBroken;
  return noticesTo([...leaders(after), ...coordination(after)], openingId);
}
