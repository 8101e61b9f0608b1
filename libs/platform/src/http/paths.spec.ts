/** Paths, methods and what is no request at all; and the issuer of demonstration tokens. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { app, call, raw, start } from '../../../../test/support/notes-app.js';

beforeAll(start);
afterAll(() => app.close());

describe('paths and methods', () => {
  it('tells an unknown path from a wrong method', async () => {
    expect(await call('GET', '/v1/nothing')).toMatchObject({ status: 404, body: { code: 'route-unknown' } });
    const wrong = await call('DELETE', '/v1/cases/c1');
    expect(wrong).toMatchObject({
      status: 405,
      body: { code: 'method-not-allowed' },
      headers: { allow: 'GET, HEAD, OPTIONS' },
    });
  });

  it('answers HEAD without a body and OPTIONS with the methods', async () => {
    expect(await call('HEAD', '/v1/cases/c1')).toMatchObject({ status: 200, body: { text: '' } });
    expect(await call('HEAD', '/v1/cases/c1', { authorization: '' })).toMatchObject({ status: 401 });
    expect(await call('OPTIONS', '/v1/cases/c1/notes')).toMatchObject({
      status: 204,
      headers: { allow: 'POST, OPTIONS' },
    });
    expect(await call('OPTIONS', '/v1/nothing')).toMatchObject({ status: 404 });
  });

  it.each(['/v1/cases/%', '/v1/cases/%ff', `/v1/cases/${'a'.repeat(300)}`, '/v1/cases/', '/v1/cases//notes'])(
    'refuses %s as a problem',
    async (path) => {
      const { status, headers, body } = await call('GET', path);
      expect([400, 404]).toContain(status);
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(headers).toMatchObject({ 'x-request-id': body['requestId'], 'cache-control': 'no-store' });
      expect(body['code']).toMatch(/^(broken-request|route-unknown)$/);
    },
  );

  it('refuses a query parameter that stands twice', async () => {
    expect(await call('GET', '/v1/cases/c1?asOf=1&asOf=2')).toMatchObject({
      status: 400,
      body: { code: 'query-invalid' },
    });
  });

  it('answers what is not HTTP, or too long, as a problem', async () => {
    expect(await raw('HELLO\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*"code":"broken-request"/);
    expect(await raw(`GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 [^]*"code":"headers-too-large"/,
    );
  });
});

describe('the demo issuer', () => {
  it('gives tokens that open the door', async () => {
    const body = JSON.stringify({ organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-2', human: false });
    const answer = await call('POST', '/demo/tokens', { 'content-type': 'application/json', authorization: '' }, body);
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer' } });
    const { body: seen } = await call('GET', '/v1/cases/c1', {
      authorization: `Bearer ${String(answer.body['access_token'])}`,
    });
    expect(seen['caller']).toMatchObject({ actor: 'staff-2', human: false });
  });

  it('shows its public key only', async () => {
    const { body } = await call('GET', '/demo/jwks', { authorization: '' });
    expect(body['keys']).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
  });
});
