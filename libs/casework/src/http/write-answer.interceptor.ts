/** Puts a write's answer into status and headers; the rest is the body. */
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Observable, map } from 'rxjs';
import type { WriteAnswer } from '../edge/write-answer.js';

@Injectable()
export class WriteAnswerInterceptor implements NestInterceptor<WriteAnswer, unknown> {
  intercept(context: ExecutionContext, next: CallHandler<WriteAnswer>): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(map((answer) => write(reply, answer)));
  }
}

function write(reply: FastifyReply, { made, location, etag, position, body }: WriteAnswer): unknown {
  void reply.status(made ? 201 : 200).header('etag', etag);
  if (location !== undefined) void reply.header('location', location);
  if (position !== undefined) void reply.header('tandem-position', position);
  return body;
}
