/** What an event says about a sealed value: nothing, until someone holds value and salt. Source: architecture.md 5. */
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/**
 * The one text form of a JSON value (RFC 8785), in which it is sealed and committed to.
 * @throws TypeError when it is no JSON value
 */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('only a JSON value has a canonical form');
  return text;
}

/**
 * SHA-256 over the 32 bytes of the salt and the value's canonical form in UTF-8, in hexadecimal. Anyone who holds both
 * proves with it that the value is the one an event recorded; needs no key and no service.
 * @param salt 32 random bytes, base64url
 */
export function commitmentOf(salt: string, value: unknown): string {
  return createHash('sha256').update(Buffer.from(salt, 'base64url')).update(canonical(value), 'utf8').digest('hex');
}
