/** Forms are read below `/inbox` only: everywhere else the server takes JSON and nothing else. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#platform';
import { Form, parseForm } from '../form.js';

const FORM = 'application/x-www-form-urlencoded';

/** Teaches the server to read forms, within its limit for bodies. */
export function readForms(server: FastifyInstance): void {
  server.addContentTypeParser(FORM, { parseAs: 'string' }, (request, body, done) => {
    if (!/^\/inbox(?:\/|$)/.test(request.routeOptions.url ?? '')) {
      done(new Problem('media-type-unsupported', 'only application/json is read'));
      return;
    }
    const form = parseForm(String(body));
    done(form === undefined ? new Problem('broken-request', 'a field stands twice') : null, form);
  });
}

/** The form that was sent. @throws Problem when something else was */
export function formOf({ body }: FastifyRequest): Form {
  if (body instanceof Form) return body;
  throw new Problem('media-type-unsupported', 'a form is expected');
}
