/**
 * Which sealed values a viewer may open. Those who lead the case see what leading needs; a partner sees what belongs to its
 * own work, and beyond that only what the person consented to for it. Source: domain.md 8.3, 8.4 (last column), INV-10.
 */
import { COMPARTMENTS, type Compartment, type Recorded, type SealedParts, isCompartment } from '#kernel';
import type { ConsentPurpose, Role } from '#mechanism';
import { type CaseFacts, isLive, onlyBroughtIn } from '../shared/facts.js';

/** Why personal data is opened; stands in the disclosure log. */
export const VIEWING_PURPOSES = ['CARE', 'RISK', 'REFERRAL', 'RETURN', 'SUPERVISION', 'DATA_SUBJECT_REQUEST', 'PERSON_ASKED'] as const;

/** Statistics are for the reporting projector alone. */
const ALL: readonly Compartment[] = COMPARTMENTS.filter((compartment) => compartment !== 'statistics');
const LEADING: Readonly<Partial<Record<Role, readonly Compartment[]>>> = {
  CM: ALL, CP_AUTH: ALL, SUP: ALL, DPO: ALL, NRM_COORD: ['identity', 'contact'],
};
/** Those who oversee an organisation see as far as its own work on the case reaches, and no further. */
const OVERSEEING: readonly Role[] = ['SUP', 'DPO'];
/** Consents under which a partner may be shown data that the person chose. */
const SHOWING: readonly ConsentPurpose[] = ['SERVICE_DELIVERY', 'RETURN', 'CROSS_BORDER'];

export interface Openable {
  readonly parts: readonly SealedParts[];
  readonly categories: readonly Compartment[];
}

function partsOf(events: readonly Recorded[]): readonly SealedParts[] {
  return events.flatMap(({ data }) => (data as { personal?: SealedParts }).personal ?? []);
}

/** What is about the partner's own work: what it recorded itself, and what was written about the things it works through. */
function concerns(event: Recorded, organisation: string, through: ReadonlySet<string>): boolean {
  if (event.metadata.organisation === organisation) return true;
  return Object.entries(event.data).some(([field, value]) => field.endsWith('Id') && typeof value === 'string' && through.has(value));
}

function consentedTo({ consents }: CaseFacts, organisation: string, now: string): readonly Compartment[] {
  const live = consents.filter((c) => c.recipient === organisation && SHOWING.includes(c.purpose) && isLive(c, now));
  return [...new Set(live.flatMap(({ dataCategories }) => dataCategories.filter(isCompartment)))];
}

/** Only the parts in chosen compartments. */
function only(parts: readonly SealedParts[], chosen: readonly Compartment[]): readonly SealedParts[] {
  return parts.map((part) => Object.fromEntries(Object.entries(part).filter(([name]) => isCompartment(name) && chosen.includes(name))));
}

/** The parts and compartments that may be opened for this viewer now. */
export function openable(
  events: readonly Recorded[],
  facts: CaseFacts,
  { organisation, role }: { readonly organisation: string; readonly role: Role },
  now: string,
): Openable {
  const leading = OVERSEEING.includes(role) && onlyBroughtIn(facts, organisation) ? undefined : LEADING[role];
  if (leading !== undefined) return { parts: only(partsOf(events), leading), categories: leading };
  const mine = facts.engagements.filter((e) => e.organisation === organisation && e.scope === 'FULL' && e.until === undefined);
  const through = new Set(mine.map((e) => e.through));
  const own = events.filter((event) => concerns(event, organisation, through));
  const others = events.filter((event) => !own.includes(event));
  return { parts: [...only(partsOf(own), ALL), ...only(partsOf(others), consentedTo(facts, organisation, now))], categories: ALL };
}
