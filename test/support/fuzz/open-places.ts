/** Where a schema lets anything in. */
import type { Schema } from './document.js';

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;
const isFixed = (schema: Schema): boolean => ['$ref', 'enum', 'const', 'anyOf', 'oneOf', 'allOf'].some((keyword) => keyword in schema);

/** Paths of values of which the schema says nothing, and of objects that may have any field. */
export function openPlaces(schema: unknown, where: string): readonly string[] {
  // A list of `false` is always empty.
  if (schema === false) return [];
  if (!isSchema(schema)) return [where];
  const { type, properties = {}, additionalProperties, items } = schema as { type?: unknown; properties?: Schema; additionalProperties?: unknown; items?: unknown };
  // Beside a type, choices only say more of what the type allows.
  const choices = type === undefined ? ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) => (schema[keyword] ?? []) as unknown[]) : [];
  const inner = [
    ...Object.entries(properties).flatMap(([name, part]) => openPlaces(part, `${where}.${name}`)),
    ...(isSchema(additionalProperties) ? openPlaces(additionalProperties, `${where}.*`) : []),
    ...(type === 'array' ? openPlaces(items, `${where}[]`) : []),
    ...choices.flatMap((part) => openPlaces(part, where)),
  ];
  if (type === 'object') return [...(additionalProperties === undefined ? [where] : []), ...inner];
  return type === undefined && !isFixed(schema) ? [where] : inner;
}
