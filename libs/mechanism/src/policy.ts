/** Country policies: documents that are checked when they are loaded, and known by version for ever. Source: domain.md 2.9. */
import { createHash } from 'node:crypto';
import { Ajv, type ErrorObject } from 'ajv';
import canonicalize from 'canonicalize';
import type { CountryPolicy, PolicyKey, PolicyValues } from './reference.js';
import { CONSENT_PURPOSES, PRIORITIES, RISK_LEVELS, ROLES } from './vocabulary.js';

/** A document that is no policy. `path` names the key, as a JSON pointer. */
export class InvalidPolicy extends Error {
  override readonly name = 'InvalidPolicy';

  constructor(
    readonly path: string,
    reason: string,
  ) {
    super(`policy document, ${path}: ${reason}`);
  }
}

const count = (most: number): object => ({ type: 'integer', minimum: 1, maximum: most });
const only = (properties: Record<string, object>, required = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const each = (keys: readonly string[], schema: object): Record<string, object> =>
  Object.fromEntries(keys.map((key) => [key, schema]));

/** One unit, exactly. */
const LIMIT = {
  type: 'object',
  properties: {
    minutes: count(1440),
    hours: count(720),
    days: count(3660),
    workingDays: count(366),
    months: count(120),
  },
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
};
const SOME_ROLES = { type: 'array', items: { enum: ROLES }, minItems: 1, uniqueItems: true };

const VALUES: Readonly<Record<PolicyKey, object>> = {
  'id.rule': { enum: ['DELPHI', 'AMP_GROUPS'] },
  'id.formal_deciders': SOME_ROLES,
  'id.presumption_deciders': SOME_ROLES,
  'minor.assent_age': { type: 'integer', minimum: 0, maximum: 17 },
  'screening.limit': LIMIT,
  'override.review': LIMIT,
  'deletion.confirmation': LIMIT,
  'referral.reply_by': only(each(PRIORITIES, LIMIT)),
  'referral.fetch_emergency': LIMIT,
  'referral.feedback': LIMIT,
  'service.start': LIMIT,
  'service.hold_review': LIMIT,
  'risk.validity': only(each(RISK_LEVELS, LIMIT)),
  'risk.first_form': LIMIT,
  'consent.expiry': only(each(CONSENT_PURPOSES, LIMIT), []),
  'return.receiving_request': LIMIT,
  'return.acknowledgement': LIMIT,
  'return.assessment': LIMIT,
  'return.approval': LIMIT,
  'return.handover': LIMIT,
  'return.accepted_services': { type: 'integer', minimum: 0, maximum: 20 },
  'reintegration.review': LIMIT,
};

const stated = (value: object): object =>
  only({ value, source: { type: 'string', minLength: 1 }, provisional: { type: 'boolean' } });

const DOCUMENT = only({
  country: { type: 'string', pattern: '^[A-Z]{2}$' },
  version: { type: 'string', pattern: '^[A-Z]{2}/[0-9]{4}-[0-9]+$' },
  timeZone: { type: 'string', minLength: 1 },
  values: only(Object.fromEntries(Object.entries(VALUES).map(([key, value]) => [key, stated(value)]))),
});

interface PolicyDocument {
  readonly country: string;
  readonly version: string;
  readonly timeZone: string;
  readonly values: { readonly [K in PolicyKey]: { value: PolicyValues[K]; source: string; provisional: boolean } };
}

const isDocument = new Ajv({ strict: true }).compile<PolicyDocument>(DOCUMENT);

/** Where the fault is: the key itself where one is missing or not wanted, else the place of the wrong value. */
function faultOf({ instancePath, params, message }: ErrorObject): InvalidPolicy {
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
  const key = missingProperty ?? additionalProperty;
  const path = `${instancePath}${key === undefined ? '' : `/${key}`}`;
  return new InvalidPolicy(path === '' ? '/' : path, message ?? 'is not what it must be');
}

function entries(document: PolicyDocument): [PolicyKey, { value: unknown; provisional: boolean }][] {
  return Object.entries(document.values) as [PolicyKey, { value: unknown; provisional: boolean }][];
}

/**
 * Reads a policy document. Its hash is SHA-256 of the canonical document, so a changed value is another policy,
 * whatever its version says.
 * @throws InvalidPolicy naming the key that is wrong, missing or not known
 */
export function loadPolicy(document: unknown): CountryPolicy {
  if (!isDocument(document))
    throw isDocument.errors?.[0] ? faultOf(isDocument.errors[0]) : new InvalidPolicy('/', 'is empty');
  if (!document.version.startsWith(document.country)) throw new InvalidPolicy('/version', 'belongs to another country');
  const { country, version, timeZone } = document;
  if (!Intl.supportedValuesOf('timeZone').includes(timeZone))
    throw new InvalidPolicy('/timeZone', 'is not a time zone');
  const hash = createHash('sha256')
    .update(canonicalize(document) ?? '')
    .digest('hex');
  const provisional = entries(document)
    .filter(([, stated]) => stated.provisional)
    .map(([key]) => key);
  const values = Object.fromEntries(
    entries(document).map(([key, { value }]) => [key, value]),
  ) as unknown as PolicyValues;
  return { country, version, hash, timeZone, provisional, values };
}
