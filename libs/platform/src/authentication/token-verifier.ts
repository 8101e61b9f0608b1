/** Bearer tokens: signed by the configured issuer, for this house, now. Source: RFC 6750, RFC 8725, RFC 9068. */
import { type JWTPayload, type JWTVerifyGetKey, errors, jwtVerify } from 'jose';
import type { Role } from '#mechanism';
import { type Caller, OWN_ORGANISATION } from '../caller.js';
import { Problem } from '../problems/problem.js';
import { type KeyGiven, VerifiedTokens } from './verified-tokens.js';

/** Asymmetric only: with a symmetric one in the list, a public key could be used as a secret. */
export const ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];
const TYPES = new Set(['at+jwt', 'application/at+jwt', 'jwt']);
const TOLERANCE_SECONDS = 5;

const ORGANISATION = /^[a-z0-9][a-z0-9-]{1,62}$/;
/** Opaque: an `@` or a space would be an address or a name, and this reference stands in events for ever. */
const OPAQUE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
const ROLE = /^[A-Z][A-Z_]{1,15}$/;

export interface TokenExpectations {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: JWTVerifyGetKey;
  /** Now, for tests; the system's clock when absent. */
  readonly now?: () => Date;
}

/** Answers who stands behind an `Authorization` header. */
export type TokenVerifier = (authorization: string | undefined) => Promise<Caller>;

function unauthenticated(code: 'token-missing' | 'token-invalid' | 'token-expired', why: string): Problem {
  const error = code === 'token-missing' ? '' : ', error="invalid_token"';
  return new Problem(code, why, {}, { 'www-authenticate': `Bearer realm="tandem"${error}` });
}

function bearer(authorization: string | undefined): string {
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated('token-missing', 'a bearer token is needed');
  return token;
}

function text(claims: JWTPayload, name: string, pattern: RegExp): string {
  const value = claims[name];
  if (typeof value === 'string' && pattern.test(value)) return value;
  throw unauthenticated('token-invalid', `the claim ${name} is missing or has a wrong form`);
}

function rolesOf({ roles }: JWTPayload): readonly Role[] {
  const list: unknown[] = Array.isArray(roles) ? roles : [];
  // Which of them exist and count is the directory's to say; the clock's role is never given to anybody outside.
  return [...new Set(list)].filter((r): r is Role => typeof r === 'string' && ROLE.test(r) && r !== 'CLOCK');
}

/** @throws Problem `token-invalid` when a claim is missing or has a wrong form */
export function callerOf(claims: JWTPayload): Caller {
  const organisation = text(claims, 'organisation', ORGANISATION);
  if (organisation === OWN_ORGANISATION) throw unauthenticated('token-invalid', 'no token may claim the house itself');
  return {
    organisation,
    actor: text(claims, 'sub', OPAQUE),
    roles: rolesOf(claims),
    human: claims['human'] === true,
    client: text(claims, claims['azp'] === undefined ? 'client_id' : 'azp', OPAQUE),
    ...(claims['mandate'] === undefined ? {} : { mandate: text(claims, 'mandate', OPAQUE) }),
  };
}

/** What goes wrong while keys are fetched is the issuer's fault, not the token's, but for a key that is not in the set. */
function reachable(keys: JWTVerifyGetKey): JWTVerifyGetKey {
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      throw new Problem('keys-unavailable', 'the issuer’s keys can not be read');
    }
  };
}

function translated(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof errors.JWTExpired) return unauthenticated('token-expired', 'the token has expired');
  return unauthenticated('token-invalid', 'the token is not valid here');
}

function checkType({ typ }: { typ?: string }, payload: JWTPayload): void {
  // Keycloak signs identity and refresh tokens with the same keys and tells them apart by the claim.
  const access = TYPES.has((typ ?? '').toLowerCase()) && (payload['typ'] === undefined || payload['typ'] === 'Bearer');
  if (!access) throw unauthenticated('token-invalid', 'not an access token');
}

/** Builds the check of bearer tokens. What it throws is a 401, or a 503 when the issuer's keys can not be had. */
export function tokenVerifier({ issuer, audience, keys, now = () => new Date() }: TokenExpectations): TokenVerifier {
  const keyFor = reachable(keys);
  const verified = new VerifiedTokens(keyFor);
  const verify = async (token: string, currentDate: Date): Promise<Caller> => {
    let given: KeyGiven | undefined;
    const noting: JWTVerifyGetKey = async (header, jws) => {
      const key = await keyFor(header, jws);
      given = { header, token: jws, key };
      return key;
    };
    const { payload, protectedHeader } = await jwtVerify(token, noting, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: TOLERANCE_SECONDS,
      requiredClaims: ['exp', 'sub'],
      currentDate,
    });
    checkType(protectedHeader, payload);
    const caller = callerOf(payload);
    if (given !== undefined) verified.keep(token, { caller, given, payload });
    return caller;
  };
  return async (authorization) => {
    const token = bearer(authorization);
    const date = now();
    try {
      const second = Math.floor(date.getTime() / 1_000);
      return (await verified.callerOf(token, second, TOLERANCE_SECONDS)) ?? (await verify(token, date));
    } catch (error) {
      throw translated(error);
    }
  };
}
