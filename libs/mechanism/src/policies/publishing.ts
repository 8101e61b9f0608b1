/** Publishing a policy, a catalogue, an instrument, and putting a policy in force: two facts, so that a country can read it before it counts. */
import { createHash } from 'node:crypto';
import { type Draft, type EventStore, record, type StoredEvent, uuidV5 } from '#event-store';
import { type Clock, Rejection } from '#kernel';
import canonicalize from 'canonicalize';
import { hashOf, InvalidDocument } from '../document.js';
import { loadPolicy } from '../policy.js';
import type { CountryPolicy } from '../reference.js';
import { catalogueAt, instrumentAt, type PublishedRules, UnknownVersion } from '../registry.js';
import { loadCatalogue, loadInstrument } from '../rules/loading.js';
import { RULE_KINDS, type RuleKind, streamOfRule } from '../rules/rule-events.js';
import { SHIPPED_CATALOGUES, SHIPPED_INSTRUMENTS } from '../rules/shipped.js';
import { type PolicyPublished, streamOfPolicy } from './policy-events.js';
import { SHIPPED_POLICIES } from './shipped.js';

/** Who publishes: an opaque actor of an organisation that coordinates the mechanism of the country. */
export interface Publisher {
  readonly actor: string;
  readonly organisation: string;
}

const NAMESPACE = '3d5b7c6e-1c0f-5d2a-8f43-7a9d2b6c4e10';

function commandIdOf(wish: unknown): string {
  return uuidV5(NAMESPACE, createHash('sha256').update(canonicalize(wish) ?? '').digest('hex'));
}

function draft(type: string, data: object, by: Publisher, commandId: string, now: string): Draft {
  return {
    type, data, schema: 1, occurredAt: now, actor: by.actor, organisation: by.organisation, role: 'NRM_COORD', commandId,
    correlationId: commandId, causationId: commandId, reference: {}, legalBasis: 'GDPR-6-1-e', sensitivity: 1,
  };
}

/** Two people stand behind what decides on everybody; the house's own first start has none. */
function checkSecondPerson(events: readonly StoredEvent[], version: string, { actor, organisation }: Publisher): void {
  const published = events.find(({ type, data }) => type === 'PolicyPublished' && (data as Published).version === version);
  if (published === undefined) throw new Rejection('unknown', 'policy-unknown', 'there is no such version');
  if (published.metadata.actor !== actor || organisation === SETUP.organisation) return;
  throw new Rejection('rule-broken', 'second-person-required', 'another person than who published it puts it in force');
}

/** What every publication says of its document. */
type Published = Pick<PolicyPublished, 'version' | 'hash'>;

const publishedIn = (events: readonly StoredEvent[], published: string): readonly Published[] =>
  events.filter(({ type }) => type === published).map(({ data }) => data as Published);

function checkKnown(path: string, find: () => unknown): void {
  try {
    find();
  } catch (error) {
    throw error instanceof UnknownVersion ? new InvalidDocument(path, 'was not published, and does not come with this build') : error;
  }
}

/** @throws InvalidDocument where the policy names a catalogue or an instrument that nobody knows */
function checkNamed({ values }: CountryPolicy, rules?: PublishedRules): void {
  checkKnown('/values/id.catalogue/value', () => catalogueAt(values['id.catalogue'], rules));
  checkKnown('/values/risk.instrument/value', () => instrumentAt(values['risk.instrument'], rules));
}

interface Publication {
  readonly stream: string;
  readonly type: string;
  readonly data: Published & { readonly document: object };
  /** The refusal where the version says something else already. */
  readonly taken: Rejection;
}

const versionTaken = (code: string): Rejection => new Rejection('wrong-state', code, 'this version was published with other values');

/** Records a document under its version. The same one again is recorded once. */
async function publish(store: EventStore, { stream, type, data, taken }: Publication, by: Publisher, clock: Clock): Promise<void> {
  const { version, hash } = data;
  const commandId = commandIdOf({ publish: version, hash });
  await record(store, stream, commandId, (events) => {
    const known = publishedIn(events, type).find((one) => one.version === version);
    if (known === undefined) return [draft(type, data, by, commandId, clock())];
    if (known.hash === hash) return [];
    throw taken;
  }, clock);
}

/**
 * Publishes a catalogue or an instrument. The same one again is recorded once.
 * @throws InvalidDocument naming the key; Rejection `rules-version-taken` where the version says something else already
 */
export async function publishRule(store: EventStore, kind: RuleKind, document: object, by: Publisher, clock: Clock): Promise<Published> {
  const { version } = kind === 'catalogue' ? loadCatalogue(document) : loadInstrument(document);
  const hash = hashOf(document);
  const data = { version, hash, document };
  await publish(store, { stream: streamOfRule(kind, version), type: RULE_KINDS[kind], data, taken: versionTaken('rules-version-taken') }, by, clock);
  return { version, hash };
}

/**
 * Publishes a document. The same one again is recorded once.
 * @throws InvalidDocument naming the key; Rejection `policy-version-taken` where the version says something else already
 */
export async function publishPolicy(store: EventStore, document: object, by: Publisher, clock: Clock, rules?: PublishedRules): Promise<CountryPolicy> {
  const policy = loadPolicy(document);
  checkNamed(policy, rules);
  const { country, version, hash } = policy;
  const data: PolicyPublished = { country, version, hash, document };
  await publish(store, { stream: streamOfPolicy(country), type: 'PolicyPublished', data, taken: versionTaken('policy-version-taken') }, by, clock);
  return policy;
}

/**
 * Puts a published version in force for new cases from a moment on. The same wish again is recorded once.
 * @param activation `from` in UTC, not in the past
 * @throws Rejection `policy-unknown`, `policy-start-past`, `second-person-required`
 */
export async function activatePolicy(
  store: EventStore,
  { country, version, from }: { readonly country: string; readonly version: string; readonly from: string },
  by: Publisher,
  clock: Clock,
): Promise<void> {
  const stream = streamOfPolicy(country);
  const commandId = commandIdOf({ activate: version, from });
  await record(store, stream, commandId, (events) => {
    checkSecondPerson(events, version, by);
    const now = clock();
    if (from < now) throw new Rejection('rule-broken', 'policy-start-past', 'what was decided stands: a policy starts now or later');
    return [draft('PolicyActivated', { version, from }, by, commandId, now)];
  }, clock);
}

/** The house itself, at its first start. */
const SETUP: Publisher = { actor: 'setup', organisation: 'tandem' };

/**
 * Publishes what comes with this build; where a country never had a policy in force, puts its newest one in force. Nothing
 * changes for a country that chose already.
 */
export async function seedPolicies(store: EventStore, clock: Clock): Promise<void> {
  for (const document of SHIPPED_CATALOGUES) await publishRule(store, 'catalogue', document, SETUP, clock);
  for (const document of SHIPPED_INSTRUMENTS) await publishRule(store, 'instrument', document, SETUP, clock);
  for (const document of SHIPPED_POLICIES) await publishPolicy(store, document, SETUP, clock);
  for (const country of new Set(SHIPPED_POLICIES.map((one) => one.country))) {
    const events = await store.readStream(streamOfPolicy(country));
    if (events.some(({ type }) => type === 'PolicyActivated')) continue;
    const newest = SHIPPED_POLICIES.findLast((one) => one.country === country);
    if (newest === undefined) continue;
    // One moment for the wish and for its judgement: the clock goes on in between.
    const now = clock();
    await activatePolicy(store, { country, version: newest.version, from: now }, SETUP, () => now);
  }
}
