import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { Public } from '../authentication/authentication.guard.js';
import { createDemoIssuer } from '../authentication/demo-issuer.js';
import { loadConfig } from '../config/config.js';
import { createApp } from '../http/create-app.js';
import { validate } from '../validation/validate.js';
import { bodyReference } from './body-schemas.js';
import { DocumentedRead, DocumentedWrite } from './route-docs.js';

class PartOfDocumented {
  @Matches(/^R\d$/) item!: string;
  @IsOptional() @IsInt() @Min(0) @Max(4) likelihood?: number;
}
class DocumentedBody {
  @IsIn(['A', 'B']) code!: string;
  @IsUUID() consentId!: string;
  @IsOptional() @IsString() @MaxLength(5) words?: string;
  @IsOptional() @IsArray() @ArrayUnique() @IsIn(['X', 'Y'], { each: true }) codes?: string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @ValidateNested({ each: true })
  @Type(() => PartOfDocumented)
  answers?: PartOfDocumented[];
}
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a body without fields
class EmptyDocumentedBody {}

@Controller('v1')
class DocumentedController {
  @DocumentedWrite({
    summary: 'Records a thing.',
    tag: 'agencies',
    body: DocumentedBody,
    occurredAt: true,
    problems: ['busy', 'position-invalid'],
    answer: { type: 'object', required: ['receipt'] },
  })
  @Post('cases/:caseId/things/:thingId')
  write(): object {
    return {};
  }

  @DocumentedWrite({ summary: 'Says all by its name.', tag: 'agencies', body: EmptyDocumentedBody, statuses: [200] })
  @Post('cases/:caseId/ends')
  end(): object {
    return {};
  }

  @Public()
  @DocumentedRead({
    summary: 'Reads.',
    tag: 'everyone',
    query: { asOf: 'a moment', purpose: 'why' },
    required: ['purpose'],
    open: true,
  })
  @Get('cases/:caseId')
  read(): object {
    return {};
  }
}
@Module({ controllers: [DocumentedController] })
class DocumentedModule {}

interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        parameters: object[];
        responses: Record<string, { content: Record<string, unknown>; headers: object }>;
        security?: object[];
      }
    >
  >;
  components: { schemas: Record<string, object> };
}

let app: NestFastifyApplication;
let document: Document;
const host = { host: 'localhost' };

beforeAll(async () => {
  app = await createApp(DocumentedModule, loadConfig({ LOG_LEVEL: 'silent' }), {
    demoIssuer: await createDemoIssuer(),
  });
  document = (await app.inject({ url: '/openapi.json', headers: host })).json<Document>();
});
afterAll(() => app.close());

describe('the document', () => {
  it('is OpenAPI 3.1 with schemas of bodies, their parts and problems', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.components.schemas).sort()).toEqual([
      'DocumentedBody',
      'EmptyDocumentedBody',
      'PartOfDocumented',
      'Problem',
    ]);
  });

  it('says what a write needs and answers', () => {
    const { parameters, responses, security } = document.paths['/v1/cases/{caseId}/things/{thingId}']!['post']!;
    expect(parameters).toEqual([
      expect.objectContaining({ name: 'caseId', in: 'path', required: true }),
      expect.objectContaining({ name: 'thingId', in: 'path', required: true }),
      expect.objectContaining({ name: 'Idempotency-Key', in: 'header', required: true }),
      expect.objectContaining({ name: 'If-Match', in: 'header', required: false }),
    ]);
    expect(security).toEqual([{ token: [] }]);
    expect(Object.keys(responses)).toEqual(['200', '201', '400', '401', '408', '413', '415', '429', '431', '503']);
    expect(responses['201']).toMatchObject({
      headers: { ETag: {}, Location: {}, 'Tandem-Position': {} },
      content: { 'application/json': { schema: { required: ['receipt'] } } },
    });
    expect(JSON.stringify(responses['503'])).toContain('"enum":["busy","keys-unavailable","stopping"]');
    expect(JSON.stringify(responses['400'])).toContain('position-invalid');
  });

  it('says what a read takes, and that it is open', () => {
    const { parameters, responses, security } = document.paths['/v1/cases/{caseId}']!['get']!;
    expect(parameters).toHaveLength(3);
    expect(parameters).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'caseId', in: 'path', required: true }),
        expect.objectContaining({ name: 'purpose', in: 'query', required: true }),
        expect.objectContaining({ name: 'asOf', in: 'query', required: false }),
      ]),
    );
    expect(security).toBeUndefined();
    expect(Object.keys(responses)).not.toContain('401');
  });

  it('leaves the demonstration out, so that it is the same in every profile', () => {
    expect(Object.keys(document.paths)).toEqual([
      '/health/live',
      '/health/ready',
      '/v1/cases/{caseId}/things/{thingId}',
      '/v1/cases/{caseId}/ends',
      '/v1/cases/{caseId}',
    ]);
  });

  it('names each problem by a code that the catalogue holds', () => {
    expect(() => DocumentedRead({ summary: 's', tag: 't', problems: ['no-such-code'] })).toThrow('no-such-code');
  });

  it('has no two bodies of one name', () => {
    const other = Object.defineProperty(class Other extends DocumentedBody {}, 'name', { value: 'DocumentedBody' });
    expect(() => bodyReference(other, false)).toThrow('two body classes');
  });
});

describe('the schema of a body', () => {
  const id = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';
  const good = { code: 'A', consentId: id };
  const cases: readonly (readonly [string, unknown])[] = [
    ['the least', good],
    ['everything', { ...good, words: 'abcde', codes: ['X', 'Y'], answers: [{ item: 'R1', likelihood: 4 }] }],
    ['another code', { ...good, code: 'C' }],
    ['no code', { consentId: id }],
    ['no identifier', { ...good, consentId: 'x' }],
    ['long words', { ...good, words: 'abcdef' }],
    ['null', { ...good, words: null }],
    ['a number for a text', { ...good, words: 7 }],
    ['an unknown field', { ...good, more: 1 }],
    ['a code twice', { ...good, codes: ['X', 'X'] }],
    ['a text for a list', { ...good, codes: 'X' }],
    ['an unknown code in a list', { ...good, codes: ['Z'] }],
    ['too many parts', { ...good, answers: [{ item: 'R1' }, { item: 'R2' }, { item: 'R3' }] }],
    ['a wrong part', { ...good, answers: [{ item: 'R11' }] }],
    ['an unknown field in a part', { ...good, answers: [{ item: 'R1', x: 1 }] }],
    ['half a number', { ...good, answers: [{ item: 'R1', likelihood: 0.5 }] }],
  ];

  it.each(cases)('allows %s exactly when the check does', (_what, body) => {
    const ajv = new Ajv2020({ strict: false });
    addFormats.default(ajv);
    const fits = ajv.validate(
      { ...document.components.schemas['DocumentedBody'], components: document.components },
      body,
    );
    let passes = true;
    try {
      validate(DocumentedBody, body);
    } catch {
      passes = false;
    }
    expect(fits).toBe(passes);
  });

  it('also takes the moment of the fact where the route says so', () => {
    expect(document.components.schemas['DocumentedBody']).toHaveProperty('properties.occurredAt.format', 'date-time');
    expect(document.components.schemas['EmptyDocumentedBody']).toEqual({
      type: 'object',
      properties: {},
      additionalProperties: false,
    });
    expect(() => validate(EmptyDocumentedBody, { x: 1 })).toThrow();
    expect(validate(EmptyDocumentedBody, {})).toBeInstanceOf(EmptyDocumentedBody);
  });
});

describe('the page', () => {
  it('is served with all that it needs, under its own security policy', async () => {
    const page = await app.inject({ url: '/docs', headers: host });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    const needs = [...page.body.matchAll(/(?:src|href)="(\.\/docs\/[^"]+)"/g)].map(([, path]) => path!.slice(1));
    expect(needs.length).toBeGreaterThan(3);
    for (const url of needs) expect((await app.inject({ url, headers: host })).statusCode).toBe(200);
    expect(page.body).not.toMatch(/<script>(?!\s*<)/);
  });
});
