/**
 * A projection: tables, and what each type of event changes in them. Rows are derived, so they can be deleted and built
 * again from the log; nothing in them is a truth of its own. Source: architecture.md 7.
 */
import type { Recorded } from '#kernel';

/** What a column may hold on both engines. A moment is ISO 8601 text, a yes or no is 1 or 0, a list is JSON text. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

type ColumnOf<V> = null extends V
  ? [NonNullable<V>] extends [number]
    ? 'integer?'
    : 'text?'
  : [V] extends [number]
    ? 'integer'
    : 'text';

export interface Table<R extends Row> {
  /** Type of each column, from its values' type; `?` where it may be null. */
  readonly columns: { readonly [C in keyof R]: ColumnOf<R[C]> };
  readonly indexes?: readonly (readonly (keyof R & string)[])[];
}

/**
 * The rows that stand for the event's own stream. A handler sees no others, so the order in which streams are mixed
 * changes nothing, a whole batch is folded in memory, and what was derived from one case is found to be forgotten.
 */
export interface Rows<R extends Row> {
  /** A row of this stream; `key` tells apart several rows of one stream, a referral's for instance. */
  get(key?: string): R | undefined;
  /** Adds the row or replaces it. */
  put(row: R, key?: string): void;
  /** Changes a row that is there. A row that is not there stays so: an erased case may still have events after it. */
  change(part: Partial<R>, key?: string): void;
  delete(key?: string): void;
  /** All rows of this stream with their keys. */
  all(): readonly (readonly [key: string, row: R])[];
  /** Deletes all rows of this stream. */
  clear(): void;
}

export type RowsOf<Tables> = { readonly [T in keyof Tables]: Rows<Tables[T] & Row> };

/**
 * What one event changes. Uses nothing but the event and the rows: no clock, no chance, no other input, or a rebuilt
 * table would differ from the living one. It must be total over everything that was ever stored under its type; an
 * error stops the projection at this event until the code is mended.
 */
export type Handler<Tables, Type extends string = string, Data extends object = object> = (
  event: Recorded<Type, Data>,
  rows: RowsOf<Tables>,
) => void;

/** `Tables` maps names to row types, `Events` maps event types to their stored data. */
export interface Projection<Tables extends Record<string, Row>, Events extends object> {
  /** Stable: the checkpoint is kept under it. */
  readonly name: string;
  /** Raised with every change of tables or handlers: tables of the new version are built from the log beside the old. */
  readonly version: number;
  readonly tables: { readonly [T in keyof Tables]: Table<Tables[T]> };
  /** A type that is not named here is read and changes nothing. */
  readonly on: {
    readonly [T in keyof Events & string]: Handler<Tables, T, Events[T] & object>;
  };
}

/** Any projection, as the engine runs it. */
export interface AnyProjection {
  readonly name: string;
  readonly version: number;
  readonly tables: Readonly<Record<string, Table<Row>>>;
  readonly on: Readonly<Record<string, Handler<Record<string, Row>>>>;
}

/** Declares a projection: its types are checked here, and the engine takes it as it is. */
export function projection<Tables extends Record<string, Row>, Events extends object>(
  declared: Projection<Tables, Events>,
): Projection<Tables, Events> {
  return declared;
}

/** A handler that drops everything derived from the case: for events of erasure. */
export const forget = (_event: Recorded, rows: Readonly<Record<string, { clear(): void }>>): void => {
  for (const table of Object.values(rows)) table.clear();
};

/** Where the rows of a table lie. The version is in the name, so that two versions can stand side by side. */
export function physicalName(of: { readonly name: string; readonly version: number }, table: string): string {
  return `${of.name}_${table}_v${of.version}`.replaceAll('-', '_');
}
