/**
 * At which revision each thing of a case last changed: its entity tag. A thing is whatever events name by a field that
 * ends in `Id`. The case itself changes with every event.
 */
import type { Recorded } from '#kernel';

export type Touched = ReadonlyMap<string, number>;

/** Identifiers that an event names. */
export function thingsOf(event: Recorded): readonly string[] {
  return Object.entries(event.data).flatMap(([field, value]) => (field.endsWith('Id') && typeof value === 'string' ? [value] : []));
}

/** Revision at which a thing was last touched by these events; `undefined` when none names it. */
export function lastTouched(events: readonly Recorded[], thing: string): number | undefined {
  return events.findLast((event) => thingsOf(event).includes(thing))?.revision;
}
