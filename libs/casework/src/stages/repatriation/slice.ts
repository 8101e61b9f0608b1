/** A return as the stage keeps it: who sends, who receives, who operates, and how far it came. Source: domain.md 6.3. */
import { Rejection } from '#kernel';
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import { cameToNothing, told } from '../../shared/holders.js';

export const RETURN_DIRECTIONS = ['INBOUND', 'OUTBOUND', 'INTERNAL'] as const;
export type ReturnDirection = (typeof RETURN_DIRECTIONS)[number];

export const JOURNEY_FAILURES = ['NO_SHOW', 'MISSED', 'REFUSED_ENTRY', 'MISSING'] as const;
export type JourneyFailure = (typeof JOURNEY_FAILURES)[number];

export type ReturnState =
  | 'REQUESTED' | 'INFORMED' | 'SENDING_ASSESSED' | 'RECEIVING_ASKED' | 'RECEIVING_CONFIRMED' | 'RECEIVING_ASSESSED' | 'APPROVED' | 'CHECKED'
  | 'DEPARTED' | 'ARRIVED' | 'HANDED_OVER' | 'FOLLOWED_UP' | 'NOT_SAFE' | 'CANCELLED' | 'FAILED';

export interface Return {
  readonly returnId: string;
  readonly direction: ReturnDirection;
  /** Organisation that manages the case before the return. */
  readonly sender: string;
  /** Organisation that takes the person in afterwards. */
  readonly receiver: string;
  /** Organisation that organises the journey. */
  readonly operator: string;
  readonly state: ReturnState;
  readonly requestedAt: string;
  /** Moment of the last change: limits run from it. */
  readonly since: string;
  /** Why the journey did not reach its end. */
  readonly failure?: JourneyFailure;
  /** The person asked for it herself, or in her own words (INV-5). */
  readonly atRequest?: boolean;
  /** Who overrode a HIGH risk, if anyone did. */
  readonly overriddenBy?: string;
  /** The assessments of that risk: another one, later, was not looked at. */
  readonly overridden?: readonly string[];
  /** So many of the intervals at which she is asked how she is are settled. */
  readonly followedUp?: number;
}

export type RepatriationSlice = readonly Return[];

/** States in which nobody has boarded and the return is not over. */
export const BEFORE_BOARDING: readonly ReturnState[] = [
  'REQUESTED', 'INFORMED', 'SENDING_ASSESSED', 'RECEIVING_ASKED', 'RECEIVING_CONFIRMED', 'RECEIVING_ASSESSED', 'APPROVED', 'CHECKED',
];

export function returnOf(slice: RepatriationSlice, body: object): Return | undefined {
  return slice.find(({ returnId }) => returnId === (body as { returnId?: string }).returnId);
}

export function theReturn(slice: RepatriationSlice, body: object): Return {
  const found = returnOf(slice, body);
  if (found === undefined) throw new Rejection('unknown', 'not-found', 'there is no such return in this case');
  return found;
}

/** It is being prepared, or she is on the way. */
export const isUnderWay = ({ state }: Return): boolean => state === 'DEPARTED' || BEFORE_BOARDING.includes(state);

const BEFORE_THE_OPERATOR: readonly ReturnState[] = ['REQUESTED', 'INFORMED'];
const BEFORE_THE_RECEIVER: readonly ReturnState[] = [...BEFORE_THE_OPERATOR, 'SENDING_ASSESSED'];

/** Whether this body of the return was told of it by now. */
export function isTold({ operator, receiver, state }: Return, organisation: string | undefined): boolean {
  return (organisation === operator && !BEFORE_THE_OPERATOR.includes(state)) || (organisation === receiver && !BEFORE_THE_RECEIVER.includes(state));
}

/** The slice with one return changed. */
export function change(slice: RepatriationSlice, returnId: string, by: Partial<Return>): RepatriationSlice {
  return slice.map((one) => (one.returnId === returnId ? { ...one, ...by } : one));
}

/** The last word of her on the way: from then on somebody waits for the next. */
export function heardOf(slice: RepatriationSlice, returnId: string, at: string): RepatriationSlice {
  return slice.map((one) => (one.returnId === returnId && one.since < at ? { ...one, since: at } : one));
}

/** An event's rule when all it does is bring a return to a state. */
export function reaches(state: ReturnState) {
  return (slice: RepatriationSlice, event: { data: { returnId: string }; metadata: { occurredAt: string } }): RepatriationSlice =>
    change(slice, event.data.returnId, { state, since: event.metadata.occurredAt });
}

/**
 * An organisation's place in the case through a return, and that it holds what it was told; an earlier place of the same
 * organisation through it ends.
 */
export function engage(
  facts: CaseFacts,
  returnId: string,
  since: string,
  place: Pick<Engagement, 'organisation' | 'role' | 'scope' | 'receives'>,
): CaseFacts {
  const earlier = (e: Engagement): boolean => e.through === returnId && e.organisation === place.organisation && e.until === undefined;
  const engagements = facts.engagements.map((e) => (earlier(e) ? { ...e, until: since } : e));
  const holding = told(facts, { organisation: place.organisation, kind: 'RETURN', thingId: returnId });
  return { ...holding, engagements: [...engagements, { ...place, through: returnId, since }] };
}

/** A return came to nothing: nobody takes part in it any more, and who did must forget. */
export function endReturn(facts: CaseFacts, { data, metadata }: { data: { returnId: string }; metadata: { occurredAt: string; recordedAt: string } }): CaseFacts {
  return cameToNothing(facts, metadata, ({ through }) => through === data.returnId);
}
