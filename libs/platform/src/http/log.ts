/** Logging by allowlist: what is not named here is never written. No path value, body, header or error text. */
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DestinationStream, type Logger, pino } from 'pino';
import { callerOfRequest } from '../authentication/authentication.guard.js';
import { limitOf } from './rate-limit.js';

const codes = new WeakMap<FastifyRequest, string>();

/** Lines are NDJSON on standard output, or on `destination`. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: {} };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** Keeps the code of the problem that a request was answered with, for its line. */
export function noteProblem(request: FastifyRequest, code: string): void {
  codes.set(request, code);
}

export function notedProblem(request: FastifyRequest): string | undefined {
  return codes.get(request);
}

/** What of an unexpected error may be written: its class, its code and where it arose. Its text may quote a value. */
export function faultOf(error: unknown): { name: string; code?: string; at: readonly string[] } {
  if (!Error.isError(error)) return { name: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  const at = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim());
  return { name: error.constructor.name, ...(typeof code === 'string' ? { code } : {}), at };
}

/** A client by a short hash: enough to follow one through the log, useless to name it. */
function clientHash(request: FastifyRequest): string | undefined {
  const caller = callerOfRequest(request);
  return caller && createHash('sha256').update(limitOf(caller)).digest('hex').slice(0, 12);
}

/** The line of one request. The route is its template, never the address. */
export function requestLine(request: FastifyRequest, reply: FastifyReply): Readonly<Record<string, unknown>> {
  return {
    requestId: request.id,
    method: request.method,
    route: request.routeOptions.url ?? 'none',
    status: reply.statusCode,
    milliseconds: Math.round(reply.elapsedTime * 10) / 10,
    client: clientHash(request),
    problem: codes.get(request),
  };
}
