/** The HTTP server below Nest: limits, and answers to what never becomes a request. */
import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { toProblem } from '../problems/to-problem.js';
import { answerProblem } from './problem.filter.js';

export const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/** What is not HTTP gets the same shape of answer, written by hand: there is no request to answer. */
function answerBrokenConnection(error: Error, socket: Socket): void {
  if (!socket.writable || (error as { code?: string }).code === 'ECONNRESET') return void socket.destroy();
  const { status, body } = toProblem(Object.assign(error, { statusCode: 400 }), randomUUID(), 'en');
  const text = JSON.stringify(body);
  const head = `HTTP/1.1 ${String(status)} ${body.title}\r\ncontent-type: application/problem+json; charset=utf-8\r\n`;
  socket.end(`${head}content-length: ${String(Buffer.byteLength(text))}\r\nconnection: close\r\n\r\n${text}`);
}

/** Says when the app begins to stop, which is before its modules are told. */
export class ServerAdapter extends FastifyAdapter {
  stopping = false;

  override beforeClose(): void {
    super.beforeClose();
    this.stopping = true;
  }
}

/** A Nest adapter over Fastify that reads JSON up to `BODY_LIMIT_BYTES` and nothing else. */
export function createServer(log: Logger): ServerAdapter {
  const adapter = new ServerAdapter({
    // Fastify would log addresses: the lines of this house are written by `requestLine` alone.
    logger: false,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    multipart: false,
    routerOptions: { maxParamLength: 200 },
    // What the router itself refuses passes no hook, so the doorway's headers are set here.
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply
        .header('x-request-id', request.id)
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff');
      void answerProblem(error, request, reply, log);
    },
    clientErrorHandler: (error, socket) => {
      answerBrokenConnection(error, socket);
    },
  });
  adapter.getInstance().removeContentTypeParser('text/plain');
  return adapter;
}
