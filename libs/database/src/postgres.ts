import type { Pool } from 'pg';

/** Connections to a PostgreSQL server. The driver is loaded here, so a first run on SQLite never loads it. */
export async function postgresPool(connectionString: string): Promise<Pool> {
  const { default: pg } = await import('pg');
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  const pool = new pg.Pool({ connectionString, types });
  // The pool tells of idle connections that broke, and an unheard 'error' would end the process. The pool has dropped
  // the connection already; when the server is really gone, the next query says so.
  pool.on('error', () => undefined);
  return pool;
}
