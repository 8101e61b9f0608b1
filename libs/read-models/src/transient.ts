/** SQLite: busy, locked, an input or output error, a full disk. https://sqlite.org/rescode.html */
const SQLITE_TRANSIENT = new Set([5, 6, 10, 13]);
/**
 * PostgreSQL: classes 08 connection, 40 rolled back, 53 resources, 57 operator intervention, 58 system; 55P03 lock not
 * available. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const POSTGRES_TRANSIENT = /^(?:08|40|53|57|58)...$|^55P03$/;
const NETWORK = /^(?:ECONN|ETIMEDOUT|EPIPE|EHOST|ENET|EAI_|ENOTFOUND)/;
/** Errors of the client and its pool that carry no code. */
const CLIENT = /connection (?:terminated|timeout)|timeout exceeded when trying to connect|not queryable/i;

/** Whether the database may answer the same request later. An error in the code of a projection never is transient. */
export function isTransient(error: unknown): boolean {
  const { code, errcode, message } = error as { code?: unknown; errcode?: unknown; message?: unknown };
  if (typeof errcode === 'number') return SQLITE_TRANSIENT.has(errcode & 0xff);
  if (typeof code === 'string') return POSTGRES_TRANSIENT.test(code) || NETWORK.test(code);
  return typeof message === 'string' && CLIENT.test(message);
}
