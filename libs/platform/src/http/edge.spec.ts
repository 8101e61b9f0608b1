/** What the edge lets through, what it refuses, and what becomes of what is thrown behind it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { app, call, key, lines, post, SECRET, start } from '../../../../test/support/notes-app.js';

beforeAll(start);
afterAll(() => app.close());

describe('a request that passes', () => {
  it('reaches the controller with caller, key, path and body', async () => {
    const { status, body } = await post('{"code":"A","words":"w"}', { 'idempotency-key': key.toUpperCase() });
    expect(status).toBe(201);
    expect(body).toEqual({ code: 'A', words: 'w', key, path: { caseId: 'c1' } });
  });

  it('carries what a read needs, and no key', async () => {
    const { body } = await call('GET', '/v1/cases/c1?asOf=2026-01-01', {
      'if-match': '"x"',
      'tandem-minimum-position': 'p',
    });
    expect(body).toMatchObject({
      query: { asOf: '2026-01-01' },
      ifMatch: '"x"',
      minimumPosition: 'p',
      path: { caseId: 'c1' },
    });
    expect(body['caller']).toEqual({
      organisation: 'casa-lumina',
      actor: 'staff-1',
      roles: ['CM'],
      human: true,
      client: 'demo',
    });
    expect(body).not.toHaveProperty('idempotencyKey');
  });

  it('is answered with security headers, no caching and a request id', async () => {
    const { headers } = await call('GET', '/v1/cases/c1');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': expect.any(String),
    });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a request that does not', () => {
  it.each([
    ['no token', { authorization: '' }, 401, 'token-missing'],
    ['no key', { 'idempotency-key': '' }, 400, 'idempotency-key-missing'],
    ['a key that is no UUID', { 'idempotency-key': 'again' }, 400, 'idempotency-key-invalid'],
    ['two keys', { 'idempotency-key': [key, key] }, 400, 'headers-repeated'],
    ['two tokens', { authorization: ['Bearer a', 'Bearer b'] }, 400, 'headers-repeated'],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'media-type-unsupported'],
    ['plain text', { 'content-type': 'text/plain' }, 415, 'media-type-unsupported'],
    ['no media type', { 'content-type': '' }, 415, 'media-type-unsupported'],
    ['a forwarded address', { 'x-forwarded-for': '10.0.0.1' }, 400, 'forwarded-refused'],
    ['a foreign host name', { host: 'evil.example' }, 400, 'forwarded-refused'],
  ])('because of %s', async (_why, headers, status, code) => {
    const answer = await post('{"code":"A","words":"w"}', headers);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body['requestId']).toBe(answer.headers['x-request-id']);
  });

  it.each([
    ['half of it', '{"code":', 400, 'broken-json'],
    ['nothing', '', 400, 'broken-json'],
    ['a prototype', '{"__proto__":{"code":"A"}}', 400, 'broken-json'],
    ['a constructor', '{"constructor":{"prototype":{"x":1}}}', 400, 'broken-json'],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe]), 400, 'broken-json'],
    ['an array', '[]', 400, 'body-invalid'],
    ['null', 'null', 400, 'body-invalid'],
    ['too much', JSON.stringify({ code: 'A', words: 'w'.repeat(256 * 1024) }), 413, 'body-too-large'],
  ])('because the body is %s', async (_what, body, status, code) => {
    expect(await post(body)).toMatchObject({ status, body: { code, status } });
  });

  it('names the fields of a wrong body, and no value', async () => {
    const { body } = await post(JSON.stringify({ code: SECRET, more: SECRET, [SECRET]: 1 }));
    expect(body['errors']).toEqual(
      expect.arrayContaining([
        { pointer: '/code', code: 'is-in' },
        { pointer: '/words', code: 'is-string' },
        { pointer: '/more', code: 'unknown-field' },
        { pointer: '/-', code: 'unknown-field' },
      ]),
    );
    expect(JSON.stringify(body)).not.toContain('Ana');
  });

  it('is told in Romanian on request, with the same code', async () => {
    const { body, headers } = await call('GET', '/v1/cases/c1', {
      authorization: '',
      'accept-language': 'en;q=0.5, ro-RO',
    });
    expect(body).toMatchObject({ code: 'token-missing', title: 'Lipsește jetonul de acces' });
    expect(headers).toMatchObject({ 'content-language': 'ro', 'www-authenticate': 'Bearer realm="tandem"' });
  });
});

describe('what is thrown', () => {
  it.each([
    ['busy', 503, 'busy'],
    ['newer', 503, 'newer-events'],
    ['large', 413, 'body-too-large'],
    ['rule', 422, 'guardian-missing'],
  ])('as %s has its own answer', async (what, status, code) => {
    expect(await call('GET', `/v1/throws/${what}`)).toMatchObject({
      status,
      body: { code, type: `urn:tandem:problem:${code}` },
    });
  });

  it('unexpectedly tells nothing outside, and only where it arose inside', async () => {
    const { status, body } = await call('GET', '/v1/throws/unexpected');
    expect({ status, code: body['code'] }).toEqual({ status: 500, code: 'internal' });
    expect(JSON.stringify(body)).not.toContain('Ana');
    const line = lines.find((l) => l.includes('unexpected error') && l.includes(String(body['requestId'])));
    expect(line).toContain('"name":"TypeError"');
    expect(line).toContain('notes-app.ts');
    expect(lines.join('')).not.toContain('Ana');
  });
});
