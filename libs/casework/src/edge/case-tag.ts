/**
 * Tags of a case, and how far somebody may count what is recorded on it. An entity tag changes with what its holder sees, never
 * with what others do elsewhere in the case. Source: architecture.md 6.
 */
import type { Recorded } from '#kernel';
import { type Access, entityTag } from '#platform';
import type { Keyring } from '#privacy';
import type { CaseState } from '../dispatch/case-reader.js';
import { lastTouched } from '../dispatch/touched.js';
import { onlyBroughtIn } from '../shared/taking-part.js';
import { caseView, emergencyView } from './case-view.js';

/** A case at a moment, before somebody with this access. */
export interface Seen {
  readonly caseId: string;
  readonly organisation: string;
  readonly state: CaseState;
  readonly access: Pick<Access, 'scope' | 'because'>;
  readonly now: string;
}

/** Whether it sees the whole case, so that a count of its events tells it nothing new. */
export function seesAll({ organisation, state, access }: Omit<Seen, 'caseId' | 'now'>): boolean {
  return access.scope === 'FULL' && access.because !== 'break-glass' && !onlyBroughtIn(state.facts, organisation);
}

/** What it sees, with inside identifiers; `undefined` where it sees nothing. */
export function seenView({ caseId, organisation, state, access, now }: Seen): object | undefined {
  if (access.scope === 'NONE') return undefined;
  const viewer = { organisation, scope: access.scope };
  return access.because === 'break-glass' ? emergencyView(caseId, state, viewer, now) : caseView(caseId, state, viewer, now);
}

/** The tag of the case itself: its revision for who sees all of it, for others what they see. */
export function caseTag(keys: Pick<Keyring, 'authenticate'>, seen: Seen): string {
  return entityTag(keys, seen.organisation, seen.caseId, seesAll(seen) ? seen.state.revision : JSON.stringify([seenView(seen)]));
}

/** The tag of a thing of the case: the revision at which an event last named it; `undefined` when none did. */
export function thingTag(keys: Pick<Keyring, 'authenticate'>, organisation: string, thing: string, events: readonly Recorded[]): string | undefined {
  const touched = lastTouched(events, thing);
  return touched === undefined ? undefined : entityTag(keys, organisation, thing, touched);
}
