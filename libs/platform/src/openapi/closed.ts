/** Schemas of answers. Closed: a field that nobody decided to show fails the fuzz test. */
import type { JsonSchema } from './route-docs.js';

const parts = new Map<string, JsonSchema>();

/** A schema that stands in the document once, under its name. @throws Error when another stands there */
export function named(name: string, schema: JsonSchema): JsonSchema {
  const other = parts.get(name);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(schema)) throw new Error(`two schemas are named ${name}`);
  parts.set(name, schema);
  return { $ref: `#/components/schemas/${name}` };
}

/** All schemas that were named. */
export const namedSchemas = (): Readonly<Record<string, JsonSchema>> => Object.fromEntries([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));

export const TEXT: JsonSchema = { type: 'string' };
export const FLAG: JsonSchema = { type: 'boolean' };
export const COUNT: JsonSchema = { type: 'integer', minimum: 0 };
export const MOMENT_TEXT: JsonSchema = { type: 'string', format: 'date-time' };
export const IDENTIFIER: JsonSchema = { type: 'string', format: 'uuid' };

/** An object of exactly these fields; those named in `optional` may be absent. */
export function closed(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, properties, additionalProperties: false };
}

export const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** Names that are data, each with the same kind of value. */
export const byName = (value: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: value });
