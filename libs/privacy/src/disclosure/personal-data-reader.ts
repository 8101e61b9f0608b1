/** The one way by which personal data leaves the house. Source: architecture.md 5 and 6. */
import type { EventStore } from '#event-store';
import { type Clock, type Compartment, type Sealed, type SealedParts, streamOfCase } from '#kernel';
import { commitmentOf } from '../commitment.js';
import type { OpenedRow, SealingVault } from '../ports.js';
import type { Disclosure, Viewer } from './disclosure-log.js';
import { recordDisclosure } from './disclosure-log.js';

/** What is to be opened. */
export interface PersonalDataRequest {
  readonly caseId: string;
  /** The `personal` key of the events whose values are wanted. */
  readonly parts: readonly SealedParts[];
  /** Compartments that caller and purpose may see; others in `parts` stay shut. */
  readonly categories: readonly Compartment[];
  readonly purpose: string;
  readonly caller: Viewer;
  /** Code, where something else than the caller's work on the case allows it. */
  readonly ground?: string;
}

/** A value as it was recorded. With `salt` it proves `commitment`, to anyone who holds the event. */
export interface DisclosedValue {
  readonly reference: string;
  readonly commitment: string;
  readonly compartment: Compartment;
  readonly custodian: string;
  readonly value: unknown;
  readonly salt: string;
}

/** What lies in the vault is not what the event recorded. Nothing is shown; somebody has to look. */
export class CommitmentBroken extends Error {
  override readonly name = 'CommitmentBroken';
}

/** `vault` needs a keyring granted `disclose`. */
export interface PersonalDataReaderOptions {
  readonly store: EventStore;
  readonly vault: SealingVault;
  readonly clock: Clock;
}

export class PersonalDataReader {
  constructor(private readonly options: PersonalDataReaderOptions) {}

  /**
   * Records who is about to see which categories for what purpose, then opens and verifies. When the record fails,
   * nothing is opened. Values in the order of `parts` and, within one, of `categories`; what was erased is left out.
   * Access is decided before: this records, it does not judge.
   * @throws CommitmentBroken, PurposeNotACode, KeyNotGranted, and what `record` throws
   */
  async open(request: PersonalDataRequest): Promise<readonly DisclosedValue[]> {
    const { caseId, caller: viewer, purpose, categories, ground } = request;
    const wanted = wantedOf(request);
    if (wanted.length === 0) return [];
    const { store, clock } = this.options;
    const told = { caseId, viewer, purpose, categories, references: wanted.length };
    await recordDisclosure(store, clock, ground === undefined ? told : { ...told, ground });
    const references = wanted.map(({ reference }) => reference);
    const rows = await this.options.vault.open(references, 'disclose');
    const byReference = new Map(rows.map((row) => [row.reference, row]));
    return wanted.flatMap((part) => {
      const row = byReference.get(part.reference);
      return row === undefined ? [] : verified(part, row, caseId);
    });
  }

  /** Tells in the log what is about to be shown of a case and lies in no vault. */
  async tell(disclosure: Disclosure): Promise<void> {
    await recordDisclosure(this.options.store, this.options.clock, disclosure);
  }
}

type Wanted = Sealed & { readonly compartment: Compartment };

const wantedOf = ({ parts, categories }: PersonalDataRequest): readonly Wanted[] =>
  parts.flatMap((sealed) =>
    [...new Set(categories)].flatMap((compartment) => {
      const part = sealed[compartment];
      return part === undefined ? [] : { ...part, compartment };
    }),
  );

function verified({ reference, commitment, compartment }: Wanted, row: OpenedRow, caseId: string): DisclosedValue {
  const { value, salt, custodian } = row;
  const isInPlace = row.compartment === compartment && row.stream === streamOfCase(caseId);
  if (isInPlace && commitmentOf(salt, value) === commitment) {
    return { reference, commitment, compartment, custodian, value, salt };
  }
  throw new CommitmentBroken('a sealed value is not the one that was recorded');
}
