/**
 * What flows through the house: commands in, events out, one envelope for every event.
 * Sources: architecture.md 3 and 5, domain.md 11.
 */

/**
 * The drawers in which personal data is kept apart. Each has its own key, so one drawer can be
 * opened for a purpose, or destroyed, without the others. Source: architecture.md 5.
 */
export const COMPARTMENTS = [
  'identity',
  'contact',
  'narrative',
  'assessment',
  'health',
  'proceedings',
  'evidence',
  'statistics',
  'majority',
] as const;
export type Compartment = (typeof COMPARTMENTS)[number];

/** 1 = internal, 2 = confidential, 3 = never in search, exports or notifications. Source: domain.md 8.3. */
export type Sensitivity = 1 | 2 | 3;

/**
 * Stands in an event where a personal value would stand. `reference` finds the sealed row in the vault;
 * `commitment` is SHA-256 over a random salt and the canonical plaintext, so whoever may open the row can
 * prove that the value is the one recorded. After erasure both say nothing.
 */
export interface Sealed {
  readonly reference: string;
  readonly commitment: string;
}

/** The sealed parts of one event, by compartment. Absent when the event holds no personal data. */
export type SealedParts = { readonly [C in Compartment]?: Sealed };

/** What every event says about itself besides its facts. Times are ISO 8601 in UTC with milliseconds. */
export interface Envelope {
  /** Version of this event type's stored shape, from 1. */
  readonly schema: number;
  /** When the fact happened. Deadlines run on it (INV-17). */
  readonly occurredAt: string;
  /** When it was appended; never before the previous event of the stream. Reports run on it (INV-17). */
  readonly recordedAt: string;
  /** Opaque reference of the person or system that acted, never a name. */
  readonly actor: string;
  readonly organisation: string;
  readonly role: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
  /** Versions of what the decision rested on: policy, catalogue, instrument, directory entries. */
  readonly reference: Readonly<Record<string, string>>;
  readonly legalBasis: string;
  readonly sensitivity: Sensitivity;
  /** SHA-256 over the previous event's chain and this event's canonical stored form, in hexadecimal. */
  readonly chain: string;
}

/** An event as it stands in a stream. */
export interface Recorded<Type extends string = string, Data extends object = object> {
  readonly id: string;
  readonly type: Type;
  readonly stream: string;
  /** Position within its stream, from 0. */
  readonly revision: number;
  readonly data: Data;
  readonly metadata: Envelope;
}

/**
 * An event as `decide` returns it: clear facts, and the names of the compartments whose values travel in the
 * command. Dispatch seals those values and writes references into `data.personal` before the append.
 */
export interface Decided<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
  readonly seals?: readonly Compartment[];
  /** Personal values that follow from those of the command and are sealed with them: never copied into the event. */
  readonly derived?: DerivedParts;
}

/** What a stage works out of personal values, by compartment. */
export type DerivedParts = { readonly [C in Compartment]?: Readonly<Record<string, unknown>> };

/** A wish, imperative. It may be refused; then nothing is recorded on the case. */
export interface Command<Type extends string = string, Body extends object = object> {
  readonly type: Type;
  readonly body: Body;
}

/** `{ A: Body1; B: Body2 }` as the union of its commands. */
export type CommandsOf<Bodies> = { [T in keyof Bodies & string]: Command<T, Bodies[T] & object> }[keyof Bodies & string];

/** `{ A: Data1; B: Data2 }` as the union of events that `decide` may return. */
export type DecidedOf<Data> = { [T in keyof Data & string]: Decided<T, Data[T] & object> }[keyof Data & string];

/** Now, as ISO 8601 in UTC with milliseconds. Given to whoever needs the time; pure code gets the moment instead. */
export type Clock = () => string;
