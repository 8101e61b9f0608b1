/**
 * Who must hear of identification: the authority that is asked, and again when the request is over: she declined, took her
 * consent back, is erased, or somebody else recorded the decision. Source: domain.md 2.2 A7, A9, 8.2, INV-12.
 */
import type { Recorded } from '#kernel';
import type { CaseFacts } from '../../shared/facts.js';
import { recalls, requestThrough } from '../../shared/holders.js';
import type { Notice } from '../../shared/notice.js';
import type { FormalIdentificationRequested } from './formal.js';

const ENDS = ['FormalIdentificationDeclined', 'VictimFormallyIdentified', 'FormalIdentificationRefused'];

/** Requests that waited for an answer, each at its authority. */
const waiting = ({ engagements }: CaseFacts): readonly Notice[] =>
  engagements.flatMap(({ organisation, through, until }) => {
    const thing = requestThrough(through);
    return thing === undefined || until !== undefined ? [] : [{ recipient: organisation, thing, recall: true }];
  });

function noticesOf({ type, data }: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  if (ENDS.includes(type)) return waiting(before);
  // The case was closed, or the person is to be forgotten: who was asked must forget, and who once decided answers too.
  if (type !== 'FormalIdentificationRequested') return recalls('FORMAL_REQUEST', before, after);
  const { authority, requestId } = data as FormalIdentificationRequested;
  return [...waiting(before).filter(({ recipient }) => recipient !== authority), { recipient: authority, thing: requestId, recall: false }];
}

/** Notices of one event; none to the organisation that recorded it, for it knows. */
export function translate(event: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  return noticesOf(event, before, after).filter(({ recipient }) => recipient !== event.metadata.organisation);
}
