/** Logging by allowlist: what is not named here is never written. No path value, body, header or error text. */
import { createHmac, randomBytes } from 'node:crypto';
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

/** Frames of a stack, without the text that stands before them: it may quote a value, over several lines. */
function framesOf({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  const frames = start < 0 ? '' : stack.slice(start + message.length);
  return [...frames.matchAll(/^ {4}(at .+)$/gm)].map(([, frame]) => frame ?? '');
}

/** What of an unexpected error may be written: its class, its code and where it arose. */
export function faultOf(error: unknown): { name: string; code?: string; at: readonly string[] } {
  if (!Error.isError(error)) return { name: typeof error, at: [] };
  const code = (error as { code?: unknown }).code;
  const named = typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code);
  return { name: error.constructor.name, ...(named ? { code } : {}), at: framesOf(error) };
}

/** New at each start: organisations are few, and a plain hash of their names could be looked up. */
const hashKey = randomBytes(32);

/** A client by a short hash: enough to follow one through the log of one process, useless to name it. */
function clientHash(request: FastifyRequest): string | undefined {
  const caller = callerOfRequest(request);
  return caller && createHmac('sha256', hashKey).update(limitOf(caller)).digest('hex').slice(0, 12);
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
