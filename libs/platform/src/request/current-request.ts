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

/** No documented body comes near; what recursion meets beyond it would end the stack. */
const MOST_DEPTH = 64;

/**
 * Whether a JSON value has a canonical form, which what is remembered, sealed or signed needs: every text is Unicode, every
 * number is one that JSON can write again (`1e999` is none), and it is not nested beyond all bounds.
 */
function isCanonical(value: unknown, left = MOST_DEPTH): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (left === 0) return false;
  return Object.entries(value).every(([key, part]: [string, unknown]) => key.isWellFormed() && isCanonical(part, left - 1));
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
 * @throws Problem for a missing or wrong Idempotency-Key on a write, a body without canonical form, or a repeated query parameter
 */
export function caseRequest(request: FastifyRequest): CaseRequest {
  const caller = callerOfRequest(request);
  if (!isCanonical(request.body)) throw new Problem('broken-json', 'the body holds half a character, a number beyond all bounds, or too many levels');
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
