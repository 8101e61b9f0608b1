/** Publishing a policy and putting it in force: two facts, so that a country can read a policy before it counts. */
import { createHash } from 'node:crypto';
import { type Draft, type EventStore, record, type StoredEvent, uuidV5 } from '#event-store';
import { type Clock, Rejection } from '#kernel';
import canonicalize from 'canonicalize';
import { InvalidPolicy, loadPolicy } from '../policy.js';
import type { CountryPolicy } from '../reference.js';
import { CATALOGUES, INSTRUMENTS } from '../registry.js';
import { type PolicyEvents, type PolicyPublished, streamOfPolicy } from './policy-events.js';
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

function draft<Type extends keyof PolicyEvents>(type: Type, data: PolicyEvents[Type], by: Publisher, commandId: string, now: string): Draft {
  return {
    type, data, schema: 1, occurredAt: now, actor: by.actor, organisation: by.organisation, role: 'NRM_COORD', commandId,
    correlationId: commandId, causationId: commandId, reference: {}, legalBasis: 'GDPR-6-1-e', sensitivity: 1,
  };
}

const publishedIn = (events: readonly StoredEvent[]): readonly PolicyPublished[] =>
  events.filter(({ type }) => type === 'PolicyPublished').map(({ data }) => data as PolicyPublished);

/** @throws InvalidPolicy where the policy names a catalogue or an instrument that this build does not have */
function checkNamed({ values }: CountryPolicy): void {
  const missing = 'is not known to this build';
  if (!CATALOGUES.has(values['id.catalogue'])) throw new InvalidPolicy('/values/id.catalogue/value', missing);
  if (!INSTRUMENTS.has(values['risk.instrument'])) throw new InvalidPolicy('/values/risk.instrument/value', missing);
}

/**
 * Publishes a document. The same one again is recorded once.
 * @throws InvalidPolicy naming the key; Rejection `policy-version-taken` where the version says something else already
 */
export async function publishPolicy(store: EventStore, document: object, by: Publisher, clock: Clock): Promise<CountryPolicy> {
  const policy = loadPolicy(document);
  checkNamed(policy);
  const { country, version, hash } = policy;
  const commandId = commandIdOf({ publish: version, hash });
  await record(store, streamOfPolicy(country), commandId, (events) => {
    const known = publishedIn(events).find((one) => one.version === version);
    if (known === undefined) return [draft('PolicyPublished', { country, version, hash, document }, by, commandId, clock())];
    if (known.hash === hash) return [];
    throw new Rejection('wrong-state', 'policy-version-taken', 'this version was published with other values');
  }, clock);
  return policy;
}

/**
 * Puts a published version in force for new cases from a moment on. The same wish again is recorded once.
 * @param activation `from` in UTC, not in the past
 * @throws Rejection `policy-unknown`, `policy-start-past`
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
    if (!publishedIn(events).some((one) => one.version === version)) throw new Rejection('unknown', 'policy-unknown', 'there is no such version');
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
