/** Which problems a route can answer with, for the API reference. */
import { ApiResponse } from '@nestjs/swagger';
import { problemEntry } from '../problems/catalogue.js';
import { STATUS } from '../problems/kinds.js';

/** What every request can meet before its route is asked. */
const ANYWHERE = ['broken-request', 'headers-repeated', 'headers-too-large', 'request-timeout', 'stopping'];
const WITH_TOKEN = ['token-missing', 'token-invalid', 'token-expired', 'keys-unavailable', 'too-many-requests'];
/** What every write can meet. */
const IN_WRITES = [
  'broken-json',
  'body-invalid',
  'body-too-large',
  'media-type-unsupported',
  'idempotency-key-missing',
  'idempotency-key-invalid',
  'busy',
];

/** All codes of a route, each once. */
export function codesOf(
  own: readonly string[],
  { write, open }: { readonly write: boolean; readonly open: boolean },
): readonly string[] {
  return [...new Set([...ANYWHERE, ...(open ? [] : WITH_TOKEN), ...(write ? IN_WRITES : open ? [] : ['query-invalid']), ...own])];
}

function statusOf(code: string): number {
  const entry = problemEntry(code);
  if (entry === undefined) throw new Error(`the problem ${code} is not in the catalogue`);
  return STATUS[entry.kind];
}

/** One response a status, which lists its codes. @throws Error for a code that is not in the catalogue */
export function problemResponses(codes: readonly string[]): readonly (MethodDecorator & ClassDecorator)[] {
  const byStatus = Map.groupBy(codes, statusOf);
  return [...byStatus].map(([status, all]) => {
    const sorted = [...all].sort();
    const schema = {
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        { type: 'object', properties: { code: { type: 'string', enum: sorted } } },
      ],
    };
    const description = sorted.map((code) => `\`${code}\`: ${problemEntry(code)?.title ?? ''}`).join('  \n');
    return ApiResponse({ status, description, content: { 'application/problem+json': { schema } } });
  });
}

/** The schema of problem details, as `toProblem` writes them. */
export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem details. Programs read `code`; `docs/problems.md` lists all codes.',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    requestId: { type: 'string', format: 'uuid' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code'],
        additionalProperties: false,
        properties: { pointer: { type: 'string' }, code: { type: 'string' } },
      },
    },
    details: { type: 'object' },
  },
  additionalProperties: false,
} as const;
