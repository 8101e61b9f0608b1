/**
 * Classification of every field of every request body: sealed in a compartment, or in clear.
 * A field that singles a person out or shames them is personal even when it is a code. Source: architecture.md 5.
 */
import { type Compartment, COMPARTMENTS } from './message.js';

declare const compartment: unique symbol;

/** A value that must lie in the vault under compartment `C`. Plain values are assignable; the mark is for types only. */
export type Personal<T, C extends Compartment> = T & { readonly [compartment]?: C };

type CompartmentOf<V> = typeof compartment extends keyof NonNullable<V>
  ? NonNullable<NonNullable<V>[typeof compartment & keyof NonNullable<V>]> & Compartment
  : never;

/** The body without its personal fields: the only fields of a command that an event may copy. */
export type Clear<Body> = {
  [K in keyof Body as [CompartmentOf<Body[K]>] extends [never] ? K : never]: Body[K];
};

/** The personal fields of one body, gathered by compartment, as they are sealed: one row a compartment. */
export type PersonalParts = { readonly [C in Compartment]?: Readonly<Record<string, unknown>> };

type Classification = Compartment | 'clear';
const classified = new WeakMap<object, Map<string, Classification>>();

function classify(target: object, key: string, as: Classification): void {
  const fields = classified.get(target) ?? new Map<string, Classification>();
  classified.set(target, fields.set(key, as));
}

/**
 * Marks a body's field as personal. It compiles only on a property whose type is `Personal<…, C>` with the same
 * compartment, so the type that keeps a value out of events and the mark that seals it can not disagree.
 */
export function Personal<C extends Compartment>(name: C) {
  return <T extends object, K extends keyof T & string>(
    target: T,
    key: K & ([C] extends [CompartmentOf<T[K]>] ? K : never),
  ): void => {
    classify(target, key, name);
  };
}

/** Marks a body's field as a clear fact. It does not compile on a field that is `Personal`. */
export function InClear() {
  return <T extends object, K extends keyof T & string>(
    target: T,
    key: K & ([CompartmentOf<T[K]>] extends [never] ? K : never),
  ): void => {
    classify(target, key, 'clear');
  };
}

/** How each field of a body class is classified. A field that is missing here was never classified. */
export function classificationOf(body: abstract new (...parameters: never[]) => object): ReadonlyMap<string, Classification> {
  const all = new Map<string, Classification>();
  for (let p = body.prototype as object | null; p !== null; p = Object.getPrototypeOf(p) as object | null) {
    for (const [key, as] of classified.get(p) ?? []) if (!all.has(key)) all.set(key, as);
  }
  return all;
}

/** Gathers the personal values of a body by compartment. Absent values are left out; no compartment is ever empty. */
export function personalPartsOf(
  body: object,
  fields: ReadonlyMap<string, Classification>,
): PersonalParts {
  const parts: Partial<Record<Compartment, Record<string, unknown>>> = {};
  for (const [key, value] of Object.entries(body)) {
    const as = fields.get(key);
    if (as === undefined || as === 'clear' || value === undefined) continue;
    (parts[as] ??= {})[key] = value;
  }
  return parts;
}

/** Whether a text names a compartment. */
export function isCompartment(text: string): text is Compartment {
  return (COMPARTMENTS as readonly string[]).includes(text);
}

