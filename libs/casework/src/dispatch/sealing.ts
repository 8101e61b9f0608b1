/** Moves the personal part of a command, and what follows from it, into the vault and leaves references in its events. */
import { type Decided, type PersonalParts, Rejection, type SealedParts, isCompartment } from '#kernel';
import { PersonErased, RowConflict, type RowToSeal, type SealingVault } from '#privacy';

/** Whose data is sealed, where, and by whom. */
export interface SealingContext {
  readonly commandId: string;
  readonly person: string;
  readonly stream: string;
  readonly custodian: string;
}

function rowsOf(parts: PersonalParts, context: SealingContext): readonly RowToSeal[] {
  return Object.entries(parts).flatMap(([compartment, value]) => (isCompartment(compartment) ? [{ ...context, compartment, value }] : []));
}

async function put(vault: SealingVault, rows: readonly RowToSeal[]): Promise<SealedParts> {
  try {
    const sealed = await vault.put(rows);
    return Object.fromEntries(rows.map(({ compartment }, index) => [compartment, sealed[index]]));
  } catch (error) {
    if (error instanceof PersonErased) throw new Rejection('wrong-state', 'person-erased', 'the person was erased');
    if (error instanceof RowConflict) throw new Rejection('rule-broken', 'idempotency-key-reused', 'the same key came with another body');
    throw error;
  }
}

/**
 * Seals the values and returns the events with references in `data.personal`. Runs after deciding and before the append:
 * a crash in between leaves only rows that the sweep removes, never an event whose value is missing.
 * @throws Error when a personal value would be lost because no event seals its compartment: a bug of the stage
 */
export async function sealInto(
  vault: SealingVault,
  events: readonly Decided[],
  parts: PersonalParts,
  context: SealingContext,
): Promise<readonly Decided[]> {
  const wanted = new Set(events.flatMap(({ seals }) => seals ?? []));
  const lost = Object.keys(parts).filter((c) => isCompartment(c) && !wanted.has(c));
  if (events.length > 0 && lost.length > 0) throw new Error(`no event seals ${lost.join(', ')}`);
  const derived = Object.assign({}, ...events.map((event) => event.derived ?? {})) as PersonalParts;
  const rows = events.length === 0 ? [] : rowsOf({ ...parts, ...derived }, context);
  if (rows.length === 0) return events;
  const sealed = await put(vault, rows);
  return events.map((event) => {
    const own = (event.seals ?? []).flatMap((c) => (sealed[c] === undefined ? [] : [[c, sealed[c]] as const]));
    return own.length === 0 ? event : { ...event, data: { ...event.data, personal: Object.fromEntries(own) } };
  });
}
