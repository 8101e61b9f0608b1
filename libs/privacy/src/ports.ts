/**
 * Where personal data lies and who may open it. The log holds references and commitments only.
 * Source: architecture.md 5.
 */
import type { Compartment, Sealed } from '#kernel';

/**
 * Why keys are asked for. A purpose that is not granted by the keyring opens nothing.
 * There is deliberately none for notifier, projector (but for `statistics`) or search; the clock and whoever decides open
 * the day on which a child comes of age, and nothing else.
 */
export const KEY_PURPOSES = ['seal', 'disclose', 'report-statistics', 'watch-majority', 'erase', 'rotate'] as const;
export type KeyPurpose = (typeof KEY_PURPOSES)[number];

/** One row to seal: all values of one compartment of one command about one person. */
export interface RowToSeal {
  readonly commandId: string;
  /** Opaque reference of the person: random, one a case. */
  readonly person: string;
  readonly compartment: Compartment;
  readonly stream: string;
  /** Organisation whose data this is and whose key-encryption key wraps it. */
  readonly custodian: string;
  /** JSON value; stored in canonical form. */
  readonly value: unknown;
}

/** A row opened. */
export interface OpenedRow {
  readonly reference: string;
  readonly person: string;
  readonly compartment: Compartment;
  readonly stream: string;
  readonly custodian: string;
  readonly value: unknown;
  /** Random 32 bytes, base64url: with the value it proves the commitment in the event. */
  readonly salt: string;
}

/** A row whose command may never have reached the log. */
export interface UnconfirmedRow {
  readonly reference: string;
  readonly stream: string;
  readonly commandId: string;
}

export const UNCONFIRMED_PAGE = 500;

/** The same row was put before with another plaintext. */
export class RowConflict extends Error {
  override readonly name = 'RowConflict';
}

/** The person was erased: nothing can be sealed or opened for them any more. */
export class PersonErased extends Error {
  override readonly name = 'PersonErased';
}

/** No key is granted for this purpose. */
export class KeyNotGranted extends Error {
  override readonly name = 'KeyNotGranted';
}

export interface Vault {
  /**
   * Seals rows, all or none. A row that is there already answers with its own salt and commitment, so a retry appends
   * the very same event. Comes before the append: a crash between the two leaves only a row that a sweep removes.
   * @throws RowConflict when the plaintext differs, PersonErased after the tombstone
   */
  put(rows: readonly RowToSeal[]): Promise<readonly Sealed[]>;

  /**
   * Opens rows by reference, in the order asked; a reference that is not there (any more) is left out.
   * @throws KeyNotGranted when the purpose has no key for the row
   */
  open(references: readonly string[], purpose: KeyPurpose): Promise<readonly OpenedRow[]>;

  /** Refuses every later `put` for the person. Idempotent. */
  entomb(person: string): Promise<void>;

  /** Removes all rows, salts and keys of the person, as ciphertext too. Idempotent. Returns how many rows went. */
  destroy(person: string): Promise<number>;

  /**
   * Rows put before `olderThan` of which nobody has said yet whether their command reached the log; oldest first, at
   * most `UNCONFIRMED_PAGE`. The vault knows no log: who does decides (`sweepVault`).
   * @throws RangeError when `olderThan` is less than 24 h ago: a command may still be on its way to the log
   */
  unconfirmed(olderThan: string): Promise<readonly UnconfirmedRow[]>;

  /**
   * Takes rows off the list of the unconfirmed: those `known` stay for good, those `unknown` go, unless they were put
   * less than 24 h ago. Idempotent. Returns how many rows went.
   */
  settle(known: readonly string[], unknown: readonly string[]): Promise<number>;

  /** Wraps every data key again that is not under the newest epoch; touches no row. Returns how many there were. */
  rewrap(): Promise<number>;

  close(): Promise<void>;
}

/** What the house does with personal data; the keeping of a vault (erasure, sweeping, keys) is done vault by vault. */
export type SealingVault = Pick<Vault, 'put' | 'open'>;

/** Keys: a 0600 file made at first run, or a database that several processes share. No key ever leaves through this port but as a use. */
export interface Keyring {
  /**
   * Wraps a data key of one compartment under the custodian's newest key-encryption key.
   * @throws KeyNotGranted when the purpose is not granted or does not seal
   */
  wrap(custodian: string, compartment: Compartment, dataKey: Uint8Array, purpose: KeyPurpose): Promise<WrappedKey>;
  /**
   * @throws KeyNotGranted when the purpose is not granted or may not open this compartment, the epoch's key was
   * destroyed, or the key was wrapped for another compartment
   */
  unwrap(wrapped: WrappedKey, compartment: Compartment, purpose: KeyPurpose): Promise<Uint8Array>;
  /** The epoch under which `wrap` wraps now. */
  newestEpoch(): Promise<number>;
  /** HMAC-SHA-256 under a named key, as hexadecimal: command ids, fingerprints, entity tags, distinct-count tokens. */
  authenticate(use: HmacUse, text: string): string;
  /** AES-256-GCM of a short text that only this house reads back: positions and cursors handed out. base64url. */
  encryptToken(context: string, text: string): string;
  /** `undefined` when the token was not made here or for another context. */
  decryptToken(context: string, token: string): string | undefined;
  /** Ed25519 signature, base64url, with the newest signing key. */
  sign(bytes: Uint8Array): Signature;
  /** Public signing keys by identifier, as SPKI PEM: verification needs nothing else. */
  publicKeys(): Readonly<Record<string, string>>;
}

export const HMAC_USES = [
  'command',
  'fingerprint',
  'entity-tag',
  'distinct-count',
  'duplicate',
  'derived-secret',
] as const;
export type HmacUse = (typeof HMAC_USES)[number];

export interface WrappedKey {
  readonly custodian: string;
  readonly epoch: number;
  /** base64url */
  readonly bytes: string;
}

export interface Signature {
  readonly keyId: string;
  /** base64url */
  readonly value: string;
}

/** An organisation outside that holds what it was told about a person, and the thing with which it was told. */
export interface DataHolder {
  readonly organisation: string;
  readonly thing: string;
}

/** What an alias stands for: the case, a thing within it (referral, consent, assessment, ...), or a broker's ordering key. */
export type AliasKind = 'case' | 'thing' | 'ordering-key';

/**
 * Random names under which one organisation knows a thing, so that what two organisations hold can not be joined.
 * Erasable, and kept beside the vault. Source: architecture.md 6, domain.md 8.4 ("case pseudonym").
 */
export interface AliasRegister {
  /** The alias of a thing for an organisation; made at first use, then always the same. A UUID. */
  aliasFor(organisation: string, kind: AliasKind, thing: string, caseId: string): Promise<string>;
  /** What an alias means to this organisation; `undefined` when it never got it, or it was erased. */
  resolve(organisation: string, alias: string): Promise<{ kind: AliasKind; thing: string; caseId: string } | undefined>;
  /**
   * The case that an alias stands for, whoever's alias it is; `undefined` when there is none, or it was erased. For the
   * record of refused attempts only: never for an answer to who used it.
   */
  trace(alias: string): Promise<string | undefined>;
  /** As `aliasFor`, but makes none: `undefined` where there is none, or it was forgotten. */
  find(organisation: string, kind: AliasKind, thing: string, caseId: string): Promise<string | undefined>;
  /**
   * Forgets all aliases of a case but those under which `holders` are still asked to delete what they received: the
   * thing's, and the ordering key of their messages. Idempotent.
   */
  forget(caseId: string, holders?: readonly DataHolder[]): Promise<void>;
}

/** Injection tokens. */
export const VAULT = Symbol('vault');
export const KEYRING = Symbol('keyring');
export const ALIASES = Symbol('alias register');
