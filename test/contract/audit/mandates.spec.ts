/** Who may audit what, until when; what a mandate lets draw; and what is recorded of an export. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type PublicKeys, type TreeHead, verifyBundle } from '#audit';
import { openAudit } from '#audit/nest';
import { register } from '#mechanism';
import { DAY, HOUR, type TestClient } from '../../support/tandem.js';
import { type Audited, type AuditedCase, NOTIFICATION, startAudited } from './audited.js';

let audited: Audited;
let known: AuditedCase;
let officer: TestClient;
const TERMS = {
  auditor: 'garda-audit', legalBasis: 'LAW-EXAMPLE-12', country: 'RO', casesFrom: '2026-01-01T00:00:00Z', casesUntil: '2026-06-01T00:00:00+02:00',
  validFrom: '2026-03-01T00:00:00Z', expiresAt: '2026-04-01T00:00:00Z',
};
beforeAll(async () => {
  audited = await startAudited();
  known = await audited.aCase();
  officer = audited.tandem.as('centrul-coordonare');
  const { store, directory } = audited.tandem.engines;
  const authority = { id: 'garante-esempio', name: 'Garante Esempio', kind: 'PUBLIC', country: 'IT', regions: [], acceptsMinors: false, roles: ['DPO'], services: [] } as const;
  await register(store, authority, { actor: 'setup', organisation: 'tandem' }, audited.tandem.now);
  await directory.catchUp();
});
afterAll(() => audited.tandem.stop());

const italian = (): TestClient => audited.tandem.as('garante-esempio');
const under = (mandate: string): TestClient => audited.tandem.as({ organisation: 'garda-audit', mandate });
const granted = async (terms: object = {}): Promise<string> => (await officer.post('/v1/audits', { ...TERMS, ...terms })).body.mandate;
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);

describe('a mandate', () => {
  it('is granted in person by a data protection officer, once a key', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const first = await officer.post('/v1/audits', TERMS, key);
    expect(first).toMatchObject({ status: 201, body: { organisation: 'garda-audit', country: 'RO', casesUntil: '2026-05-31T22:00:00.000Z' } });
    expect((await officer.post('/v1/audits', TERMS, key)).body).toEqual(first.body);
    const system = audited.tandem.as({ organisation: 'centrul-coordonare', human: false });
    expect((await system.post('/v1/audits', TERMS)).body.code).toBe('human-required');
    for (const other of ['garda-audit', 'casa-lumina', 'parchetul-exemplu']) {
      expect(await audited.tandem.as(other).post('/v1/audits', TERMS)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    }
  });

  it('is not granted to whoever coordinates, reports, or is no auditor, nor for too long', async () => {
    const refused = async (terms: object, from = officer) => (await from.post('/v1/audits', { ...TERMS, ...terms })).body.code;
    expect(await refused({ auditor: 'centrul-coordonare' })).toBe('auditor-not-eligible');
    expect(await refused({ auditor: 'casa-lumina' })).toBe('auditor-not-eligible');
    expect(await refused({ expiresAt: '2028-01-01T00:00:00Z' })).toBe('mandate-period-wrong');
    expect(await refused({ casesFrom: '2027-01-01T00:00:00Z' })).toBe('mandate-period-wrong');
    expect(await refused({ auditor: 'X' })).toBe('body-invalid');
  });

  it('opens what is in its scope, and only while it is in force', async () => {
    const path = `${await audited.pathOf(known)}/history`;
    const status = async (mandate: string) => (await under(mandate).get(path)).status;
    expect(await status(await granted())).toBe(200);
    expect(await status((await italian().post('/v1/audits', { ...TERMS, country: 'IT' })).body.mandate)).toBe(404);
    expect(await status(await granted({ casesFrom: '2026-03-03T00:00:00Z' }))).toBe(404);
    expect(await status(await granted({ validFrom: '2026-03-20T00:00:00Z' }))).toBe(404);
    expect(await status(await granted({ expiresAt: '2026-03-02T08:00:00.500Z' }))).toBe(404);
    expect(await status(randomUUID())).toBe(404);
  });

  it('ends when it is revoked', async () => {
    const mandate = await granted();
    const path = `${await audited.pathOf(known)}/history`;
    const revoke = (reason: string, by = officer) => by.post(`/v1/audits/${mandate}/revocation`, { reason });
    expect((await revoke('AUDIT_ENDED', audited.tandem.as('garda-audit'))).status).toBe(403);
    expect((await under(mandate).get(path)).status).toBe(200);
    const revoked = await revoke('CONFLICT_OF_INTEREST');
    expect(revoked).toMatchObject({ status: 200, body: { expiresAt: audited.tandem.now() } });
    expect((await under(mandate).get(path)).status).toBe(404);
    expect((await under(mandate).get(`/v1/audits/${mandate}/cases`)).status).toBe(404);
    await audited.tandem.pass(1_000);
    expect((await revoke('AUDIT_ENDED')).body).toEqual(revoked.body);
    expect((await officer.post(`/v1/audits/${randomUUID()}/revocation`, { reason: 'AUDIT_ENDED' })).status).toBe(404);
  });

  it('is granted and ended by an officer of the country whose cases it is about', async () => {
    expect(await italian().post('/v1/audits', TERMS)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    expect(await officer.post('/v1/audits', { ...TERMS, country: 'IT' })).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    const mandate = await granted();
    expect((await italian().post(`/v1/audits/${mandate}/revocation`, { reason: 'AUDIT_ENDED' })).status).toBe(403);
    expect((await under(mandate).get(`/v1/audits/${mandate}/cases`)).status).toBe(200);
  });

  it('covers a case that was recorded in its time, whatever day its notifier wrote on it', async () => {
    const [mandate, later] = [await granted(), await granted({ casesFrom: '2026-03-20T00:00:00Z' })];
    const population = async (of: string) => (await under(of).get(`/v1/audits/${of}/cases`)).body.population as number;
    const before = await population(mandate);
    const dated = await audited.tandem.as('asociatia-punte').post('/v1/cases', { ...NOTIFICATION, occurredAt: '1999-01-01T00:00:00Z' });
    expect([await population(mandate), await population(later)]).toEqual([before + 1, 0]);
    const { engines } = audited.tandem;
    const caseId = (await engines.aliases.resolve('asociatia-punte', dated.body.caseId))!.thing;
    const path = `/v1/cases/${await engines.aliases.aliasFor('garda-audit', 'case', caseId, caseId)}/history`;
    expect([(await under(mandate).get(path)).status, (await under(later).get(path)).status]).toEqual([200, 404]);
  });

  it('never opens a write, nor personal data', async () => {
    const path = await audited.pathOf(known);
    expect((await audited.auditor.post(`${path}/rights-information`, {})).status).toBe(404);
    expect((await audited.auditor.get(`${path}/personal-data?purpose=AUDIT`)).status).toBe(404);
  });
});

describe('a sample', () => {
  it('is drawn again the same, begins with a smaller one, and leaves out what came later', async () => {
    for (let i = 0; i < 6; i += 1) await audited.aCase();
    const asOf = audited.tandem.now();
    const draw = async (query: string) => (await audited.auditor.get(`/v1/audits/${audited.mandate.mandate}/cases?${query}`)).body;
    const first = await draw(`size=4&asOf=${asOf}`);
    expect(first).toMatchObject({ population: 8, asOf });
    expect(first.cases).toHaveLength(4);
    await audited.tandem.pass(1_000);
    await audited.aCase();
    expect(await draw(`size=4&asOf=${asOf}`)).toEqual(first);
    expect((await draw(`size=7&asOf=${asOf}`)).cases.slice(0, 4)).toEqual(first.cases);
    expect((await draw('size=500')).population).toBe(9);
    expect((await audited.auditor.get(`/v1/cases/${first.cases[0].caseId}/history`)).status).toBe(200);
    const other = (await under(await granted()).get(`/v1/audits/${randomUUID()}/cases`)).status;
    expect(other).toBe(404);
  });
});

describe('an export', () => {
  const exported = async (query = '') => audited.bytes(`${await audited.pathOf(known)}/export${query}`);
  const head = async () => (await audited.tandem.as('rifugio-ponte').get('/v1/ledger/head')).body as TreeHead & { keys: PublicKeys };

  it('is verified by anybody with the keys and the receipts of the submitter', async () => {
    const { keys } = await head();
    const report = verifyBundle(await exported(), { keys, receipts: known.receipts });
    expect(report).toMatchObject({ holds: true, broken: [], events: 6 });
    expect(codes(report.proved)).toEqual(['internally-consistent', 'signed-by-key', ...known.receipts.map(() => 'unchanged-since-receipt'), 'complete-as-of-tree']);
    expect(codes(report.notProved)).toEqual(['tree-not-held', 'later-events', 'truth-of-facts']);
  });

  it('proves itself in a tree that another institution kept before', async () => {
    await exported();
    const { keys, at, root, keyId, signature } = await head();
    await audited.tandem.pass(HOUR);
    await audited.shelter.post(`${known.path}/rights-information`, { sheetVersion: '2026-9', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' });
    const report = verifyBundle(await exported(`?tree=${root}`), { keys, trees: [{ at, root, keyId, signature }] });
    expect(report).toMatchObject({ holds: true, events: 7 });
    expect(codes(report.proved)).toEqual(['internally-consistent', 'signed-by-key', 'complete-as-of-tree', 'complete-as-of-tree', 'tree-is-held']);
    const later = verifyBundle(await exported(), { keys });
    expect(codes(later.notProved)).not.toContain('tail-beyond-tree');
  });

  it('is recorded first, and shown to nobody when that fails', async () => {
    const before = (await audited.auditor.get(`${await audited.pathOf(known)}/disclosures`)).body.disclosures.length;
    await exported();
    const { body } = await audited.auditor.get(`${await audited.pathOf(known)}/disclosures`);
    expect(body.disclosures).toHaveLength(before + 1);
    expect(body.disclosures.at(-1)).toMatchObject({ type: 'IdentityViewed', organisation: 'garda-audit', role: 'AUDIT', purpose: 'AUDIT-EXPORT', legalBasis: 'GDPR-6-1-e' });
    const { store } = audited.tandem.engines;
    const append = store.append.bind(store);
    store.append = (stream, ...rest) => (stream.startsWith('disclosure-') ? Promise.reject(new Error('the disk is full')) : append(stream, ...rest));
    const failed = await audited.auditor.get(`${await audited.pathOf(known)}/export`);
    store.append = append;
    expect(failed).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(failed.body)).not.toContain('CaseNotified');
  });

  it('is not for those who work on the case', async () => {
    const asManager = audited.tandem.as({ organisation: 'casa-lumina', roles: ['CM'] });
    expect(await asManager.get(`${known.path}/export`)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    expect((await audited.tandem.as('politia-exemplu').get(`${known.path}/export`)).status).toBe(404);
  });
});

describe('the ledger', () => {
  it('is signed on time, whether or not anything happened, and names no stream', async () => {
    const { store, aliases, keys, reference, clock } = audited.tandem.engines;
    const { ledger } = openAudit({ store, aliases, keyring: keys.for('seal'), reference, clock });
    const signedAt = async () => (await ledger.newest())?.at;
    await ledger.sign();
    const first = await signedAt();
    await ledger.signIfDue(HOUR);
    expect(await signedAt()).toBe(first);
    await audited.tandem.pass(HOUR);
    await ledger.signIfDue(HOUR);
    expect(await signedAt()).toBe(audited.tandem.now());
    await audited.tandem.pass(DAY);
    await Promise.all([ledger.sign(), ledger.sign()]);
    const published = await audited.tandem.as('casa-lumina').get('/v1/ledger/head');
    expect(Object.keys(published.body).sort()).toEqual(['at', 'keyId', 'keys', 'root', 'signature']);
    expect(JSON.stringify(await store.readStream('ledger'))).not.toMatch(/case-|disclosure-|organisation-/);
    expect((await fetch(`${audited.tandem.address}/v1/ledger/head`)).status).toBe(401);
  });
});
