import type { CompiledQuery } from 'kysely';

/** Engines bound the number of parameters of a statement. */
const LARGEST = 256;

/**
 * A statement over a list of rows, compiled once for each of a few sizes: a batch of any size is cut into powers of two,
 * so that their statements are used again and none is built while rows are written.
 */
export class ListStatement<T, Row = unknown> {
  readonly #compiled = new Map<number, CompiledQuery<Row>>();

  constructor(
    private readonly compile: (size: number) => CompiledQuery<Row>,
    private readonly parametersOf: (item: T) => readonly unknown[],
  ) {}

  /** Statements that together cover all items, in their order. */
  *over(items: readonly T[]): Iterable<CompiledQuery<Row>> {
    let size = LARGEST;
    for (let from = 0; from < items.length; from += size) {
      while (size > items.length - from) size /= 2;
      const parameters: unknown[] = [];
      for (let at = from; at < from + size; at++) parameters.push(...this.parametersOf(items[at] as T));
      yield { ...this.#of(size), parameters };
    }
  }

  #of(size: number): CompiledQuery<Row> {
    const known = this.#compiled.get(size);
    if (known !== undefined) return known;
    const compiled = this.compile(size);
    this.#compiled.set(size, compiled);
    return compiled;
  }
}
