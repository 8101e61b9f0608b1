/** The one place where HTTP numbers meet the house: everything thrown becomes problem details. */
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '../problems/problem.js';
import { asProblem, languageOf, toProblem } from '../problems/to-problem.js';
import { faultOf, noteProblem } from './log.js';
import type { AllowedMethods } from './routes.js';

/** Answers with problem details and notes the code for the request's log line. */
export async function answerProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  log: Logger,
): Promise<void> {
  const answer = toProblem(error, request.id, languageOf(request.headers['accept-language']));
  noteProblem(request, answer.body.code);
  if (asProblem(error) === undefined) log.error({ requestId: request.id, fault: faultOf(error) }, 'unexpected error');
  await reply
    .code(answer.status)
    .headers(answer.headers)
    .type('application/problem+json; charset=utf-8')
    // A string: Fastify would serialise an object by the rules of the route that failed.
    .send(JSON.stringify(answer.body));
}

@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly allowed: AllowedMethods,
    private readonly log: Logger,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    await (request.is404 ? this.answerNoRoute(request, reply) : answerProblem(error, request, reply, this.log));
  }

  private async answerNoRoute(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const methods = this.allowed(request.url.split('?', 1)[0] ?? '');
    if (methods.length === 0)
      return answerProblem(new Problem('route-unknown', 'nothing answers at this path'), request, reply, this.log);
    const allow = { allow: [...methods, 'OPTIONS'].join(', ') };
    if (request.method === 'OPTIONS') {
      await reply.code(204).headers(allow).send();
      return;
    }
    return answerProblem(
      new Problem('method-not-allowed', 'this path has other methods', {}, allow),
      request,
      reply,
      this.log,
    );
  }
}
