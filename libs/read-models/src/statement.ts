import type { CompiledQuery } from 'kysely';

/** More rows a statement save little, and engines bound the number of parameters. */
const LARGEST = 256;

/**
 * A statement over a list of rows, compiled once for each of a few sizes. Building a query costs Kysely more than the
 * database needs to run it, so a batch of any size is cut into powers of two and their statements are used again.
 */
export class ListStatement<T> {
  readonly #compiled = new Map<number, CompiledQuery>();

  constructor(
    private readonly compile: (size: number) => CompiledQuery,
    private readonly parametersOf: (item: T) => readonly unknown[],
  ) {}

  /** Statements that together cover all items, in their order. */
  *over(items: readonly T[]): Iterable<CompiledQuery> {
    let size = LARGEST;
    for (let from = 0; from < items.length; from += size) {
      while (size > items.length - from) size /= 2;
      yield { ...this.#of(size), parameters: items.slice(from, from + size).flatMap(this.parametersOf) };
    }
  }

  #of(size: number): CompiledQuery {
    const known = this.#compiled.get(size);
    if (known !== undefined) return known;
    const compiled = this.compile(size);
    this.#compiled.set(size, compiled);
    return compiled;
  }
}
