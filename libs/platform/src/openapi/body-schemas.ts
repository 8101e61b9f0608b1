/** Schemas of request bodies, from the same class-validator decorators that check them: one source for both. */
// @ts-expect-error class-transformer exports its storage from no typed path
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { MOMENT } from '#kernel';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

export type BodyClass = abstract new (...parameters: never[]) => object;

interface Body {
  readonly bodyClass: BodyClass;
  readonly occurredAt: boolean;
}
interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
}

const PREFIX = '#/components/schemas/';
const bodies = new Map<string, Body>();
const OCCURRED_AT = {
  type: 'string',
  format: 'date-time',
  pattern: MOMENT.source,
  description: 'When the fact happened, with zone; now when absent.',
};

/** Reference to a body's schema; remembers the class. @throws Error when two classes have one name */
export function bodyReference(bodyClass: BodyClass, occurredAt: boolean): { readonly $ref: string } {
  const other = bodies.get(bodyClass.name);
  if (other !== undefined && other.bodyClass !== bodyClass)
    throw new Error(`two body classes are named ${bodyClass.name}`);
  bodies.set(bodyClass.name, { bodyClass, occurredAt: occurredAt || other?.occurredAt === true });
  return { $ref: `${PREFIX}${bodyClass.name}` };
}

function referencesIn(schema: unknown): readonly string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
}

function closed(schema: Schema | undefined, { occurredAt }: { readonly occurredAt: boolean }): Schema {
  const properties = { ...schema?.properties, ...(occurredAt ? { occurredAt: OCCURRED_AT } : {}) };
  return { type: 'object', ...schema, properties, additionalProperties: false };
}

/** Schemas of all bodies that a route is documented with, and of their parts, by name. Unknown fields are refused. */
export function bodySchemas(): Readonly<Record<string, Schema>> {
  const all = validationMetadatasToSchemas({
    refPointerPrefix: PREFIX,
    classTransformerMetadataStorage: defaultMetadataStorage as never,
  }) as Record<string, Schema>;
  const wanted: Record<string, Schema> = {};
  const add = (name: string): void => {
    if (wanted[name] !== undefined) return;
    wanted[name] = closed(all[name], { occurredAt: bodies.get(name)?.occurredAt === true });
    for (const part of referencesIn(wanted[name])) add(part);
  };
  for (const name of bodies.keys()) add(name);
  return Object.fromEntries(Object.entries(wanted).sort(([a], [b]) => (a < b ? -1 : 1)));
}
