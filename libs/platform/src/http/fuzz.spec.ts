import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsString } from 'class-validator';
import fc from 'fast-check';
import { createDemoIssuer } from '../authentication/demo-issuer.js';
import { loadConfig } from '../config/config.js';
import type { CaseRequest } from '../request/case-request.js';
import { CurrentRequest } from '../request/current-request.js';
import { validate } from '../validation/validate.js';
import { createApp } from './create-app.js';

class FuzzBody {
  @IsIn(['A', 'B']) code!: string;
  @IsString() words!: string;
}

@Controller('v1')
class FuzzController {
  @Post('cases/:caseId/notes')
  note(@CurrentRequest() request: CaseRequest): object {
    return validate(FuzzBody, request.body);
  }

  @Get('cases/:caseId')
  view(@CurrentRequest() request: CaseRequest): object {
    return request;
  }
}
@Module({ controllers: [FuzzController] })
class FuzzModule {}

const key = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';
let app: NestFastifyApplication;
let token: string;

beforeAll(async () => {
  const demoIssuer = await createDemoIssuer();
  app = await createApp(FuzzModule, loadConfig({ LOG_LEVEL: 'silent', RATE_LIMIT_BURST: '100000' }), { demoIssuer });
  token = await demoIssuer.issue({ organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-1', human: true });
});
afterAll(() => app.close());

describe('anything at all', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom('c1', '%', '%2F', '..', '__proto__', ':caseId', '*', ''),
  );
  const url = fc
    .tuple(
      fc.constantFrom('/v1/cases/', '/v1/', '/', '/docs/', '/health/', '/demo/'),
      piece,
      fc.constantFrom('', '/notes', '/notes/'),
      fc.option(piece),
    )
    .map(
      ([start, name, end, query]) =>
        `${start}${encodeURI(name.toWellFormed())}${end}${query === null ? '' : `?${encodeURI(query.toWellFormed())}`}`,
    );
  const header = fc.constantFrom(
    'content-type',
    'idempotency-key',
    'if-match',
    'accept-language',
    'accept',
    'tandem-minimum-position',
    'range',
    'expect',
  );
  const value = fc.oneof(
    fc.stringMatching(/^[ -~]{0,30}$/),
    fc.constantFrom(key, 'application/json', 'application/json; charset=x', '*', '"x"', 'ro;q=9'),
  );
  const payload = fc.oneof(
    fc.json(),
    fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    fc.record({ code: fc.anything(), words: fc.anything() }, { requiredKeys: [] }).map((body) => JSON.stringify(body)),
  );
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD');

  it('is answered, and never with an unexpected error', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(method, url, fc.dictionary(header, value), payload, async (m, path, headers, body) => {
        const all = {
          'content-type': 'application/json',
          'idempotency-key': key,
          ...headers,
          host: 'localhost',
          authorization: `Bearer ${token}`,
        };
        const answer = await app.inject({ method: m as 'POST', url: path, headers: all, payload: body });
        seen.add(answer.statusCode);
        expect(answer.statusCode).not.toBe(500);
        if (answer.statusCode < 400 || m === 'HEAD') return;
        expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
        expect(answer.json()).toMatchObject({ status: answer.statusCode, code: expect.stringMatching(/^[a-z-]+$/) });
      }),
      { numRuns: 1000 },
    );
    expect([...seen]).toEqual(expect.arrayContaining([400, 404, 405]));
  });
});
