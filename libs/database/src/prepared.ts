import type { CompiledQuery, QueryResult } from 'kysely';

/** What runs compiled queries: a database, or a transaction. */
export interface Executes {
  executeQuery<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
}

/**
 * A query that is built and compiled once: for a short one that costs more than running it. `build` gets a stand-in for each
 * parameter, to be used as a value and nothing else.
 */
export function prepared<Parameters extends object, Row>(
  build: (parameters: Parameters) => { compile(): CompiledQuery<Row> },
): (kysely: Executes, parameters: Parameters) => Promise<QueryResult<Row>> {
  const standIns = new Proxy({}, { get: (_, name) => Symbol(String(name)) }) as Parameters;
  let compiled: CompiledQuery<Row> | undefined;
  return (kysely, given) => {
    compiled ??= build(standIns).compile();
    const parameters = compiled.parameters.map((value) =>
      typeof value === 'symbol' ? given[value.description as keyof Parameters] : value,
    );
    return kysely.executeQuery({ ...compiled, parameters });
  };
}
