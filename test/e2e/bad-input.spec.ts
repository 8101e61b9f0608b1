/**
 * Every route of the API reference, given what it must refuse: each answers with the documented status and code, and nothing is
 * written to a case or the vault. What only a state can refuse (409, most of 422) is met by the stories of fuzz.spec.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT, UnsecuredJWT, generateKeyPair } from 'jose';
import { START } from '#event-store';
import { type Operation, documentOf, judgeOf, operationsOf } from '../support/fuzz/document.js';
import { Wire, type WireAnswer } from '../support/fuzz/wire.js';
import { aCase } from '../support/story.js';
import { type Tandem, startTandem } from '../support/tandem.js';

const KEY = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';
const NOBODYS = '7c2f9d1e-0000-4000-a000-000000000000';
const ALL_ROLES = { roles: ['CM'], human: true, client_id: 'demo', organisation: 'casa-lumina' };

let tandem: Tandem;
let wire: Wire;
let operations: readonly Operation[];
let token: string;
let foreignCase: string;
let written: string;
const wrong: string[] = [];
let judged: ReturnType<typeof judgeOf>;

/** What is in the log, but for refused attempts, and how many rows the vault has. */
async function contents(): Promise<string> {
  const { store, persons } = tandem.engines;
  let last = '';
  for await (const page of store.readAll(START)) {
    for (const { stream, revision } of page) if (!stream.startsWith('access-')) last = `${stream} ${String(revision)}`;
  }
  const rows = await persons.kysely.selectFrom('vault_row').select((count) => count.fn.countAll<number>().as('rows')).executeTakeFirstOrThrow();
  return `${last}, ${String(rows.rows)} rows`;
}

beforeAll(async () => {
  tandem = await startTandem();
  const document = await documentOf(tandem.address);
  operations = operationsOf(document).filter(({ open }) => !open);
  judged = judgeOf(document);
  wire = new Wire(tandem.address);
  token = await tandem.issuer.issue({ organisation: 'casa-lumina', roles: tandem.engines.directory.get('casa-lumina')?.roles ?? [], actor: 'staff-1', human: true });
  foreignCase = (await aCase(tandem.as('clinica-aurora'))).split('/').at(-1)!;
  await tandem.settled();
  written = await contents();
});
afterAll(async () => {
  wire.close();
  await tandem.stop();
});

interface Given {
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly id?: string;
  readonly query?: string;
}

const isWrite = ({ method }: Operation): boolean => method !== 'get';

function ask(operation: Operation, { authorization = `Bearer ${token}`, headers, text = '{}', id = NOBODYS, query = '' }: Given): Promise<WireAnswer> {
  const target = operation.path.replace('{revision}', '0').replaceAll(/\{\w+\}/g, id) + query;
  const all = { ...(authorization === '' ? {} : { authorization }), ...(headers ?? (isWrite(operation) ? { 'content-type': 'application/json', 'idempotency-key': KEY } : {})) };
  return wire.send({ method: operation.method.toUpperCase(), target, headers: all, ...(isWrite(operation) ? { text } : {}) });
}

/** Asks every operation the same, and lists those that did not answer with one of these, or not as documented. */
async function others(of: readonly Operation[], given: Given, ...expected: readonly string[]): Promise<readonly string[]> {
  const odd: string[] = [];
  for (const operation of of) {
    const { status, type, body } = await ask(operation, given);
    const got = `${String(status)} ${(body as { code?: string }).code ?? ''}`;
    const fault = judged(operation, status, type, body);
    if (!expected.includes(got) || fault !== undefined) odd.push(`${operation.method} ${operation.path}: ${got} ${fault ?? ''}`);
  }
  if ((await contents()) !== written) odd.push('something was written');
  wrong.push(...odd);
  return odd;
}

describe('every route', () => {
  it('asks for a token', async () => {
    expect(await others(operations, { authorization: '' }, '401 token-missing')).toEqual([]);
  });

  it('refuses tokens that expired, or are signed by nobody, by another, or for another audience', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const claims = (jwt: SignJWT | UnsecuredJWT) => jwt.setIssuer('urn:tandem:demo').setAudience('tandem').setSubject('staff-1').setIssuedAt().setExpirationTime('1h');
    const header = { alg: 'ES256', kid: 'demo', typ: 'at+jwt' };
    const unsigned = claims(new UnsecuredJWT(ALL_ROLES)) as UnsecuredJWT;
    const byAnother = claims(new SignJWT(ALL_ROLES)) as SignJWT;
    const expired = await tandem.issuer.issue({ organisation: 'casa-lumina', roles: ['CM'], actor: 'staff-1', human: true, ttl: -600 });
    const [head, payload, signature] = token.split('.') as [string, string, string];
    const changed = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), aud: 'elsewhere' })).toString('base64url');
    expect(await others(operations, { authorization: `Bearer ${expired}` }, '401 token-expired')).toEqual([]);
    for (const forged of [unsigned.encode(), await byAnother.setProtectedHeader(header).sign(privateKey), [head, changed, signature].join('.'), `${token}x`]) {
      expect(await others(operations, { authorization: `Bearer ${forged}` }, '401 token-invalid', '401 token-missing')).toEqual([]);
    }
  });

  it('refuses a query parameter that stands twice', async () => {
    expect(await others(operations.filter((one) => !isWrite(one)), { query: '?x=1&x=2' }, '400 query-invalid')).toEqual([]);
  });

  it('has no other methods', async () => {
    const methods = new Map<string, Set<string>>();
    for (const { path, method } of operations) methods.set(path, (methods.get(path) ?? new Set()).add(method));
    for (const [path, own] of methods) {
      for (const method of ['PUT', 'PATCH', 'DELETE', 'GET', 'POST'].filter((one) => !own.has(one.toLowerCase()))) {
        const answer = await wire.send({ method, target: path.replaceAll(/\{\w+\}/g, NOBODYS), headers: { authorization: `Bearer ${token}` } });
        const more = [...methods].some(([other, has]) => other !== path && has.has(method.toLowerCase()) && other.split('/').length === path.split('/').length);
        if (!(answer.status === 405 || more)) wrong.push(`${method} ${path}: ${String(answer.status)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('every write', () => {
  const writes = (): readonly Operation[] => operations.filter(isWrite);

  it('needs a key that is a UUID', async () => {
    expect(await others(writes(), { headers: { 'content-type': 'application/json' } }, '400 idempotency-key-missing')).toEqual([]);
    expect(await others(writes(), { headers: { 'content-type': 'application/json', 'idempotency-key': 'once' } }, '400 idempotency-key-invalid')).toEqual([]);
  });

  it.each([
    ['half of it', '{"a":'], ['nothing', ''], ['a prototype', '{"__proto__":{"a":1}}'], ['a number beyond all bounds', '{"a":1e999}'],
    ['half a character', '{"a":"\\ud800"}'], ['a hundred thousand levels', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('takes no body that is %s', async (_what, text) => {
    expect(await others(writes(), { text }, '400 broken-json')).toEqual([]);
  });

  it('takes no body that is too large, or of another type', async () => {
    expect(await others(writes(), { text: JSON.stringify({ a: 'x'.repeat(260 * 1024) }) }, '413 body-too-large')).toEqual([]);
    expect(await others(writes(), { headers: { 'content-type': 'text/plain', 'idempotency-key': KEY }, text: 'a' }, '415 media-type-unsupported')).toEqual([]);
  });
});

describe('a route with a name in its path', () => {
  /** Who breaks the glass may know nothing of the case: what is wrong with the body is the same for every name, and said first. */
  const uninvited = (path: string): boolean => path.endsWith('/break-glass');
  const addressed = (): readonly Operation[] =>
    operations.filter(({ path }) => /\{(caseId|referralId|episodeId|returnId|planId)\}/.test(path) && !uninvited(path));

  it('answers to the name of another organisation’s case exactly as to one that nobody has, before it looks at the body', async () => {
    const strip = ({ status, headers, body }: WireAnswer): object => ({ status, type: headers['content-type'], body: { ...(body as object), requestId: '' } });
    for (const operation of addressed()) {
      const given = { text: '{"unknown":[1]}', headers: { 'content-type': 'application/json', 'idempotency-key': KEY, 'if-match': '"x"' } };
      const [foreign, nobodys] = [await ask(operation, { ...given, id: foreignCase }), await ask(operation, { ...given, id: NOBODYS })];
      expect([operation.path, strip(foreign)]).toEqual([operation.path, strip(nobodys)]);
      expect([operation.path, foreign.status]).toEqual([operation.path, 404]);
    }
    expect(await contents()).toBe(written);
  });

  it.each(['%2F', '..%2F..', '%00', '__proto__', 'constructor', '0', 'null', '%F0%9F%99%82', 'a'.repeat(200)])('knows nothing by the name %s', async (id) => {
    expect(await others(addressed(), { id }, '404 not-found', '400 query-invalid')).toEqual([]);
  });
});

describe('in the own case', () => {
  let path: string;
  beforeAll(async () => {
    path = await aCase(tandem.as('casa-lumina'));
    await tandem.settled();
    written = await contents();
  });
  const inCase = (): readonly Operation[] => operations.filter((one) => isWrite(one) && /^\/v1\/cases\/\{caseId\}\/[a-z-]+$/.test(one.path));
  const id = (): string => path.split('/').at(-1)!;

  it('an unknown field, a wrong type and an old version are refused by every write', async () => {
    expect(inCase().length).toBeGreaterThan(20);
    expect(await others(inCase(), { id: id(), text: '{"unknown":1}' }, '400 body-invalid')).toEqual([]);
    for (const text of ['[]', '7', '"a"', 'true', '{"occurredAt":7}', '{"occurredAt":"9999-01-01T00:00:00Z"}', '{"occurredAt":"+012345-01-01T00:00:00Z"}']) {
      expect(await others(inCase(), { id: id(), text }, '400 body-invalid')).toEqual([]);
    }
  });

  it('no moment lies in years that do not sort, or on a day that there is not', async () => {
    const officer = tandem.as({ organisation: 'centrul-coordonare', actor: 'the-officer', roles: ['DPO'] });
    const mandate = { auditor: 'garda-audit', legalBasis: 'law-1', country: 'RO', casesFrom: '2026-01-01T00:00:00Z', casesUntil: '2026-06-01T00:00:00Z', validFrom: tandem.now() };
    for (const moment of ['9999-12-31T23:59:59Z', '+012345-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '2026-02-30T00:00:00Z', '2027-01-01', '2027-01-01T00:00:00']) {
      expect([moment, (await tandem.as('casa-lumina').post(`${path}/screenings/not-now`, { until: moment })).body]).toMatchObject([moment, { status: 400, code: 'body-invalid' }]);
      expect([moment, (await officer.post('/v1/audits', { ...mandate, expiresAt: moment })).body]).toMatchObject([moment, { status: 400, code: 'body-invalid' }]);
    }
    expect(await contents()).toBe(written);
  });
});
