/**
 * Forgetting that was begun is finished by the next start, and a vault from before it shows nobody. Over HTTP, on files.
 * Source: architecture.md 5 (erasure), 10 (restart in the middle).
 */
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engines } from '#engines';
import { START } from '#event-store';
import { filesWith, missing } from '../support/bytes-on-disk.js';
import { NOTIFICATION, RIGHTS, done } from '../support/story.js';
import { type Tandem, asServices, startTandem } from '../support/tandem.js';

// A whole story, on a machine that has other work too.
jest.setTimeout(60_000);

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

// A vault that is taken from a backup is a file here; among services it would be a database.
(asServices ? describe.skip : describe)('an erasure', () => {
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
    copyFileSync(join(data, 'vault.db'), join(kept, 'vault.db'));

    const { between, asked } = failing();
    const broken = await startTandem({ data, between });
    expect(done(await broken.as(DPO).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' })).body.recorded).toEqual(['ErasureOrdered']);
    await asked;
    for (const who of ['casa-lumina', 'centrul-coordonare', DPO] as const) expect((await broken.as(who).get(`${path}/personal-data?purpose=CARE`)).status).toBe(404);
    expect((await broken.as('casa-lumina').get('/v1/cases')).body.cases).toEqual([]);
    expect(await typesOf(broken)).not.toContain('IdentityErased');
    await broken.stop();
    expect(missing(data, sealed.map(({ bytes }) => bytes))).toEqual([]);
  });

  it('is finished by the next start, before anybody is answered', async () => {
    const tandem = await startTandem({ data });
    expect((await typesOf(tandem)).filter((type) => type === 'IdentityErased')).toHaveLength(1);
    expect(await sealedIn(tandem.engines)).toEqual([]);
    await tandem.stop();
    const bytes = sealed.map((row) => row.bytes);
    expect(bytes.length).toBeGreaterThan(2);
    expect(missing(data, bytes)).toEqual(bytes);
    expect(filesWith(data, path.slice('/v1/cases/'.length))).toEqual([]);
  });

  it('is carried out again on a vault from before it, which shows nothing until then', async () => {
    copyFileSync(join(kept, 'vault.db'), join(data, 'vault.db'));
    for (const rest of ['vault.db-wal', 'vault.db-shm']) rmSync(join(data, rest), { force: true });
    const references = sealed.map(({ reference }) => reference);
    let restored = 0;
    let opened: Promise<readonly unknown[]> = Promise.resolve([]);
    const tandem = await startTandem({
      data,
      between: (engines) => {
        // Asked at once, as the first request would; and past the lock, to see that there is something to hide.
        opened = engines.vault.open(references, 'disclose');
        void engines.vaultForErasure.open(references, 'disclose').then((rows) => (restored = rows.length));
        return engines;
      },
    });
    expect(restored).toBe(references.length);
    expect(await opened).toEqual([]);
    expect(await sealedIn(tandem.engines)).toEqual([]);
    expect((await typesOf(tandem)).filter((type) => type === 'IdentityErased')).toHaveLength(1);
    expect((await tandem.as('casa-lumina').get(path)).status).toBe(404);
    await tandem.stop();
    const bytes = sealed.map((row) => row.bytes);
    expect(missing(data, bytes)).toEqual(bytes);
    expect(filesWith(data, path.slice('/v1/cases/'.length))).toEqual([]);
  });
});
