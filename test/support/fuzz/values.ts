/** Bodies from their schemas: such as fit, and such as are wrong in one place. */
import fc from 'fast-check';
import type { ApiDocument, Schema } from './document.js';
import type { Chance } from './random.js';

/** Makes a value that fits a schema; `known` answers identifiers and organisations for a field. */
export interface Maker {
  readonly document: ApiDocument;
  readonly chance: Chance;
  known(field: string): readonly string[];
}

const MOMENTS = ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000+02:00', '2020-02-29T23:59:59Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2030-06-01T00:00:00Z'];

function resolved({ document }: Maker, schema: Schema): Schema {
  const name = (schema['$ref'] as string | undefined)?.split('/').at(-1);
  return name === undefined ? schema : (document.components.schemas[name] ?? {});
}

function text(maker: Maker, schema: Schema, field: string): string {
  const { chance } = maker;
  const known = maker.known(field);
  if (known.length > 0 && chance.yes(0.8)) return chance.one(known);
  if (schema['format'] === 'uuid') return chance.uuid();
  if (schema['format'] === 'date-time' || String(schema['pattern']).includes('T.*')) return chance.one(MOMENTS);
  const { pattern, minLength = 0, maxLength = 40 } = schema as { pattern?: string; minLength?: number; maxLength?: number };
  // The generator knows no lookahead; the one shape that has one is a reference in capitals.
  if (pattern?.includes('(?') === true && /\(\?[=!]/.test(pattern)) return 'LAW-12/2026';
  if (pattern !== undefined) return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed: chance.below(2 ** 31), numRuns: 1 })[0] ?? '';
  const words = chance.one(['Ana', 'ș ț ă 漢字 🙂', '<script>', "'; drop table", ' ', 'a'.repeat(Math.min(maxLength, 2000))]);
  return words.padEnd(minLength, 'x').slice(0, maxLength);
}

function list(maker: Maker, schema: Schema, field: string): unknown[] {
  const { minItems = 0, maxItems = 5, items = {}, uniqueItems } = schema as { minItems?: number; maxItems?: number; items?: Schema; uniqueItems?: boolean };
  const count = minItems + maker.chance.below(Math.min(maxItems, minItems + 4) - minItems + 1);
  const made = Array.from({ length: count }, () => fitting(maker, items, field));
  return uniqueItems === true ? [...new Map(made.map((value) => [JSON.stringify(value), value])).values()] : made;
}

function object(maker: Maker, schema: Schema): object {
  const { properties = {}, required = [] } = schema as { properties?: Record<string, Schema>; required?: string[] };
  const chosen = Object.entries(properties).filter(([name]) => required.includes(name) || maker.chance.yes(name === 'occurredAt' ? 0.05 : 0.4));
  return Object.fromEntries(chosen.map(([name, part]) => [name, fitting(maker, part, name)]));
}

/** A value that fits the schema, mostly. */
export function fitting(maker: Maker, given: Schema, field = ''): unknown {
  const schema = resolved(maker, given);
  const { chance } = maker;
  const choices = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf']) as Schema[] | undefined;
  if (Array.isArray(schema['enum'])) return chance.one(schema['enum'] as unknown[]);
  if (choices !== undefined) return fitting(maker, chance.one(choices), field);
  const [low, high] = [Number(schema['minimum'] ?? 0), Number(schema['maximum'] ?? 5)];
  switch (schema['type']) {
    case 'object': return object(maker, schema);
    case 'array': return list(maker, schema, field);
    case 'boolean': return chance.yes(0.5);
    case 'integer': case 'number': return low + chance.below(high - low + 1);
    default: return text(maker, schema, field);
  }
}

const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
/** Values that fit hardly any field. */
const ODD = [
  'null', '1e308', '1e999', '-0', '9007199254740993', '""', '" "', '[]', '{}', 'true', '"\\u0000"', '"\\ud800"', '"\\u202e"', '[[[]]]', '[null]', deep(40), deep(3),
  '"+012345-01-01T00:00:00Z"', '"2026-02-30T00:00:00Z"', '"2026-13-01T00:00:00Z"', '"-000001-01-01T00:00:00Z"', '"9999-12-31T23:59:59.999Z"', '"0000-01-01T00:00:00Z"',
  '"constructor"', '"__proto__"', '"../../etc"', JSON.stringify('x'.repeat(20_000)), JSON.stringify(Array(3000).fill(1)),
];

/** The text of a body that is wrong in one place, or that is no body at all. */
export function spoilt(chance: Chance, body: object): string {
  const fields = Object.keys(body);
  const whole = JSON.stringify(body);
  const inner = whole.slice(1, -1);
  const more = inner === '' ? '' : `,${inner}`;
  const some = (): string => chance.one(fields);
  const ways: (() => string)[] = [
    () => `{"unknown-${String(chance.below(9))}":1${more}}`, () => `{"occurredAt":${chance.one(ODD)}${more}}`, () => whole.slice(0, -1), () => `${whole}}`, () => '',
    () => chance.one(ODD), () => `[${whole}]`, () => `{"__proto__":{"a":1}${more}}`, () => `{"constructor":{"prototype":{}}${more}}`, () => `\ufeff${whole}`,
    () => `{"toString":1${more}}`, () => `{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}${more}}`,
  ];
  if (fields.length > 0) {
    const replaced = (): string => {
      const name = some();
      return JSON.stringify({ ...body, [name]: '@@' }).replace('"@@"', () => chance.one(ODD));
    };
    ways.push(replaced, replaced, replaced, replaced, () => `{"${some()}":${chance.one(ODD)}${more}}`, () => {
      const without = some();
      return JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => name !== without)));
    });
  }
  return chance.one(ways)();
}

/** What an identifier in a path may be, that is none. */
export const ODD_NAMES = ['%2F', '..%2F..', '%00', '%zz', '%', 'x', '__proto__', '*', '%F0%9F%99%82', 'a'.repeat(199), 'a'.repeat(300), '0', 'null', '%2e%2e', ';', ':caseId'];
