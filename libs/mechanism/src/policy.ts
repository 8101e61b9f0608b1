/** Country policies: documents that are checked when they are loaded, and known by version for ever. Source: domain.md 2.9. */
import { Ajv } from 'ajv';
import Holidays from 'date-holidays';
import { checkShape, hashOf, InvalidDocument } from './document.js';
import { DEFAULTS_2026_1 } from './policies/defaults-2026-1.js';
import { ADDED_2026_2 } from './policies/defaults-2026-2.js';
import type { Stated } from './policies/stated.js';
import { DOCUMENT, FIRST_DOCUMENT, SECOND_DOCUMENT } from './policy-schema.js';
import type { FirstPolicyValues, PolicyKey, PolicyValues, SecondPolicyValues } from './policy-values.js';
import type { CountryPolicy } from './reference.js';

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
  if (!version.startsWith(`${country}/`)) throw new InvalidDocument('/version', 'belongs to another country');
  if (!Intl.supportedValuesOf('timeZone').includes(timeZone)) throw new InvalidDocument('/timeZone', 'is not a time zone');
  if (!Object.hasOwn(new Holidays().getCountries(), holidays)) throw new InvalidDocument('/holidays', 'has no known public holidays');
}

/** A rule of groups without groups could never propose anything. */
function checkRule({ values }: PolicyDocument): void {
  if (values['id.rule'].value === 'DELPHI' || values['id.group_minima'].value !== 'NONE') return;
  throw new InvalidDocument('/values/id.group_minima/value', 'the identification rule of this document needs it');
}

/** A document without a format is of the first one. */
function read(document: unknown): PolicyDocument {
  const { format } = (document ?? {}) as { format?: unknown };
  if (format === undefined) return completed(asSecond(checkShape(isFirst, document)));
  return format === 2 ? completed(checkShape(isSecond, document)) : checkShape(isDocument, document);
}

/**
 * Reads a policy document. Its hash is SHA-256 of the canonical document, so a changed value is another policy,
 * whatever its version says.
 * @throws InvalidDocument naming the key that is wrong, missing or not known
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
