/** Country policies: documents that are checked when they are loaded, and known by version for ever. Source: domain.md 2.9. */
import { createHash } from 'node:crypto';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import canonicalize from 'canonicalize';
import Holidays from 'date-holidays';
import { DEFAULTS_2026_1 } from './policies/defaults-2026-1.js';
import { ADDED_2026_2 } from './policies/defaults-2026-2.js';
import type { Stated } from './policies/stated.js';
import { DOCUMENT, FIRST_DOCUMENT, SECOND_DOCUMENT } from './policy-schema.js';
import type { FirstPolicyValues, PolicyKey, PolicyValues, SecondPolicyValues } from './policy-values.js';
import type { CountryPolicy } from './reference.js';

/** A document that is no policy. `path` names the key, as a JSON pointer. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`policy document, ${path}: ${reason}`);
  }
}

interface FirstDocument {
  readonly country: string;
  readonly version: string;
  readonly timeZone: string;
  readonly values: { readonly [K in keyof FirstPolicyValues]: Omit<Stated<FirstPolicyValues[K]>, 'origin'> };
}
interface Document<Format extends number, Values> {
  readonly format: Format;
  readonly country: string;
  readonly version: string;
  readonly timeZone: string;
  readonly holidays: string;
  readonly values: { readonly [K in keyof Values]: Stated<Values[K]> };
}
type SecondDocument = Document<2, SecondPolicyValues>;
/** The number of today's form of a policy document. */
export const POLICY_FORMAT = 3;
/** A policy document as it is published: every key with its value, its source, and how sure it is. */
export type PolicyDocument = Document<typeof POLICY_FORMAT, PolicyValues>;

const ajv = new Ajv({ strict: true });
const isFirst = ajv.compile<FirstDocument>(FIRST_DOCUMENT);
const isSecond = ajv.compile<SecondDocument>(SECOND_DOCUMENT);
const isDocument = ajv.compile<PolicyDocument>(DOCUMENT);

/** Where the fault is: the key itself where one is missing or not wanted, else the place of the wrong value. */
function faultOf({ instancePath, params, message }: ErrorObject): InvalidPolicy {
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
  const key = missingProperty ?? additionalProperty;
  const path = `${instancePath}${key === undefined ? '' : `/${key}`}`;
  return new InvalidPolicy(path === '' ? '/' : path, message ?? 'is not what it must be');
}

/** The deepest fault: of several ways to be wrong, the one that names the place and not what holds it. */
function check<Document>(is: ValidateFunction<Document>, document: unknown): Document {
  if (is(document)) return document;
  const faults = (is.errors ?? []).map(faultOf).sort((a, b) => b.path.length - a.path.length);
  throw faults[0] ?? new InvalidPolicy('/', 'is empty');
}

/** Keys that a document could not know stand at the default, as not known. */
function notKnown<Values extends Readonly<Record<string, Stated<unknown>>>>(defaults: Values): Values {
  return Object.fromEntries(Object.entries(defaults).map(([key, one]) => [key, { ...one, origin: 'UNKNOWN', provisional: true }])) as Values;
}

/** The first document knew fewer keys, and said of none where it comes from. */
function asSecond({ country, version, timeZone, values }: FirstDocument): SecondDocument {
  const known = Object.fromEntries(Object.entries(values).map(([key, one]) => [key, { ...one, origin: 'DESIGN' }]));
  return { format: 2, country, version, timeZone, holidays: country, values: { ...notKnown(DEFAULTS_2026_1), ...known } };
}

function completed(document: SecondDocument): PolicyDocument {
  return { ...document, format: POLICY_FORMAT, values: { ...notKnown(ADDED_2026_2), ...document.values } };
}

function checkNames({ country, version, timeZone, holidays }: PolicyDocument): void {
  if (!version.startsWith(`${country}/`)) throw new InvalidPolicy('/version', 'belongs to another country');
  if (!Intl.supportedValuesOf('timeZone').includes(timeZone)) throw new InvalidPolicy('/timeZone', 'is not a time zone');
  if (!Object.hasOwn(new Holidays().getCountries(), holidays)) throw new InvalidPolicy('/holidays', 'has no known public holidays');
}

/** A rule of groups without groups could never propose anything. */
function checkRule({ values }: PolicyDocument): void {
  if (values['id.rule'].value === 'DELPHI' || values['id.group_minima'].value !== 'NONE') return;
  throw new InvalidPolicy('/values/id.group_minima/value', 'the identification rule of this document needs it');
}

/** A document without a format is of the first one. */
function read(document: unknown): PolicyDocument {
  const { format } = (document ?? {}) as { format?: unknown };
  if (format === undefined) return completed(asSecond(check(isFirst, document)));
  return format === 2 ? completed(check(isSecond, document)) : check(isDocument, document);
}

/**
 * Reads a policy document. Its hash is SHA-256 of the canonical document, so a changed value is another policy,
 * whatever its version says.
 * @throws InvalidPolicy naming the key that is wrong, missing or not known
 */
export function loadPolicy(document: unknown): CountryPolicy {
  const full = read(document);
  checkNames(full);
  checkRule(full);
  const { country, version, timeZone, holidays } = full;
  const entries = Object.entries(full.values) as [PolicyKey, Stated<unknown>][];
  const keys = (which: (one: Stated<unknown>) => boolean): PolicyKey[] => entries.filter(([, one]) => which(one)).map(([key]) => key);
  return {
    country, version, timeZone, holidays,
    hash: hashOf(document),
    provisional: keys(({ provisional }) => provisional),
    unknown: keys(({ origin }) => origin === 'UNKNOWN'),
    values: Object.fromEntries(entries.map(([key, { value }]) => [key, value])) as unknown as PolicyValues,
  };
}

function hashOf(document: unknown): string {
  return createHash('sha256').update(canonicalize(document) ?? '').digest('hex');
}
