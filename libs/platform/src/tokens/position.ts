/** Positions in the global order as they are handed out: opaque, and of use to the one organisation that got them. */
import { Problem } from '../problems/problem.js';
import type { TokenKeys } from './keys.js';

function context(organisation: string): string {
  return `position/${organisation}`;
}

/** The position as the organisation gets it. */
export function encodePosition(keys: Pick<TokenKeys, 'encryptToken'>, organisation: string, position: string): string {
  return keys.encryptToken(context(organisation), position);
}

/** @throws Problem `position-invalid` when the token was not given to this organisation */
export function decodePosition(keys: Pick<TokenKeys, 'decryptToken'>, organisation: string, token: string): string {
  const position = keys.decryptToken(context(organisation), token);
  if (position === undefined) throw new Problem('position-invalid', 'the position was not given to this organisation');
  return position;
}
