import { describe, expect, it, jest } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { type JWTPayload, SignJWT, createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair } from 'jose';
import { Problem } from '../problems/problem.js';
import { tokenVerifier } from './token-verifier.js';
import { VerifiedTokens } from './verified-tokens.js';

const issuer = 'https://issuer.example';
const audience = 'tandem';
const NOW = new Date('2026-03-01T10:00:00Z');
const seconds = NOW.getTime() / 1000;
const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
const stranger = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256' };
const verify = tokenVerifier({ issuer, audience, keys: createLocalJWKSet({ keys: [jwk] }), now: () => NOW });

const claims = {
  organisation: 'casa-lumina',
  sub: 'staff-1',
  azp: 'desk',
  roles: ['CM', 'SUP'],
  human: true,
  iss: issuer,
  aud: audience,
  exp: seconds + 60,
};

function sign(changes: JWTPayload = {}, header: object = {}, key = privateKey): Promise<string> {
  const payload = Object.fromEntries(
    Object.entries<unknown>({ ...claims, ...changes }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'at+jwt', ...header }).sign(key);
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

async function refusal(authorization: string | undefined): Promise<string> {
  try {
    await verify(authorization);
    return 'passed';
  } catch (error) {
    const { code, headers } = error as Problem;
    if (code !== 'keys-unavailable') expect(headers['www-authenticate']).toMatch(/^Bearer realm="tandem"/);
    return code;
  }
}
const refused = async (token: string | Promise<string>): Promise<string> => refusal(`Bearer ${await token}`);

describe('a token that is in order', () => {
  it('says who stands behind it', async () => {
    expect(await verify(`Bearer ${await sign({ mandate: 'm-1' })}`)).toEqual({
      organisation: 'casa-lumina',
      actor: 'staff-1',
      roles: ['CM', 'SUP'],
      human: true,
      client: 'desk',
      mandate: 'm-1',
    });
  });

  it('may be of a system: then no person is assumed', async () => {
    const token = await sign({ human: undefined, azp: undefined, client_id: 'machine' });
    expect(await verify(`bearer ${token}`)).toMatchObject({ human: false, client: 'machine' });
    expect(await verify(`Bearer ${await sign({ human: 'true' })}`)).toMatchObject({ human: false });
  });

  it('may be one second old in its future, and no more', async () => {
    expect(await refused(sign({ exp: seconds - 4 }))).toBe('passed');
    expect(await refused(sign({ exp: seconds - 6 }))).toBe('token-expired');
    expect(await refused(sign({ nbf: seconds + 4 }))).toBe('passed');
    expect(await refused(sign({ nbf: seconds + 60 }))).toBe('token-invalid');
  });
});

describe('no token', () => {
  it.each([undefined, '', 'Basic YTpi', 'Bearer', 'Bearer a b', 'Bearer ä'])('in %j', async (header) => {
    expect(await refusal(header)).toBe('token-missing');
  });
});

describe('a forged token', () => {
  it('without a signature', async () => {
    for (const alg of ['none', 'None', 'NONE']) {
      expect(await refused(`${encode({ alg, typ: 'at+jwt' })}.${encode(claims)}.`)).toBe('token-invalid');
    }
  });

  it('signed with the public key as a shared secret', async () => {
    const spki = await exportSPKI(publicKey);
    for (const secret of [spki, spki.trim(), JSON.stringify(jwk)]) {
      const head = `${encode({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })}.${encode(claims)}`;
      expect(await refused(`${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`)).toBe(
        'token-invalid',
      );
    }
  });

  it('signed with a stranger’s key, known by name or brought along', async () => {
    const own = await exportJWK(stranger.publicKey);
    expect(await refused(sign({}, {}, stranger.privateKey))).toBe('token-invalid');
    expect(await refused(sign({}, { kid: 'k2' }, stranger.privateKey))).toBe('token-invalid');
    expect(await refused(sign({}, { kid: undefined, jwk: own }, stranger.privateKey))).toBe('token-invalid');
    expect(await refused(sign({}, { jku: 'https://evil.example/jwks', kid: 'k2' }, stranger.privateKey))).toBe(
      'token-invalid',
    );
  });

  it('with another payload under a true signature', async () => {
    const [head, , signature] = (await sign()).split('.');
    expect(await refused(`${head!}.${encode({ ...claims, organisation: 'politia-exemplu' })}.${signature!}`)).toBe(
      'token-invalid',
    );
  });

  it('with a critical extension that nobody knows', async () => {
    const token = `${encode({ alg: 'RS256', kid: 'k1', typ: 'at+jwt', crit: ['x'], x: 1 })}.${encode(claims)}.AA`;
    expect(await refused(token)).toBe('token-invalid');
  });

  it.each(['a.b.c', '....', 'eyJ9.eyJ9.e30', 'a'.repeat(5000)])('that is rubbish', async (token) => {
    expect(await refused(token)).toBe('token-invalid');
  });
});

describe('a true token that is not for us', () => {
  it.each([
    ['another audience', { aud: 'another' }, {}],
    ['no audience', { aud: undefined }, {}],
    ['another issuer', { iss: 'https://issuer.example/' }, {}],
    ['no expiry', { exp: undefined }, {}],
    ['an identity token', {}, { typ: 'JWT+id' }],
    ['no type', {}, { typ: undefined }],
    ['a refresh token of Keycloak', { typ: 'Refresh' }, { typ: 'JWT' }],
    ['a name as subject', { sub: 'ana.pop@example.org' }, {}],
    ['no subject', { sub: undefined }, {}],
    ['no organisation', { organisation: undefined }, {}],
    ['the house itself', { organisation: 'tandem' }, {}],
    ['an odd organisation', { organisation: 'Casa Lumină' }, {}],
    ['no client', { azp: undefined }, {}],
    ['an odd mandate', { mandate: 7 }, {}],
  ] as [string, JWTPayload, object][])('%s', async (_why, changes, header) => {
    expect(await refused(sign(changes, header))).toBe('token-invalid');
  });

  it('never holds the role of the clock, nor anything that is no role', async () => {
    const { roles } = await verify(`Bearer ${await sign({ roles: ['CLOCK', 'CM', 'cm', 7, 'CM', { CM: 1 }] })}`);
    expect(roles).toEqual(['CM']);
    expect((await verify(`Bearer ${await sign({ roles: 'CM' })}`)).roles).toEqual([]);
  });

  it('of Keycloak’s access type is one', async () => {
    expect(await refused(sign({ typ: 'Bearer' }, { typ: 'JWT' }))).toBe('passed');
  });
});

describe('keys that can not be read', () => {
  it('are the issuer’s fault, not the token’s', async () => {
    const lost = tokenVerifier({
      issuer,
      audience,
      keys: () => Promise.reject(new TypeError('fetch failed')),
      now: () => NOW,
    });
    await expect(lost(`Bearer ${await sign()}`)).rejects.toMatchObject({ code: 'keys-unavailable' });
  });
});

describe('a token that was checked before', () => {
  const local = createLocalJWKSet({ keys: [jwk] });
  /** A verifier whose clock and keys the test moves, and how many signatures were checked meanwhile. */
  const watched = () => {
    const moving = { now: NOW, keys: local };
    const check = tokenVerifier({ issuer, audience, keys: (header, token) => moving.keys(header, token), now: () => moving.now });
    const signatures = jest.spyOn(globalThis.crypto.subtle, 'verify');
    signatures.mockClear();
    const code = (token: string): Promise<string> => check(`Bearer ${token}`).then(() => 'passed', (error: unknown) => (error as Problem).code);
    return { moving, check, code, signatures };
  };

  it('is not checked again, and says the same', async () => {
    const { check, signatures } = watched();
    const token = await sign();
    const first = await check(`Bearer ${token}`);
    expect(await check(`Bearer ${token}`)).toEqual(first);
    expect(signatures).toHaveBeenCalledTimes(1);
    await check(`Bearer ${await sign({ sub: 'staff-2' })}`);
    expect(signatures).toHaveBeenCalledTimes(2);
  });

  it('expires all the same, to the second', async () => {
    const { moving, code } = watched();
    const token = await sign({ exp: seconds + 60 });
    expect(await code(token)).toBe('passed');
    moving.now = new Date((seconds + 64) * 1_000);
    expect(await code(token)).toBe('passed');
    moving.now = new Date((seconds + 65) * 1_000);
    expect(await code(token)).toBe('token-expired');
  });

  it('holds no longer than the key that signed it', async () => {
    const { moving, code } = watched();
    const token = await sign();
    expect(await code(token)).toBe('passed');
    const other = { ...(await exportJWK((await generateKeyPair('RS256', { extractable: true })).publicKey)), kid: 'k1', alg: 'RS256' };
    moving.keys = createLocalJWKSet({ keys: [other] });
    expect(await code(token)).toBe('token-invalid');
    moving.keys = createLocalJWKSet({ keys: [] });
    expect(await code(token)).toBe('token-invalid');
    moving.keys = createLocalJWKSet({ keys: [jwk] });
    expect(await code(token)).toBe('passed');
    moving.keys = (() => Promise.reject(new Error('no answer'))) as typeof local;
    expect(await code(token)).toBe('keys-unavailable');
  });

  it('lends its check to no other text', async () => {
    const { code } = watched();
    const token = await sign();
    expect(await code(token)).toBe('passed');
    const [head = '', payload = '', signature = ''] = token.split('.');
    expect(await code(`${head}.${payload}.${signature.slice(0, -4)}AAAA`)).toBe('token-invalid');
    expect(await code(`${head}.${encode({ ...claims, organisation: 'politia-exemplu' })}.${signature}`)).toBe('token-invalid');
  });

  it('goes when so many others came', async () => {
    const tokens = new VerifiedTokens(local, 1);
    const given = { header: { alg: 'RS256', kid: 'k1' }, token: { payload: '', signature: '' } };
    const key = await local(given.header, given.token);
    const kept = { caller: await verify(`Bearer ${await sign()}`), given: { ...given, key }, payload: { exp: seconds + 60 } };
    tokens.keep('one', kept);
    tokens.keep('two', kept);
    expect([await tokens.callerOf('one', seconds, 5), await tokens.callerOf('two', seconds, 5)]).toEqual([undefined, kept.caller]);
  });
});
