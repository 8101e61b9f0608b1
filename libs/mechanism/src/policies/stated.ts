/** How sure a policy value is, said where it is written down. Source: domain.md, tags S, K and D; 12.1 R-10. */

export const ORIGINS = ['SOURCE', 'DESIGN', 'UNKNOWN'] as const;
/** SOURCE: a source says so. DESIGN: our own proposal. UNKNOWN: nobody knows; the value is the default of domain.md 2.9. */
export type Origin = (typeof ORIGINS)[number];

/** One value of a document of format 2. */
export interface Stated<Value> {
  readonly value: Value;
  readonly source: string;
  readonly origin: Origin;
  readonly provisional: boolean;
}

/** A source was read and says so. */
export const sourced = <const Value>(value: Value, source: string): Stated<Value> => ({
  value,
  source,
  origin: 'SOURCE',
  provisional: false,
});

/** A source is said to say so; nobody has read it again. */
export const recalled = <const Value>(value: Value, source: string): Stated<Value> => ({
  value,
  source: `${source}; not re-read`,
  origin: 'SOURCE',
  provisional: true,
});

/** Our own proposal. */
export const proposed = <const Value>(value: Value, source: string): Stated<Value> => ({
  value,
  source: `own proposal, ${source}`,
  origin: 'DESIGN',
  provisional: true,
});

/** What the country says is not known: the default stands, and every answer that rests on it says so. */
export const unknown = <const Value>(value: Value, why: string): Stated<Value> => ({
  value,
  source: `not known: ${why}; the default of domain.md 2.9 stands`,
  origin: 'UNKNOWN',
  provisional: true,
});
