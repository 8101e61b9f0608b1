import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request as send } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Controller, Get, Inject, Module, Param, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsString } from 'class-validator';
import { Rejection } from '#kernel';
import { loadConfig } from '../config/config.js';
import { type DemoIssuer, createDemoIssuer } from '../authentication/demo-issuer.js';
import { Public } from '../authentication/authentication.guard.js';
import type { CaseRequest } from '../request/case-request.js';
import { CurrentRequest } from '../request/current-request.js';
import { validate } from '../validation/validate.js';
import { createApp } from './create-app.js';
import { HealthChecks } from './health.js';

class NoteBody {
  @IsIn(['A', 'B']) code!: string;
  @IsString() words!: string;
}

const SECRET = 'Ana-Maria 2880101';

@Controller('v1')
class NotesController {
  @Post('cases/:caseId/notes')
  note(@CurrentRequest() request: CaseRequest): object {
    const { code, words } = validate(NoteBody, request.body);
    return { code, words, key: request.idempotencyKey, path: request.path };
  }

  @Get('cases/:caseId')
  view(@CurrentRequest() request: CaseRequest): CaseRequest {
    return request;
  }

  @Get('throws/:what')
  throws(@Param('what') what: string): never {
    if (what === 'unexpected') throw new TypeError(`can not read ${SECRET}`);
    if (what === 'busy') throw Object.assign(new Error('x'), { name: 'StreamBusy' });
    if (what === 'newer') throw Object.assign(new Error('x'), { name: 'UnknownEvent' });
    if (what === 'large') throw Object.assign(new Error('x'), { name: 'AppendTooLarge' });
    throw new Rejection('rule-broken', 'guardian-missing', 'no guardian', { needs: 'GUARDIAN' });
  }
}

@Controller()
class CountingController {
  constructor(@Inject(HealthChecks) readonly checks: HealthChecks) {}

  @Public()
  @Get('open')
  open(): { open: true } {
    return { open: true };
  }
}

@Module({ controllers: [NotesController, CountingController] })
class NotesModule {}

let app: NestFastifyApplication;
let issuer: DemoIssuer;
let token: string;
const lines: string[] = [];
const key = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Record<string, unknown>;
}

beforeAll(async () => {
  issuer = await createDemoIssuer();
  const config = loadConfig({ RATE_LIMIT_BURST: '150', RATE_LIMIT_PER_SECOND: '1' });
  app = await createApp(NotesModule, config, { demoIssuer: issuer, logTo: { write: (line) => lines.push(line) } });
  await app.listen(0, '127.0.0.1');
  token = await issuer.issue({ organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-1', human: true });
});
afterAll(() => app.close());

const port = (): number => (app.getHttpServer().address() as { port: number }).port;

async function call(
  method: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  body?: string | Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = { authorization: `Bearer ${token}`, ...headers };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const outgoing = send({ port: port(), host: '127.0.0.1', method, path, headers: given }, (incoming) => {
      text(incoming).then((content) => {
        const parsed = content.startsWith('{') ? (JSON.parse(content) as Record<string, unknown>) : { text: content };
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: parsed });
      }, reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const json = { 'content-type': 'application/json', 'idempotency-key': key };
const post = (body: string | Buffer, headers: Record<string, string | string[]> = {}) =>
  call('POST', '/v1/cases/c1/notes', { ...json, ...headers }, body);

async function raw(request: string): Promise<string> {
  const socket = connect(port(), '127.0.0.1');
  socket.end(request);
  return text(socket);
}

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
    expect(line).toContain('edge.spec.ts');
    expect(lines.join('')).not.toContain('Ana');
  });
});

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

describe('watching', () => {
  it('tells that it lives, and which part is not ready', async () => {
    expect(await call('GET', '/health/live', { authorization: '' })).toMatchObject({
      status: 200,
      body: { status: 'live' },
    });
    expect(await call('GET', '/health/ready', { authorization: '' })).toMatchObject({ status: 200 });
    app.get(HealthChecks).register('views', () => Promise.reject(new Error(SECRET)));
    const { status, body } = await call('GET', '/health/ready', { authorization: '' });
    expect({ status, details: body['details'] }).toEqual({ status: 503, details: { failing: ['views'] } });
  });

  it('logs the template of a route, never what was asked', async () => {
    await call(
      'POST',
      `/v1/cases/${encodeURIComponent(SECRET)}/notes?x=${encodeURIComponent(SECRET)}`,
      json,
      JSON.stringify({ code: SECRET }),
    );
    const line = JSON.parse(lines.filter((l) => l.includes('"request"')).at(-1) ?? '{}') as Record<string, unknown>;
    expect(line).toMatchObject({
      route: '/v1/cases/:caseId/notes',
      method: 'POST',
      status: 400,
      problem: 'body-invalid',
    });
    expect(Object.keys(line).sort()).toEqual([
      'client',
      'level',
      'method',
      'milliseconds',
      'msg',
      'problem',
      'requestId',
      'route',
      'status',
      'time',
    ]);
    expect(lines.join('')).not.toMatch(/Ana|casa-lumina|Bearer|staff-1/);
  });

  it('turns a client away that asks too often, and says for how long', async () => {
    const greedy = await issuer.issue({
      organisation: 'casa-lumina',
      roles: [],
      actor: 'a',
      human: false,
      client: 'greedy',
    });
    const ask = () => call('GET', '/v1/cases/c1', { authorization: `Bearer ${greedy}` });
    const statuses = [];
    for (let i = 0; i < 152; i++) statuses.push((await ask()).status);
    expect(statuses.filter((s) => s === 200).length).toBeGreaterThanOrEqual(150);
    expect(await ask()).toMatchObject({
      status: 429,
      body: { code: 'too-many-requests' },
      headers: { 'retry-after': '1' },
    });
    expect((await call('GET', '/v1/cases/c1')).status).toBe(200);
  });
});
