/** Ed25519 signatures (RFC 8032), in one text form only: a second spelling of the same bytes is refused. */
import { createPublicKey, verify } from 'node:crypto';

/** Whether `signature` (base64url) over `bytes` was made with the private half of `publicKey` (SPKI PEM). Never throws. */
export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: string): boolean {
  const value = Buffer.from(signature, 'base64url');
  if (value.toString('base64url') !== signature) return false;
  try {
    const key = createPublicKey(publicKey);
    return key.asymmetricKeyType === 'ed25519' && verify(null, bytes, key, value);
  } catch {
    return false;
  }
}
