/** Positions of the server's log as the opaque strings of the port. */
import { START as LOG_START } from '@eventstore/db-client';
import { type Position, START } from '../../port.js';

/** Where an event lies in the server's log. */
export interface LogPosition {
  readonly commit: bigint;
  readonly prepare: bigint;
}

/** Sixteen hexadecimal digits each, so that the order of the strings is the order of the log. */
const FORM = /^([0-9a-f]{16})-([0-9a-f]{16})$/;

export function positionOf({ commit, prepare }: LogPosition): Position {
  const committed = digits(commit);
  // An append of its own, as all here are, is committed where it was prepared.
  return `${committed}-${prepare === commit ? committed : digits(prepare)}`;
}

/**
 * Where to read from on the server, which begins with the event at that place itself.
 * @throws RangeError for a checkpoint of another adapter, which would else be taken for some other place in the log
 */
export function placeOf(position: Position): LogPosition | typeof LOG_START {
  if (position === START) return LOG_START;
  const [, commit, prepare] = FORM.exec(position) ?? [];
  if (commit === undefined || prepare === undefined) throw new RangeError('not a position of this event store');
  return { commit: BigInt(`0x${commit}`), prepare: BigInt(`0x${prepare}`) };
}

export function comparePositions(a: Position, b: Position): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function digits(number: bigint): string {
  return number.toString(16).padStart(16, '0');
}
