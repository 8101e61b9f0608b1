/** How one row is sealed. */
import type { KeyObject } from 'node:crypto';
import { createSecretKey, randomBytes } from 'node:crypto';
import { canonical, commitmentOf } from '../commitment.js';
import { decrypt, encrypt } from '../encryption.js';
import type { RowToSeal } from '../ports.js';

const SALT_BYTES = 32;

/** Where a row belongs: bound to it by the encryption, so that no row can be passed off as another. */
export type RowPlace = Omit<RowToSeal, 'value'> & { readonly reference: string };

/** `text` is the canonical value, `salt` base64url. */
export interface Plaintext {
  readonly salt: string;
  readonly text: string;
}

export const newDataKey = (): Uint8Array => randomBytes(32);
export const dataKey = (bytes: Uint8Array): KeyObject => createSecretKey(bytes);

/**
 * The salt is sealed with the value: in clear it would let anyone who holds log and vault file, and no key, try all
 * dates of birth against a commitment.
 */
export function sealRow(key: KeyObject, place: RowPlace, value: unknown): { sealed: Uint8Array; commitment: string } {
  const salt = randomBytes(SALT_BYTES);
  const sealed = encrypt(key, Buffer.concat([salt, Buffer.from(canonical(value), 'utf8')]), additionalData(place));
  return { sealed, commitment: commitmentOf(salt.toString('base64url'), value) };
}

/** @throws an error when the row was changed or moved */
export function openRow(key: KeyObject, place: RowPlace, sealed: Uint8Array): Plaintext {
  const bytes = decrypt(key, sealed, additionalData(place));
  return {
    salt: bytes.subarray(0, SALT_BYTES).toString('base64url'),
    text: bytes.subarray(SALT_BYTES).toString('utf8'),
  };
}

const additionalData = ({ reference, commandId, person, compartment, stream, custodian }: RowPlace): string =>
  canonical([reference, commandId, person, compartment, stream, custodian]);
