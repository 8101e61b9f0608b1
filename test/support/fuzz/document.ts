/** The OpenAPI document as a test reads it: operations, their statuses and codes, and what an answer may look like. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type Schema = Readonly<Record<string, unknown>>;
interface Media {
  readonly schema?: Schema;
}
interface Answer {
  readonly content?: Readonly<Record<string, Media>>;
}
interface Described {
  readonly operationId?: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security?: unknown;
}
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly statuses: readonly number[];
  /** Codes by status. */
  readonly codes: ReadonlyMap<number, readonly string[]>;
  readonly body: Schema | undefined;
  readonly answer: Schema | undefined;
  readonly query: readonly string[];
  readonly headers: readonly string[];
  readonly open: boolean;
}

export async function documentOf(address: string): Promise<ApiDocument> {
  return (await fetch(`${address}/openapi.json`)).json() as Promise<ApiDocument>;
}

function codesOf({ content = {} }: Answer): readonly string[] {
  const parts = (content['application/problem+json']?.schema?.['allOf'] ?? []) as { properties?: { code?: { enum?: string[] } } }[];
  return parts.flatMap(({ properties }) => properties?.code?.enum ?? []);
}

function operation(path: string, method: string, described: Described): Operation {
  const { summary = '', parameters = [], requestBody, responses, security } = described;
  const statuses = Object.keys(responses).map(Number);
  const success = responses[String(statuses.find((status) => status < 300))]?.content?.['application/json']?.schema;
  const named = (place: string): readonly string[] => parameters.filter((p) => p.in === place).map(({ name }) => name);
  const contents = Object.values(responses).find(({ content }) => content !== undefined && !('application/json' in content) && !('application/problem+json' in content));
  return {
    name: described.operationId ?? `${method} ${path}`, method, path, summary, statuses, body: requestBody?.content['application/json']?.schema,
    codes: new Map(Object.entries(responses).map(([status, answer]) => [Number(status), codesOf(answer)])),
    answer: success ?? (contents === undefined ? undefined : {}), query: named('query'), headers: named('header'), open: security === undefined,
  };
}

/** Every operation of the document, in its order. */
export function operationsOf({ paths }: ApiDocument): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, item]) => Object.entries(item).map(([method, described]) => operation(path, method, described)));
}

/** Says what is wrong with an answer, by the document alone; `undefined` when nothing is. */
export type Judge = (operation: Operation, status: number, type: string, body: unknown) => string | undefined;

export function judgeOf(document: ApiDocument): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const compiled = new Map<string, ValidateFunction>();
  const validator = ({ method, path }: Operation, status: number, type: string): ValidateFunction | undefined => {
    const key = `${method} ${path} ${String(status)} ${type}`;
    const schema = document.paths[path]?.[method]?.responses[String(status)]?.content?.[type]?.schema;
    if (schema !== undefined && !compiled.has(key)) compiled.set(key, ajv.compile({ ...schema, components: document.components }));
    return compiled.get(key);
  };
  return (called, status, type, body) => {
    if (status >= 500) return `status ${String(status)}`;
    if (!called.statuses.includes(status)) return `undocumented status ${String(status)} (${String((body as { code?: string } | undefined)?.code)})`;
    if (status === 204) return undefined;
    const validate = validator(called, status, type);
    if (validate === undefined) return `undocumented type ${type}`;
    if (validate(body)) return undefined;
    return `${String(status)} outside its schema: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(body).slice(0, 600)}`;
  };
}
