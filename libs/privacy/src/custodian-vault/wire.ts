/**
 * What a house and a custodian's own vault say to one another: JSON over HTTPS with certificates on both sides, one
 * POST an operation of the port. Source: architecture.md 5 ("a custodian organisation"), ADR 18.
 */
import { COMPARTMENTS } from '#kernel';
import type { ErasureProgress } from '../erasure/progress.js';
import type { KeyPurpose, RowToSeal, Vault } from '../ports.js';
import { KEY_PURPOSES, KeyNotGranted, PersonErased, RowConflict } from '../ports.js';

/** Larger than the largest command of one case, its personal values included. */
export const BODY_BYTES = 1024 * 1024;

/** The vault says nothing about why it can not be asked: it is not there, does not know us, or has not caught up. */
export class VaultUnavailable extends Error {
  override readonly name = 'VaultUnavailable';
}

/** The vault was started and has not been told yet which erasures the log holds. */
export class VaultShut extends Error {
  override readonly name = 'VaultShut';
}

/** Refusals that mean the same on both sides; anything else is `VaultUnavailable` to the asker. */
export const REFUSALS: readonly {
  readonly code: string;
  readonly status: number;
  readonly error: new (message: string) => Error;
}[] = [
  { code: 'row-conflict', status: 409, error: RowConflict },
  { code: 'person-erased', status: 410, error: PersonErased },
  { code: 'key-not-granted', status: 403, error: KeyNotGranted },
  { code: 'too-young', status: 422, error: RangeError },
  { code: 'shut', status: 423, error: VaultShut },
];

/** A message that is not of this protocol. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}

/** Each operation: the purpose a peer needs for it, and how the vault answers a message of it. */
interface Operation {
  readonly needs: (message: Message) => KeyPurpose;
  /** Answers also before the vault was told of the erasures in the log. */
  readonly whileShut?: true;
  readonly answer: (kept: KeptVault, message: Message) => Promise<unknown>;
}

/** A vault with its own account of the erasures it has carried out. */
export interface KeptVault {
  readonly vault: Vault;
  readonly progress: ErasureProgress;
}

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  put: { needs: () => 'seal', answer: ({ vault }, message) => vault.put(message.rows()) },
  open: {
    needs: (message) => message.purpose(),
    answer: ({ vault }, message) => vault.open(message.texts('references'), message.purpose()),
  },
  entomb: {
    needs: () => 'erase',
    whileShut: true,
    answer: ({ vault }, message) => vault.entomb(message.text('person')),
  },
  destroy: {
    needs: () => 'erase',
    whileShut: true,
    answer: ({ vault }, message) => vault.destroy(message.text('person')),
  },
  progress: { needs: () => 'erase', whileShut: true, answer: ({ progress }) => progress.read() },
  'caught-up': {
    needs: () => 'erase',
    whileShut: true,
    answer: ({ progress }, message) => progress.keep(message.text('position')),
  },
  unconfirmed: { needs: () => 'seal', answer: ({ vault }, message) => vault.unconfirmed(message.text('olderThan')) },
  settle: {
    needs: () => 'seal',
    answer: ({ vault }, message) => vault.settle(message.texts('known'), message.texts('unknown')),
  },
  rewrap: { needs: () => 'rotate', answer: ({ vault }) => vault.rewrap() },
};

/** A message read field by field. */
export class Message {
  private readonly fields: Readonly<Record<string, unknown>>;

  constructor(json: string) {
    const value = parsed(json);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new NotUnderstood('not an object');
    this.fields = value as Readonly<Record<string, unknown>>;
  }

  text(name: string): string {
    return textOf(this.fields[name], name);
  }

  texts(name: string): readonly string[] {
    return listOf(this.fields[name], name).map((each) => textOf(each, name));
  }

  purpose(): KeyPurpose {
    return oneOf(KEY_PURPOSES, this.fields['purpose'], 'purpose');
  }

  rows(): readonly RowToSeal[] {
    return listOf(this.fields['rows'], 'rows').map(rowOf);
  }
}

function rowOf(value: unknown): RowToSeal {
  const row = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!('value' in row)) throw new NotUnderstood('value is missing');
  return {
    commandId: textOf(row['commandId'], 'commandId'),
    person: textOf(row['person'], 'person'),
    compartment: oneOf(COMPARTMENTS, row['compartment'], 'compartment'),
    stream: textOf(row['stream'], 'stream'),
    custodian: textOf(row['custodian'], 'custodian'),
    value: row['value'],
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    throw new NotUnderstood('not JSON');
  }
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '' || value.length > 200) throw new NotUnderstood(`${name} is no text`);
  return value;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new NotUnderstood(`${name} is no list`);
  return value as readonly unknown[];
}

function oneOf<T extends string>(known: readonly T[], value: unknown, name: string): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new NotUnderstood(`${name} is unknown`);
  return found;
}
