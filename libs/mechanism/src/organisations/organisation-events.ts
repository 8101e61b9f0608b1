/** What is known of an organisation, as facts in its stream `organisation-<id>`. Source: domain.md 5.2, 11. */
import type { Recorded } from '#kernel';
import type { Organisation } from '../reference.js';

/** The organisation takes part in the mechanism, in these roles and regions. Not: that it may take referrals. */
export type OrganisationRegistered = Pick<Organisation, 'name' | 'kind' | 'country' | 'roles' | 'regions'>;
/** It may deliver these services, for minors or not. Replaces what it was accredited for before. Not: that it has a free place. */
export type ProviderAccredited = Pick<Organisation, 'services' | 'acceptsMinors'>;
/** Nothing new may be addressed to it. Not: that what it already works on has ended. */
export interface ProviderSuspended {
  readonly reason: SuspensionReason;
}
/** It may be addressed again. */
export type ProviderReinstated = Record<never, never>;

export const SUSPENSION_REASONS = [
  'ACCREDITATION_EXPIRED',
  'SAFETY',
  'QUALITY',
  'OWN_REQUEST',
  'INVESTIGATION',
] as const;
export type SuspensionReason = (typeof SUSPENSION_REASONS)[number];

export interface OrganisationEvents {
  OrganisationRegistered: OrganisationRegistered;
  ProviderAccredited: ProviderAccredited;
  ProviderSuspended: ProviderSuspended;
  ProviderReinstated: ProviderReinstated;
}

const PREFIX = 'organisation-';

export const streamOfOrganisation = (id: string): string => `${PREFIX}${id}`;

/** The organisation of a stream; `undefined` for other streams. */
export function organisationOfStream(stream: string): string | undefined {
  return stream.startsWith(PREFIX) ? stream.slice(PREFIX.length) : undefined;
}

type Change = Partial<Omit<Organisation, 'id' | 'version'>>;
const CHANGES: { readonly [T in keyof OrganisationEvents]: (data: OrganisationEvents[T]) => Change } = {
  OrganisationRegistered: (data) => data,
  ProviderAccredited: (data) => data,
  ProviderSuspended: () => ({ status: 'SUSPENDED' }),
  ProviderReinstated: () => ({ status: 'ACTIVE' }),
};

function unregistered(id: string): Organisation {
  return {
    id,
    name: id,
    kind: 'NGO',
    country: '',
    roles: [],
    services: [],
    regions: [],
    acceptsMinors: false,
    status: 'ACTIVE',
    version: '',
  };
}

/**
 * Folds one event of an organisation's stream. The version of the entry is the revision of its newest event.
 * @throws Error for an event that this build does not know: an entry half understood is not used
 */
export function evolveOrganisation(id: string, before: Organisation | undefined, event: Recorded): Organisation {
  if (!Object.hasOwn(CHANGES, event.type) || event.metadata.schema !== 1) {
    throw new Error(
      `event ${event.type}, schema ${event.metadata.schema}, of an organisation is not known to this build`,
    );
  }
  const change = CHANGES[event.type as keyof OrganisationEvents](event.data as never);
  return { ...(before ?? unregistered(id)), ...change, version: String(event.revision) };
}
