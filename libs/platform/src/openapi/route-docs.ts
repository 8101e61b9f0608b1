/** How a route is documented: its success, its body, its headers and every problem it can answer with. */
import { applyDecorators } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type BodyClass, bodyReference } from './body-schemas.js';
import { codesOf, problemResponses } from './problem-docs.js';

/** JSON Schema of draft 2020-12, as OpenAPI 3.1 uses it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

interface RouteDocs {
  /** One sentence. */
  readonly summary: string;
  readonly description?: string;
  /** Section of the reference. */
  readonly tag: string;
  readonly operationId?: string;
  /** Schema of the answer's body. */
  readonly answer?: JsonSchema;
  /** Codes beyond those that every route, or every write, can answer with. */
  readonly problems?: readonly string[];
}

export interface ReadDocs extends RouteDocs {
  /** Query parameters by name: what each does. All optional unless `required` names them. */
  readonly query?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Media types of the answer; JSON when absent. */
  readonly produces?: readonly string[];
  /** Answers without a token. */
  readonly open?: boolean;
  /** Can wait until it shows what the caller wrote: takes `Tandem-Minimum-Position`. */
  readonly minimumPosition?: boolean;
}

export interface WriteDocs extends RouteDocs {
  readonly body?: BodyClass;
  /** The body may also say when the fact happened. */
  readonly occurredAt?: boolean;
  /** Statuses of success; 200 and 201 when absent. */
  readonly statuses?: readonly number[];
  /** Compares `If-Match`; yes when absent. */
  readonly ifMatch?: boolean;
}

type RouteDecorator = MethodDecorator & ClassDecorator;

const header = (description: string) => ({ description, schema: { type: 'string' as const } });
const ETAG = { ETag: header('Version of the resource for this organisation; send it back as `If-Match`.') };
const WRITTEN = {
  ...ETAG,
  Location: header('Where the thing that was made can be read; absent when none was.'),
  'Tandem-Position': header('Send it as `Tandem-Minimum-Position` to read what includes this write.'),
};

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  schema: { type: 'string' as const },
  description: 'Refuse when the resource changed since this ETag.',
};
const MINIMUM_POSITION = {
  name: 'Tandem-Minimum-Position',
  required: false,
  schema: { type: 'string' as const },
  description: '`Tandem-Position` of a write that the answer must include.',
};

function operation({ summary, description, operationId }: RouteDocs): MethodDecorator {
  return ApiOperation({
    summary,
    ...(description === undefined ? {} : { description }),
    ...(operationId === undefined ? {} : { operationId }),
  });
}

function success(
  status: number,
  description: string,
  headers: object,
  produces: readonly string[],
  schema: JsonSchema = { type: 'object' },
): RouteDecorator {
  const content = Object.fromEntries(
    produces.map((type) => [type, { schema: type === 'application/json' ? schema : { type: 'string' } }]),
  );
  return ApiResponse({ status, description, headers, ...(produces.length === 0 ? {} : { content }) } as never);
}

/** Documents a write: Idempotency-Key, If-Match, body, receipt, and what can go wrong. */
export function DocumentedWrite(docs: WriteDocs): MethodDecorator {
  const { body, occurredAt = false, problems = [], statuses = [200, 201], ifMatch = true, answer, tag } = docs;
  return applyDecorators(
    operation(docs),
    ApiTags(tag),
    ApiBearerAuth('token'),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      schema: { type: 'string', format: 'uuid' },
      description: 'The same on every retry.',
    }),
    ...(ifMatch ? [ApiHeader(IF_MATCH)] : []),
    ...(body === undefined ? [] : [ApiBody({ required: true, schema: bodyReference(body, occurredAt) as never })]),
    ...statuses.map((status) =>
      success(
        status,
        status === 201 ? 'Recorded; something new was made.' : 'Recorded, or it already held.',
        WRITTEN,
        status === 204 ? [] : ['application/json'],
        answer,
      ),
    ),
    ...problemResponses(codesOf(problems, { write: true, open: false }).filter((code) => body !== undefined || code !== 'body-invalid')),
  );
}

/** Documents a read: query, answer, and what can go wrong. */
export function DocumentedRead(docs: ReadDocs): MethodDecorator {
  const { query = {}, required = [], produces = ['application/json'], open = false, minimumPosition = false, problems = [], answer, tag } = docs;
  return applyDecorators(
    operation(docs),
    ApiTags(tag),
    ...(open ? [ApiExtension('x-open', true)] : [ApiBearerAuth('token')]),
    ...Object.entries(query).map(([name, description]) =>
      ApiQuery({ name, description, required: required.includes(name), schema: { type: 'string' } }),
    ),
    ...(minimumPosition ? [ApiHeader(MINIMUM_POSITION)] : []),
    success(200, 'As asked for.', ETAG, produces, answer),
    ...problemResponses(codesOf(problems, { write: false, open })),
  );
}
