/**
 * Forgetting that was begun is finished by the next start, and a vault from before it shows nobody. Over HTTP.
 * Source: architecture.md 5 (erasure), 10 (restart in the middle).
 */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engines } from '#engines';
import { START } from '#event-store';
import { keptWith, lost } from '../support/kept-bytes.js';
import { NOTIFICATION, RIGHTS, done } from '../support/story.js';
import { type Tandem, asServices, patience, startTandem } from '../support/tandem.js';
import { backupOfVault } from '../support/vault-backup.js';

// A whole story, on a machine that has other work too.
jest.setTimeout(patience(60_000));

const data = mkdtempSync(join(tmpdir(), 'tandem-restart-'));
const kept = mkdtempSync(join(tmpdir(), 'tandem-backup-'));
const ACCOUNT = 'Says that the farmer has her papers.';
const DPO = { organisation: 'casa-lumina', actor: 'the-officer', roles: ['DPO'] } as const;

afterAll(() => {
  rmSync(data, { recursive: true });
  rmSync(kept, { recursive: true });
});

const typesOf = async ({ engines: { store } }: Tandem): Promise<readonly string[]> => {
  const types: string[] = [];
  for await (const page of store.readAll(START)) types.push(...page.filter(({ stream }) => stream.startsWith('case-')).map(({ type }) => type));
  return types;
};

const sealedIn = async ({ persons }: Engines): Promise<readonly { reference: string; bytes: Buffer }[]> =>
  (await persons.kysely.selectFrom('vault_row').selectAll().execute()).map(({ reference, sealed }) => ({ reference, bytes: Buffer.from(sealed) }));

/** A start whose vault can not destroy anything. Says when it was asked to. */
function failing(): { between: (engines: Engines) => Engines; asked: Promise<boolean> } {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const between = (engines: Engines): Engines => {
    engines.vaultForErasure.destroy = () => {
      resolve(true);
      return Promise.reject(new Error('the disk is full'));
    };
    return engines;
  };
  return { between, asked: promise };
}

describe('an erasure', () => {
  let restore: () => Promise<void>;
  let path: string;
  let sealed: readonly { reference: string; bytes: Buffer }[];

  it('that the first run can not carry out stays ordered, and shows nobody meanwhile', async () => {
    const before = await startTandem({ data });
    const { body } = done(await before.as('casa-lumina').post('/v1/cases', { ...NOTIFICATION, account: ACCOUNT, county: 'RO113' }));
    path = `/v1/cases/${body.caseId as string}`;
    done(await before.as('casa-lumina').post(`${path}/rights-information`, RIGHTS));
    expect(JSON.stringify(done(await before.as('casa-lumina').get(`${path}/personal-data?purpose=CARE`)).body)).toContain(ACCOUNT);
    sealed = await sealedIn(before.engines);
    await before.stop();
    restore = await backupOfVault(data, kept);

    const { between, asked } = failing();
    const broken = await startTandem({ data, between });
    expect(done(await broken.as(DPO).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' })).body.recorded).toEqual(['ErasureOrdered']);
    await asked;
    for (const who of ['casa-lumina', 'centrul-coordonare', DPO] as const) expect((await broken.as(who).get(`${path}/personal-data?purpose=CARE`)).status).toBe(404);
    expect((await broken.as('casa-lumina').get('/v1/cases')).body.cases).toEqual([]);
    expect(await typesOf(broken)).not.toContain('IdentityErased');
    await broken.stop();
    expect(await lost(data, sealed.map(({ bytes }) => bytes))).toEqual([]);
  });

  it('is finished by the next start, before anybody is answered', async () => {
    const tandem = await startTandem({ data });
    expect((await typesOf(tandem)).filter((type) => type === 'IdentityErased')).toHaveLength(1);
    expect(await sealedIn(tandem.engines)).toEqual([]);
    await tandem.stop();
    const bytes = sealed.map((row) => row.bytes);
    expect(bytes.length).toBeGreaterThan(2);
    expect(await lost(data, bytes)).toEqual(bytes);
    expect(await keptWith(data, path.slice('/v1/cases/'.length))).toEqual([]);
  });

  it('is carried out again on a vault from before it, which shows nothing until then', async () => {
    await restore();
    const references = sealed.map(({ reference }) => reference);
    let restored = 0;
    const opened: Promise<readonly unknown[]>[] = [];
    // Among services the test has engines of its own, which wait for nobody.
    let isOwn = asServices;
    const tandem = await startTandem({
      data,
      between: (engines) => {
        // Asked at once, as the first request would; and past the lock, to see that there is something to hide. Not each app has keys for it.
        const asked = engines.vaultForErasure.open(references, 'disclose').catch(() => []);
        void asked.then((rows) => (restored = Math.max(restored, rows.length)));
        if (!isOwn) opened.push(asked.then((rows) => (rows.length === 0 ? [] : engines.vault.open(references, 'disclose'))));
        isOwn = false;
        return engines;
      },
    });
    expect((await Promise.all(opened)).flat()).toEqual([]);
    expect(restored).toBe(references.length);
    expect(await sealedIn(tandem.engines)).toEqual([]);
    expect((await typesOf(tandem)).filter((type) => type === 'IdentityErased')).toHaveLength(1);
    expect((await tandem.as('casa-lumina').get(path)).status).toBe(404);
    await tandem.stop();
    const bytes = sealed.map((row) => row.bytes);
    expect(await lost(data, bytes)).toEqual(bytes);
    expect(await keptWith(data, path.slice('/v1/cases/'.length))).toEqual([]);
  });
});
