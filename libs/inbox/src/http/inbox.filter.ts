/** What goes wrong on the page, as a page. Status and title are those of the API. */
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { asProblem, toProblem } from '#platform';
import { LOG, faultOf, noteProblem } from '#platform/nest';
import { messagePage } from '../pages/message.js';
import { signInPage } from '../pages/sign-in.js';
import { NotSignedIn } from '../session.js';
import { WORDS } from '../words/words.js';
import { NotOurForm, cameFromElsewhere, languageOfVisit, show } from './visit.js';

/** Where a language link of a page that went wrong leads: a page that can be asked for. */
export function pathOf({ params }: FastifyRequest): string {
  const { reference } = params as { reference?: string };
  return reference !== undefined && /^[0-9a-f-]{36}$/i.test(reference) ? `/inbox/${reference}` : '/inbox';
}

@Catch()
export class InboxFilter implements ExceptionFilter {
  constructor(@Inject(LOG) private readonly log: Logger) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const language = languageOfVisit(request);
    const frame = { language, path: pathOf(request) };
    if (error instanceof NotSignedIn) {
      const ended = error.reason === 'ended' || request.method === 'POST';
      return show(reply, signInPage(frame, { mayBeIn: cameFromElsewhere(request), ...(ended ? { message: 'sessionEnded', wrong: true } : {}) }), 401);
    }
    if (error instanceof NotOurForm) return show(reply, messagePage(frame, WORDS[language].formStale), 403);
    const { status, body, headers } = toProblem(error, request.id, language);
    noteProblem(request, body.code);
    if (asProblem(error) === undefined) this.log.error({ requestId: request.id, fault: faultOf(error) }, 'unexpected error');
    void reply.headers(headers);
    await show(reply, messagePage(frame, status === 404 ? WORDS[language].unknown : body.title), status);
  }
}
