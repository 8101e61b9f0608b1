/** The issuer of the demo profile: tokens for invented organisations, signed with a key of the data directory. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JSONWebKeySet, type JWK, SignJWT, createLocalJWKSet, exportJWK, generateKeyPair, importJWK } from 'jose';
import type { Role } from '#mechanism';
import type { TokenExpectations } from './token-verifier.js';

export const DEMO_ISSUER = 'urn:tandem:demo';
export const DEMO_AUDIENCE = 'tandem';
const ALGORITHM = 'ES256';
const KEY_ID = 'demo';

/** What a demo token says. `ttl` in seconds; an hour when absent. */
export interface DemoToken {
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly actor: string;
  readonly human: boolean;
  readonly client?: string;
  readonly mandate?: string;
  readonly ttl?: number;
}

export interface DemoIssuer {
  readonly jwks: JSONWebKeySet;
  readonly expectations: TokenExpectations;
  issue(token: DemoToken): Promise<string>;
}

async function newKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  return exportJWK(privateKey);
}

/** Kept, so that tokens outlive a restart; whoever reads the file can be anyone in this demo, and nowhere else. */
async function keptKey(directory: string): Promise<JWK> {
  const file = join(directory, 'demo-issuer.json');
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    const key = await newKey();
    writeFileSync(file, JSON.stringify(key), { flag: 'wx', mode: 0o600 });
    return key;
  }
}

function publicPart({ d: _private, ...rest }: JWK): JWK {
  return { ...rest, kid: KEY_ID, alg: ALGORITHM, use: 'sig' };
}

/** An issuer whose key lies in `directory`, or lives as long as the process when there is none. */
export async function createDemoIssuer(directory?: string): Promise<DemoIssuer> {
  const key = directory === undefined ? await newKey() : await keptKey(directory);
  const signingKey = await importJWK(key, ALGORITHM);
  const jwks: JSONWebKeySet = { keys: [publicPart(key)] };
  return {
    jwks,
    expectations: { issuer: DEMO_ISSUER, audience: DEMO_AUDIENCE, keys: createLocalJWKSet(jwks) },
    issue({ organisation, roles, actor, human, client = 'demo', mandate, ttl = 3600 }) {
      return new SignJWT({
        organisation,
        roles,
        human,
        client_id: client,
        ...(mandate === undefined ? {} : { mandate }),
      })
        .setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID, typ: 'at+jwt' })
        .setIssuer(DEMO_ISSUER)
        .setAudience(DEMO_AUDIENCE)
        .setSubject(actor)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttl)
        .sign(signingKey);
    },
  };
}
