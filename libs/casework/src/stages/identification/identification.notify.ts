/** Who must hear of identification: the authority that is asked. */
import type { Recorded } from '#kernel';
import type { Notice } from '../../shared/notice.js';
import type { FormalIdentificationRequested } from './formal.js';

export function translate(event: Recorded): readonly Notice[] {
  if (event.type !== 'FormalIdentificationRequested') return [];
  const { authority, requestId } = event.data as FormalIdentificationRequested;
  return authority === event.metadata.organisation ? [] : [{ recipient: authority, thing: requestId, recall: false }];
}
