/** The identifier of a command, wherever a write comes in. Part of the stored format: ADR 3, architecture.md 4. */
import type { Keyring } from './ports.js';

/**
 * The same organisation and Idempotency-Key give the same identifier, on every retry and route, and nobody without the
 * keyring can compute it. A UUID of version 8, made of an HMAC.
 */
export function commandIdOf(keyring: Pick<Keyring, 'authenticate'>, organisation: string, idempotencyKey: string): string {
  const digest = keyring.authenticate('command', `${organisation}\n${idempotencyKey}`);
  return [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(13, 16)}`, `a${digest.slice(17, 20)}`, digest.slice(20, 32)].join('-');
}
