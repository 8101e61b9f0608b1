import type { SelectQueryBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Projection, Row } from './projection.js';
import { physicalName } from './projection.js';
import type { AnyDatabase } from './table-store.js';

/** A row as queries see it: `stream` it stands for, `key` within the stream, and its columns. */
export type ViewRow<R> = R & { readonly stream: string; readonly key: string };

/**
 * Begins a query over one table of a projection, under the table's own name:
 * `view(kysely, caseload, 'cases').select('region')`.
 */
export function view<Tables extends Record<string, Row>, Events extends object, T extends keyof Tables & string>(
  kysely: AnyDatabase,
  of: Projection<Tables, Events>,
  table: T,
): SelectQueryBuilder<{ [K in T]: ViewRow<Tables[T]> }, T, object> {
  const from = kysely.selectFrom(sql.table(physicalName(of, table)).as(table));
  return from;
}
