/** What the events of formal identification change. An authority that is asked sees the request, until it decides or she declines. */
import type { Envelope } from '#kernel';
import type { CaseFacts, IdentificationStatus } from '../../shared/facts.js';
import { cameToNothing, requestThrough, throughRequest, told } from '../../shared/holders.js';
import type { EventTable } from '../../shared/world.js';
import type { FormalEvents } from './formal.js';
import type { IdentificationSlice } from './slice.js';

function answered({ request: _over, ...slice }: IdentificationSlice): IdentificationSlice {
  return slice;
}

/**
 * What was decided, or declined, is open again once an authority is asked anew. Who was asked in vain must forget; the file of who
 * decided is its own, until the person is erased.
 */
function settle({ decidedAt: _before, certified: _withIt, ...facts }: CaseFacts, identification: IdentificationStatus, metadata: Envelope, authority?: string): CaseFacts {
  const decided = identification === 'PRESUMED' ? {} : { decidedAt: metadata.occurredAt };
  return { ...cameToNothing(facts, metadata, ({ through }) => requestThrough(through) !== undefined, authority), ...decided, identification };
}

export const formalEvents: EventTable<IdentificationSlice, FormalEvents> = {
  FormalIdentificationRequested: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data: { requestId, authority, consentId } }) => ({
      ...slice,
      asked: [...(slice.asked ?? []), { requestId, authority }],
      request: { requestId, authority, ...(consentId === undefined ? {} : { consentId }) },
    }),
    promote(facts, { data, metadata }) {
      const since = metadata.occurredAt;
      const asked = { organisation: data.authority, role: data.deciderRole, through: throughRequest(data.requestId), scope: 'OFFER', since } as const;
      const { engagements, ...settled } = told(settle(facts, 'PRESUMED', metadata), { organisation: data.authority, kind: 'FORMAL_REQUEST', thingId: data.requestId });
      return { ...settled, engagements: [...engagements, asked] };
    },
  },
  FormalIdentificationDeclined: {
    schema: 1,
    sensitivity: 3,
    evolve: answered,
    promote: (facts, { metadata }) => settle(facts, 'PRESUMED_DECLINED', metadata),
  },
  VictimFormallyIdentified: {
    schema: 1,
    sensitivity: 3,
    evolve: answered,
    promote: (facts, { data, metadata }) => ({ ...settle(facts, 'IDENTIFIED', metadata, data.authority), ...(data.route === 'CERTIFICATE' ? { certified: true } : {}) }),
  },
  FormalIdentificationRefused: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data: { contestUntil, moveOnUntil }, metadata }) => ({
      ...answered(slice),
      refusedAt: metadata.occurredAt,
      ...(contestUntil === undefined ? {} : { contestUntil }),
      ...(moveOnUntil === undefined ? {} : { moveOnUntil }),
    }),
    promote: (facts, { data, metadata }) => settle(facts, 'NOT_IDENTIFIED', metadata, data.authority),
  },
  ReconsiderationRequested: {
    schema: 1,
    sensitivity: 2,
    evolve: (slice, { data }) => ({
      ...slice,
      reconsiders: data.of,
      refusalReconsidered: slice.refusalReconsidered || data.of === 'NOT_IDENTIFIED',
    }),
    promote: (facts) => ({ ...facts, identification: 'RECONSIDERATION' }),
  },
};
