import { describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { loadConfig } from '#platform';
import { NotOurForm, Visits } from './visit.js';

const OIDC = { TANDEM_PROFILE: 'server', OIDC_ISSUER: 'https://id.example', OIDC_AUDIENCE: 'tandem', OIDC_JWKS_URL: 'https://id.example/jwks' };
const server = new Visits(loadConfig({ ...OIDC, PUBLIC_ADDRESS: 'https://work.example/' }));

function kept(visits: Visits): string {
  let cookie = '';
  visits.keep({ header: (_name: string, value: string) => (cookie = value) } as unknown as FastifyReply, 'v', 60);
  return cookie;
}

const from = (headers: object): FastifyRequest => ({ headers, host: 'inside:8080', protocol: 'http' }) as unknown as FastifyRequest;

function own(headers: object): boolean {
  try {
    server.requireOwn(from(headers));
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(NotOurForm);
    return false;
  }
}

describe('a server', () => {
  it('keeps its cookie to itself and to HTTPS', () => {
    expect(kept(server)).toBe('__Host-desk=v; Max-Age=60; Path=/; HttpOnly; SameSite=Strict; Secure');
    expect(kept(new Visits(loadConfig({})))).toBe('desk=v; Max-Age=60; Path=/; HttpOnly; SameSite=Strict');
    expect(server.sessionCookie(from({ cookie: 'x-desk=1; desk=2; __Host-desk=3; y=4' }))).toBe('3');
  });

  it('behind a proxy knows its own origin', () => {
    expect(own({ origin: 'https://work.example' })).toBe(true);
    for (const origin of ['http://work.example', 'https://work.example.evil', 'http://inside:8080', 'null', undefined]) {
      expect(own({ origin })).toBe(false);
    }
  });

  it('takes the browser’s word for where a form was made', () => {
    expect(own({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe(true);
    for (const site of ['same-site', 'cross-site', 'none', '']) {
      expect(own({ 'sec-fetch-site': site, origin: 'https://work.example' })).toBe(false);
    }
  });
});
