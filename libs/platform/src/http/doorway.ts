/** What every request passes before any route: refusals that need neither a token nor a body. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Profile } from '../config/config.js';
import { Problem } from '../problems/problem.js';

const ONCE = new Set(['authorization', 'content-type', 'idempotency-key', 'host', 'tandem-minimum-position']);
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** Node keeps the first of some repeated headers and joins others: whoever checks another one than we do is misled. */
function refuseRepeatedHeaders({ raw }: FastifyRequest): void {
  const seen = new Set<string>();
  for (let i = 0; i < raw.rawHeaders.length; i += 2) {
    const name = (raw.rawHeaders[i] ?? '').toLowerCase();
    if (ONCE.has(name) && seen.has(name)) throw new Problem('headers-repeated', `the header ${name} stands twice`);
    seen.add(name);
  }
}

/** The demo hands out tokens to whoever asks: so only this computer may ask, and no web page under another name. */
function refuseForwarded({ headers }: FastifyRequest): void {
  if (FORWARDED.some((name) => headers[name] !== undefined))
    throw new Problem('forwarded-refused', 'the demonstration stands behind no proxy');
  if (!LOCAL_HOST.test(headers.host ?? ''))
    throw new Problem('forwarded-refused', 'the demonstration is reached as localhost only');
}

/** Adds the checks to a server. `isStopping` answers whether new requests are turned away. */
export function addDoorway(server: FastifyInstance, profile: Profile, isStopping: () => boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id).header('cache-control', 'no-store');
    if (isStopping()) throw new Problem('stopping', 'the service is stopping', {}, { connection: 'close' });
    if (profile === 'demo') refuseForwarded(request);
    refuseRepeatedHeaders(request);
    done();
  });
}
