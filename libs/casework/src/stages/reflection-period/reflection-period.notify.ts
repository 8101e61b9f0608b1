/** Who must hear of a reflection period: whoever leads the case, when it starts, nears its end, and is over. */
import { type Recorded, caseOfStream } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { leaders } from '../../shared/recipients.js';

const TOLD = ['ReflectionPeriodStarted', 'ReflectionPeriodExtended', 'ReflectionPeriodExpiryWarned', 'ReflectionPeriodEnded'];

export function translate({ type, stream, metadata }: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  if (!TOLD.includes(type)) return [];
  return noticesTo(leaders(after).filter((leader) => leader !== metadata.organisation), caseOfStream(stream) ?? '');
}
