/** Who saw what of a person, so that the person can be told. Sources: domain.md 8.3 and R-14, GDPR art. 15(1)(c). */
import type { Clock, Compartment } from '#kernel';
import type { EventStore, StoredEvent } from '#event-store';
import { record } from '#event-store';
import { randomUUID } from 'node:crypto';

/** Who looks, as the event tells it: references and codes, never a name. */
export interface Viewer {
  readonly actor: string;
  readonly organisation: string;
  readonly role: string;
  readonly legalBasis: string;
  readonly correlationId: string;
}

/** What is about to be shown. */
export interface Disclosure {
  readonly caseId: string;
  readonly viewer: Viewer;
  /** A code of the caller's list of purposes, never free text: it stays in the log. */
  readonly purpose: string;
  readonly categories: readonly Compartment[];
  /** How many sealed values were asked for. */
  readonly references: number;
  /** Code, where something else than the viewer's work on the case allowed it. */
  readonly ground?: string;
  /** The organisation that the viewer takes it to; absent where it stays with the viewer. */
  readonly recipient?: string;
}

/**
 * Personal data was about to be shown to the actor and organisation of the envelope. Not: that they read it, nor what
 * stood there; a value that was erased before counts too, although nothing of it was shown.
 */
export interface IdentityViewed {
  readonly purpose: string;
  readonly categories: readonly Compartment[];
  readonly references: number;
  /** Absent where the viewer worked on the case. */
  readonly ground?: string;
  /** The organisation that it was prepared for. Not: that it was ever handed over. */
  readonly recipient?: string;
}

/** No code: free text could itself be personal data. */
export class PurposeNotACode extends Error {
  override readonly name = 'PurposeNotACode';
}

export const disclosureStream = (caseId: string): string => `disclosure-${caseId}`;

const CODE = /^[A-Za-z][A-Za-z0-9._-]{0,63}$/;

/**
 * Records a disclosure, and comes before it: when this fails, nothing may be shown.
 * @throws PurposeNotACode, and what `record` throws
 */
export async function recordDisclosure(
  store: EventStore,
  clock: Clock,
  { caseId, viewer, purpose, categories, references, ground, recipient }: Disclosure,
): Promise<StoredEvent> {
  if (!CODE.test(purpose)) throw new PurposeNotACode('a purpose is a code');
  const commandId = randomUUID();
  const data: IdentityViewed = { purpose, categories: [...new Set(categories)].sort(), references, ...(ground === undefined ? {} : { ground }), ...(recipient === undefined ? {} : { recipient }) };
  const draft = {
    ...viewer,
    type: 'IdentityViewed',
    data,
    schema: 1,
    occurredAt: clock(),
    commandId,
    causationId: viewer.correlationId,
    reference: {},
    sensitivity: 2 as const,
  };
  const [event] = await record(store, disclosureStream(caseId), commandId, () => [draft], clock);
  if (event === undefined) throw new Error('the disclosure was not recorded');
  return event;
}
