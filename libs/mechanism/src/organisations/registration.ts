/** Writing the directory: who takes part, what it may deliver, and that it may be asked no more. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Draft, type EventStore, record, type StoredEvent, uuidV5 } from '#event-store';
import type { Clock } from '#kernel';
import canonicalize from 'canonicalize';
import type { Organisation } from '../reference.js';
import {
  evolveOrganisation,
  type OrganisationEvents,
  streamOfOrganisation,
  type SuspensionReason,
} from './organisation-events.js';

/** What an entry says besides its state. */
export type DirectoryEntry = Omit<Organisation, 'status' | 'version'>;

/** Who writes: an opaque actor of an organisation that keeps the directory. */
export interface Registrar {
  readonly actor: string;
  readonly organisation: string;
}

const NAMESPACE = '5c2f3f1a-7d0a-5b5e-9c1d-0d6a5b1f9e43';
const IDENTIFIER = /^[a-z0-9][a-z0-9-]{1,62}$/;

/** The same wish about the same organisation is the same command, whoever sends it and however often. */
function commandIdOf(id: string, wish: unknown): string {
  return uuidV5(
    NAMESPACE,
    `${id}\n${createHash('sha256')
      .update(canonicalize(wish) ?? '')
      .digest('hex')}`,
  );
}

function draft(
  type: keyof OrganisationEvents,
  data: object,
  { actor, organisation }: Registrar,
  commandId: string,
  occurredAt: string,
): Draft {
  return {
    type,
    data,
    schema: 1,
    occurredAt,
    actor,
    organisation,
    role: 'NRM_COORD',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    reference: {},
    legalBasis: 'GDPR-6-1-e',
    sensitivity: 1,
  };
}

function folded(id: string, events: readonly StoredEvent[]): Organisation | undefined {
  return events.reduce<Organisation | undefined>((before, event) => evolveOrganisation(id, before, event), undefined);
}

const registration = ({
  name,
  kind,
  country,
  roles,
  regions,
}: DirectoryEntry): OrganisationEvents['OrganisationRegistered'] => ({
  name,
  kind,
  country,
  roles,
  regions,
});
const accreditation = ({ services, acceptsMinors }: DirectoryEntry): OrganisationEvents['ProviderAccredited'] => ({
  services,
  acceptsMinors,
});

/** What an entry says that its stream does not say yet. Who offers no service was never accredited. */
function news(
  known: Organisation | undefined,
  entry: DirectoryEntry,
): readonly (readonly [keyof OrganisationEvents, object])[] {
  const before = known === undefined ? undefined : registration(known);
  const accredited = known === undefined ? { services: [], acceptsMinors: false } : accreditation(known);
  const same = isDeepStrictEqual(before, registration(entry));
  const sameServices = isDeepStrictEqual(accredited, accreditation(entry));
  return [
    ...(same ? [] : [['OrganisationRegistered', registration(entry)] as const]),
    ...(sameServices ? [] : [['ProviderAccredited', accreditation(entry)] as const]),
  ];
}

/**
 * Registers an organisation, or brings its entry up to date; the entry as given twice is recorded once, also when it was
 * suspended in between. A provider is one with services.
 * @throws RangeError when the identifier is not lower-case letters, digits and dashes
 */
export async function register(store: EventStore, entry: DirectoryEntry, by: Registrar, clock: Clock): Promise<void> {
  const { id } = entry;
  if (!IDENTIFIER.test(id)) throw new RangeError(`${id} is no identifier of an organisation`);
  const commandId = commandIdOf(id, { ...registration(entry), ...accreditation(entry) });
  const drafts = (events: readonly StoredEvent[]) =>
    news(folded(id, events), entry).map(([type, data]) => draft(type, data, by, commandId, clock()));
  await record(store, streamOfOrganisation(id), commandId, drafts, clock);
}

/** Stops referrals to an organisation, or lets them start again. Nothing is recorded where that holds already. */
async function change(
  store: EventStore,
  id: string,
  wanted: Organisation['status'],
  by: Registrar,
  clock: Clock,
  draftOf: (commandId: string, now: string) => Draft,
): Promise<void> {
  const stream = streamOfOrganisation(id);
  const last = await store.readLast(stream);
  const commandId = commandIdOf(id, { wanted, after: last?.revision ?? -1, by: by.organisation });
  await record(
    store,
    stream,
    commandId,
    (events) => {
      const known = folded(id, events);
      return known === undefined || known.status === wanted ? [] : [draftOf(commandId, clock())];
    },
    clock,
  );
}

/** Nothing new may be addressed to the organisation. One that is not registered stays unknown. */
export async function suspend(
  store: EventStore,
  id: string,
  reason: SuspensionReason,
  by: Registrar,
  clock: Clock,
): Promise<void> {
  await change(store, id, 'SUSPENDED', by, clock, (command, now) =>
    draft('ProviderSuspended', { reason }, by, command, now),
  );
}

/** The organisation may be addressed again. */
export async function reinstate(store: EventStore, id: string, by: Registrar, clock: Clock): Promise<void> {
  await change(store, id, 'ACTIVE', by, clock, (command, now) => draft('ProviderReinstated', {}, by, command, now));
}
