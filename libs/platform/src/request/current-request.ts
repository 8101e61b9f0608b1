/** The one door from HTTP to the house: headers checked, body untouched. */
import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { callerOfRequest } from '../authentication/authentication.guard.js';
import { Problem } from '../problems/problem.js';
import type { CaseRequest } from './case-request.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const READS = new Set(['GET', 'HEAD']);

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function idempotencyKey(request: FastifyRequest): { idempotencyKey?: string } {
  if (READS.has(request.method)) return {};
  const key = header(request, 'idempotency-key');
  if (key === undefined) throw new Problem('idempotency-key-missing', 'a write needs an Idempotency-Key');
  if (!UUID.test(key)) throw new Problem('idempotency-key-invalid', 'the Idempotency-Key is not a UUID');
  return { idempotencyKey: key.toLowerCase() };
}

/** Whether every text in a JSON value is Unicode: half a character has no canonical form, so it can not be sealed or signed. */
function isUnicode(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, part]: [string, unknown]) => key.isWellFormed() && isUnicode(part));
}

function query(request: FastifyRequest): Readonly<Record<string, string>> {
  const entries = Object.entries(request.query as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (typeof value !== 'string') throw new Problem('query-invalid', 'a query parameter is given more than once');
      return [name, value];
    }),
  );
}

function optional<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { [N in Name]?: string };
}

/**
 * Reads a request that passed the guard.
 * @throws Problem for a missing or wrong Idempotency-Key on a write, a text that is not Unicode, or a repeated query parameter
 */
export function caseRequest(request: FastifyRequest): CaseRequest {
  const caller = callerOfRequest(request);
  if (!isUnicode(request.body)) throw new Problem('broken-json', 'a text of the body is not Unicode');
  if (caller === undefined) throw new Error('a route that reads the current request can not be public');
  return {
    caller,
    ...idempotencyKey(request),
    ...optional('ifMatch', header(request, 'if-match')),
    body: request.body,
    correlationId: request.id,
    path: { ...(request.params as Record<string, string>) },
    query: query(request),
    ...optional('minimumPosition', header(request, 'tandem-minimum-position')),
  };
}

/** Parameter of a controller's method: the request as `CaseRequest`. */
export const CurrentRequest = createParamDecorator((_nothing: unknown, context: ExecutionContext): CaseRequest => {
  return caseRequest(context.switchToHttp().getRequest<FastifyRequest>());
});
