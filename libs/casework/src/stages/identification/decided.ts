/** What the events of formal identification change. An authority that is asked sees the request, until it decides or she declines. */
import type { CaseFacts, Engagement, IdentificationStatus } from '../../shared/facts.js';
import type { EventTable } from '../../shared/world.js';
import type { FormalEvents } from './formal.js';
import type { IdentificationSlice } from './slice.js';

function answered({ request: _over, ...slice }: IdentificationSlice): IdentificationSlice {
  return slice;
}

/** Engagements through a formal request end with it. This keeps them apart from those through a referral. */
const REQUEST = 'request:';
const throughRequest = (requestId: string): string => `${REQUEST}${requestId}`;
/** The formal request through which an organisation was brought in; `undefined` where it was something else. */
export const requestThrough = (through: string): string | undefined => (through.startsWith(REQUEST) ? through.slice(REQUEST.length) : undefined);

/** What was decided, or declined, is open again once an authority is asked anew. */
function settle({ decidedAt: _before, ...facts }: CaseFacts, identification: IdentificationStatus, until: string): CaseFacts {
  const over = (e: Engagement) => e.until === undefined && requestThrough(e.through) !== undefined;
  const decided = identification === 'PRESUMED' ? {} : { decidedAt: until };
  return { ...facts, ...decided, identification, engagements: facts.engagements.map((e) => (over(e) ? { ...e, until } : e)) };
}

export const formalEvents: EventTable<IdentificationSlice, FormalEvents> = {
  FormalIdentificationRequested: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data: { requestId, authority, consentId } }) => ({
      ...slice,
      request: { requestId, authority, ...(consentId === undefined ? {} : { consentId }) },
    }),
    promote(facts, { data, metadata }) {
      const since = metadata.occurredAt;
      const asked = { organisation: data.authority, role: data.deciderRole, through: throughRequest(data.requestId), scope: 'OFFER', since } as const;
      const { engagements, ...settled } = settle(facts, 'PRESUMED', since);
      return { ...settled, engagements: [...engagements, asked] };
    },
  },
  FormalIdentificationDeclined: {
    schema: 1,
    sensitivity: 3,
    evolve: answered,
    promote: (facts, { metadata }) => settle(facts, 'PRESUMED_DECLINED', metadata.occurredAt),
  },
  VictimFormallyIdentified: {
    schema: 1,
    sensitivity: 3,
    evolve: answered,
    promote: (facts, { metadata }) => settle(facts, 'IDENTIFIED', metadata.occurredAt),
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
    promote: (facts, { metadata }) => settle(facts, 'NOT_IDENTIFIED', metadata.occurredAt),
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
